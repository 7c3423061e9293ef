namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Modules of TorchSharp, and what is not determined by the arguments.</summary>
public static partial class Stops
{
    private static Stop[] Randomness =>
    [
        new("random numbers", "[return: Irreps(X)] public Tensor Noisy([Irreps(X)] Tensor x) => x * [|torch.rand(1)|];",
            "E3G0510", "draws random numbers"),
        new("random numbers like others", "[return: Irreps(X)] public Tensor Noisy([Irreps(X)] Tensor x) => x + [|torch.randn_like(x)|];",
            "E3G0510", "draws random numbers"),
        new("dropout of scalars",
            "[return: Irreps(\"8x0e\")] public Tensor Dropped([Irreps(\"8x0e\")] Tensor x) => [|nn.functional.dropout(x, 0.5)|];",
            "E3G0510", "draws random numbers"),
        new("a dropout module",
            """
            private readonly Dropout _dropout = nn.Dropout(0.1);
            [return: Irreps("8x0e")] public Tensor Dropped([Irreps("8x0e")] Tensor x) => [|_dropout.call(x)|];
            """,
            "E3G0508", "draws random numbers"),
        new("numbers of another generator",
            """
            private readonly Random _random = new();
            [return: Irreps(X)] public Tensor Noisy([Irreps(X)] Tensor x) => x * [|_random.NextDouble()|];
            """,
            "E3G0510", "_random"),
        new("a clock", "[return: Irreps(X)] public Tensor Timed([Irreps(X)] Tensor x) => x * [|DateTime.Now|].Ticks;",
            "E3G0510", "DateTime.Now"),
        Stop.Vector("random numbers in place", "{ var s = y[.., 0..1].clone(); [|s.uniform_(0, 1)|]; return x * s; }",
            "E3G0510", "draws random numbers"),
        Stop.Vector("the environment", "=> x * [|Environment.TickCount|];", "E3G0510", "TickCount"),
        Stop.Vector("a file", "=> x * [|System.IO.File.ReadAllText(\"a\")|].Length;", "E3G0510", "ReadAllText"),
        Stop.Vector("a new identifier", "=> x * [|Guid.NewGuid()|].GetHashCode();", "E3G0510", "NewGuid"),
    ];

    private static Stop[] Modules =>
    [
        new("irreps that no symmetric tensor has",
            "[return: Irreps(\"1o\")] public Tensor Row([Irreps(\"1e + 2e\")] Tensor x) => [|new CartesianTensor(\"ij=ji\").ToCartesian(x)|].sum(-1);",
            "E3G0510", "ToCartesian"),
        new("a tensor of pseudovectors",
            "[return: Irreps(\"0e + 2e\")] public Tensor Parts([Irreps(\"1o\")] Tensor x, [Irreps(\"1e\")] Tensor y) => [|new CartesianTensor(\"ij=ji\").FromCartesian(torch.einsum(\"ni,nj->nij\", x, y))|];",
            "E3G0510", "FromCartesian"),
        Stop.Vector("a module that works in place", "{ var z = torch.zeros(6, 3); [|_act.call(z)|]; return x + z; }",
            "E3G0510", "may write into its argument", "private readonly Sigmoid _act = nn.Sigmoid(true);"),
        Stop.Vector("a sequence of modules that work in place",
            "{ var z = torch.zeros(6, 3); [|nn.Sequential((\"a\", nn.Sigmoid(true))).call(z)|]; return x + z; }",
            "E3G0510", "may write into its argument"),
        Stop.Vector("a module of which nothing is known",
            "=> [|_act|].call(x);", "E3G0510", "of which nothing is known",
            """
            private readonly nn.Module<Tensor, Tensor> _act;
            public Sample(nn.Module<Tensor, Tensor> act) : base("Sample") { _act = act; RegisterComponents(); }
            """),
        Stop.Vector("a sequence of modules of which nothing is known", "=> [|_all.call(x)|];",
            "E3G0508", "Sequential",
            "private readonly Sequential _all; public Sample(Sequential all) : base(\"Sample\") { _all = all; RegisterComponents(); }"),
        Stop.Vector("a module of torch without a rule", "=> [|_pool.call(x.unsqueeze(1))|].squeeze(1);",
            "E3G0508", "AvgPool1d", "private readonly AvgPool1d _pool = nn.AvgPool1d(1);"),
        Stop.Vector("a module with several arguments", "=> [|_bilinear.call(x, x)|];",
            "E3G0508", "Bilinear", "private readonly Bilinear _bilinear = nn.Bilinear(3, 3, 3);"),
        Stop.Vector("a function of values on a grid of the sphere", "=> [|_act.call(torch.cat([y[.., ..1], x], -1))|][.., 1..];",
            "E3G0508", "S2Activation", "private readonly S2Activation _act = new(\"0e + 1o\", ActivationFunction.Tanh, 10);"),
        Stop.Vector("points of a grid of the sphere", "=> x + [|new S2Grid(4, 4).Points()|][0, 0];", "E3G0510", "Points"),
        Stop.Vector("a rotation by invariant angles", "=> x.matmul([|O3.AnglesToMatrix(y[0, 0], y[0, 1], y[0, 2])|]);", "E3G0510", "AnglesToMatrix"),
        Stop.Vector("harmonics of invariant angles", "=> [|O3.SphericalHarmonicsAlphaBeta(\"1o\", y[.., 0], y[.., 1])|];", "E3G0510", "SphericalHarmonicsAlphaBeta"),
        Stop.Vector("a bias that is added to a vector", "=> [|_mix.call(x.t())|].t();",
            "E3G0503", "A constant is added", "private readonly Linear _mix = nn.Linear(4, 4);"),
        Stop.Vector("a bias that may be there",
            "=> [|_mix.call(x.t())|].t();", "E3G0503", "A constant is added",
            """
            private readonly Linear _mix; public Sample(bool bias) : base("Sample") { _mix = nn.Linear(4, 4, bias); RegisterComponents(); }
            """),
        new("a bias that is added to odd scalars",
            """
            private readonly Linear _mix = nn.Linear(1, 1);
            [return: Irreps("0o")] public Tensor Odd([Irreps("0o")] Tensor x) => [|_mix.call(x)|];
            """,
            "E3G0503", "1x0o"),
        new("a bias that is added to odd scalars of unknown shape",
            """
            private readonly Linear _mix = nn.Linear(6, 6);
            [return: Irreps("0o")] public Tensor Odd([Irreps("0o")] Tensor x) => [|_mix.call(x.unsqueeze(-1).squeeze())|].view(6, 1);
            """,
            "E3G0503", "A constant is added"),
    ];
}

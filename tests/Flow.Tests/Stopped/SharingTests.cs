namespace E3Gen.Flow.Tests.Stopped;

/// <summary>One thing under several names, and several things under one; each beside code that is right.</summary>
public sealed class SharingTests
{
    private const string Verified = Snippet.Verified;

    [Theory]
    [InlineData("var p = new Parameter(z.alias(), false); z.fill_(1); return x + p;", "E3G0503")]
    [InlineData("var p = new Parameter(z.clone(), false); z.fill_(1); return x + p * z;", Verified)]
    [InlineData("var p = new Own(z); return x * p.sum();", "E3G0510")]
    [InlineData("double[] a = [0, 0, 0]; var t = torch.from_array(a); t.copy_(x[0]); return a[0] > 0 ? 2 * x : x;", "E3G0513")]
    [InlineData("double[] a = [0, 0, 0]; var t = torch.as_tensor(a); t.copy_(x[0]); return a[0] > 0 ? 2 * x : x;", "E3G0513")]
    [InlineData("double[] a = [1, 2, 3]; return x * torch.as_tensor(a).sum();", Verified)]
    public void Memory(string body, string id) => Holds(
        id, $$"""[return: Irreps("1o")] public Tensor Of([Irreps("1o")] Tensor x) { var z = torch.zeros(6, 3); {{body}} }""",
        "public sealed class Own : Parameter { public Own(Tensor d) : base(d + 1, false) { } }");

    [Theory]
    [InlineData("var a = s.contiguous(); a.transpose_(0, 1); return x * s;", "E3G0510")]
    [InlineData("var a = s.to(ScalarType.Float64); a.unsqueeze_(0); return x * s;", "E3G0510")]
    [InlineData("var a = s.contiguous(); a.mul_(2); return x * s;", Verified)]
    [InlineData("s.unsqueeze_(0); s.squeeze_(0); return x * s;", Verified)]
    [InlineData("y.unsqueeze_(0); return x * s;", "E3G0515")]
    [InlineData("Keep(s); var a = s.alias(); a.unsqueeze_(0); return x;", "E3G0515")]
    public void Shapes(string body, string id) => Holds(id, $$"""
        private void Keep([Irreps("0e")] Tensor s) { }
        [return: Irreps("1o")] public Tensor Of([Irreps("1o")] Tensor x, [Irreps("0e")] Tensor y) { var s = y * 1.0; {{body}} }
        """);

    [Theory]
    [InlineData("_w.transpose_(0, 1);", "E3G0504")]
    [InlineData("", Verified)]
    public void Shapes_of_fields(string construction, string id) => Holds(id, $$"""
        private readonly Tensor _w = torch.arange(3.0).view(3, 1);
        public Sample() : base("Sample") { {{construction}} }
        [return: Irreps("1o", Rows = 2)] public Tensor Of([Irreps("1o", Rows = 2)] Tensor x) => x * _w;
        """);

    [Theory]
    [InlineData("_a.W", "_b.W", "E3G0508")]
    [InlineData("_a.W", "_a.W", Verified)]
    [InlineData("_many[0].W", "_many[1].W", "E3G0508")]
    public void Extents_of_several_objects(string one, string other, string id) => Holds(
        id, $$"""
        private readonly Act _a, _b;
        private readonly List<Act> _many = [];
        public Sample(int n) : base("Sample") { _a = new Act(n); _b = new Act(2 * n); }
        [return: Irreps("1o")] public Tensor Of([Irreps("1o")] Tensor x) => (x.unsqueeze(-1) * {{one}}).reshape(-1, 3, {{other}}.shape[0]).sum(-1);
        """,
        """public sealed class Act : nn.Module<Tensor, Tensor> { public Tensor W { get; } public Act(int n) : base("a") { W = torch.arange(1.0, 1.0 + n); } public override Tensor forward(Tensor x) => x; }""");

    [Theory]
    [InlineData("var p = x.split(4, 0);", "E3G0508")]
    [InlineData("var p = new List<Tensor>(); for (int i = 0; i < n; i++) { if (i == 0) p.Add(x); else p.Add(x[0..2]); }", "E3G0508")]
    [InlineData("Tensor[] p = [x, x];", Verified)]
    public void Extents_of_elements(string parts, string id) => Holds(
        id, $$"""[return: Irreps("1o")] public Tensor Of([Irreps("1o")] Tensor x, int n) { {{parts}} return p[0].t().unsqueeze(0).reshape(-1, 3, p[1].shape[0]).sum(-1); }""");

    [Theory]
    [InlineData("_s = nn.Sigmoid(flag);", "E3G0510")]
    [InlineData("if (flag) { _s = nn.Sigmoid(true); } else { _s = nn.Sigmoid(false); }", "E3G0503")]
    [InlineData("_s = nn.Sigmoid();", Verified)]
    [InlineData("_s = nn.Sigmoid(false);", Verified)]
    public void Modules_that_may_write(string construction, string id) => Holds(id, $$"""
        private readonly Sigmoid _s;
        public Sample(bool flag) : base("Sample") { {{construction}} }
        [return: Irreps("1o")] public Tensor Of([Irreps("1o")] Tensor x) { var z = torch.zeros(6, 3); _s.call(z); return x + z; }
        """);

    private static void Holds(string id, string members, string types = "") => Snippet.Holds(id, members, types);
}

namespace E3Gen.Flow.Tests.Stopped;

/// <summary>What is written into tensors, and what is known of the numbers in them.</summary>
public static partial class Stops
{
    private static Stop[] Writes =>
    [
        Stop.Vector("an argument that is written to", "{ [|x.mul_(2)|]; return x; }", "E3G0515", "others see the tensor"),
        Stop.Vector("a stated member that is written to", "{ [|_held.copy_(x)|]; return _held; }",
            "E3G0515", "others see the tensor", "[Irreps(\"1o\")] private readonly Tensor _held = torch.zeros(1, 3);"),
        Stop.Vector("a view of a tensor that is written to", "{ var h = x.clone(); var v = h.view(-1, 3); [|h.copy_(y)|]; return v; }",
            "E3G0510", "writes to memory that another tensor shares"),
        Stop.Vector("memory that is not known, which is written to",
            "{ Tensor h = x.clone(); [|Functions.Any(x)|].unbind(0)[0].add_(1); return h; }", "E3G0510", "has no source here"),
        Stop.Vector("a tensor that something is written to which is not known",
            "{ var h = x.clone(); h.copy_([|Functions.Any(y)|]); return h; }", "E3G0510", "has no source here"),
        Stop.Vector("the result of dropout, which may be its argument", "{ var z = torch.zeros(6, 3); [|Drop(z).copy_(x)|]; return z; }",
            "E3G0510", "writes to memory that another tensor shares", "[Dropout(\"1o\", 0.5)] private partial Tensor Drop(Tensor x);"),
        Stop.Vector("an extracted part, which may be its argument", "{ [|Take(x).mul_(2)|]; return x; }",
            "E3G0515", "others see the tensor", "[Extract(\"1o\", \"1o\")] private partial Tensor Take(Tensor x);"),
        Stop.Vector("a flag that says to work in place", "{ var h = x.clone(); [|nn.functional.relu(h, inplace: true)|]; return h; }",
            "E3G0501", "'relu'"),
        Stop.Vector("a tensor that code without source has seen", "{ var h = x.clone(); [|Functions.Any(h)|]; return h; }",
            "E3G0510", "has no source here"),
        Stop.Vector("a tensor that code without source may have kept",
            "{ var h = x.clone(); List<Tensor> l = [h]; [|GC.SuppressFinalize(l)|]; return h; }", "E3G0510", "changes what it is given"),
    ];

    /// <summary>Zeros fit anything, as long as they are zeros.</summary>
    private static Stop[] Zeros =>
    [
        Stop.Vector("zeros that are written to", "{ var z = torch.zeros(6, 3); z.fill_(1); return [|x + z|]; }",
            "E3G0503", "A constant is added"),
        Stop.Vector("zeros that are written to by another name",
            "{ var z = torch.zeros(6, 3); var v = z[0]; v.add_(1); return [|x + z|]; }", "E3G0503", "A constant is added"),
        Stop.Vector("the reciprocal of zeros", "=> [|x + torch.zeros(6, 3).reciprocal().clamp(-1, 1)|];", "E3G0503", "A constant is added"),
        Stop.Vector("the exponential of zeros", "=> [|x + torch.zeros(6, 3).exp()|];", "E3G0503", "A constant is added"),
        Stop.Vector("zeros and more", "=> [|x + (torch.zeros(6, 3) + 1)|];", "E3G0503", "A constant is added"),
        Stop.Vector("zeros on one path", "{ var z = torch.zeros(6, 3); if (_kind > 0) { z = torch.ones(6, 3); } return [|x + z|]; }",
            "E3G0503", "A constant is added", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("zeros of the wrong width", "{ var h = torch.zeros(6, 4); h[.., 1..4] = x; return [|h[.., ..3]|]; }",
            "E3G0505", "cut through"),
    ];

    /// <summary>Neighbours that are equal scale whole vectors, as long as they are equal.</summary>
    private static Stop[] Runs =>
    [
        Stop.Vector("an entry of equal ones that is written", "{ var s = torch.ones(1).expand(3).clone(); s[0] = 2; return [|x * s|]; }",
            "E3G0504", "1x1o"),
        Stop.Vector("an entry of equal ones that is written by another name",
            "{ var s = torch.ones(1).expand(3).clone(); s.narrow(0, 0, 1).fill_(2); return [|x * s|]; }", "E3G0504", "1x1o"),
        Stop.Vector("an entry of equal ones that is added to",
            "=> [|x * torch.ones(1).expand(3).index_add(0, torch.tensor(new long[] { 0 }), torch.ones(1), 1)|];", "E3G0504", "1x1o"),
        Stop.Vector("an entry of equal ones that is exchanged",
            "=> [|x * torch.ones(1).expand(3).scatter(0, torch.tensor(new long[] { 0 }), torch.zeros(1))|];", "E3G0504", "1x1o"),
        Stop.Vector("equal entries that a module weighs", "=> [|x * _norm.call(_scale.expand(3))|];",
            "E3G0504", "1x1o", "private readonly Tensor _scale = torch.ones(1); private readonly LayerNorm _norm = nn.LayerNorm(3);"),
        Stop.Vector("running sums of equal entries", "=> [|x * torch.ones(1).expand(3).cumsum(0)|];", "E3G0504", "1x1o"),
        new("equal entries that reach across vectors",
            """
            [return: Irreps("2x1o")] public Tensor Two([Irreps("2x1o")] Tensor x, [Irreps("3x0e")] Tensor y)
                => [|x * y.repeat_interleave(2, -1)|];
            """,
            "E3G0504", "2x1o"),
    ];

    /// <summary>Whole numbers and truth values cut off what is put into them.</summary>
    private static Stop[] Numbers =>
    [
        Stop.Vector("a vector put into whole numbers",
            "{ var z = torch.zeros(6, 3, dtype: ScalarType.Int64) * 1; [|z.copy_(x)|]; return z.to(x.dtype); }",
            "E3G0508", "whole numbers"),
        Stop.Vector("a vector put into a tensor made of whole numbers",
            "{ var z = torch.full(6, 3, 0); z[TensorIndex.Ellipsis] = [|x|]; return z.to(x.dtype); }", "E3G0508", "whole numbers"),
        Stop.Vector("a vector put into numbers of unknown kind",
            "{ var z = torch.zeros_like(_whole); [|z.copy_(x)|]; return z.to(x.dtype); }", "E3G0508", "whole numbers",
            "private readonly Tensor _whole = torch.tensor(new long[18], [6, 3]);"),
        Stop.Vector("the data type of a sum of whole numbers", "=> [|(x * 10).to(_whole.sum().dtype)|].to(x.dtype);",
            "E3G0508", "another data type", "private readonly Tensor _whole = torch.tensor(new long[] { 0, 1 });"),
        Stop.Vector("the data type of another tensor", "=> [|(x * 10).type_as(_whole + 1)|].type_as(x);",
            "E3G0508", "another data type", "private readonly Tensor _whole = torch.tensor(new long[] { 0, 1 });"),
        Stop.Vector("a vector as whole numbers", "=> [|x.to(ScalarType.Int64)|].to(x.dtype);", "E3G0501", "'to'"),
        Stop.Vector("a sum as whole numbers", "=> [|x.sum(dim: 0, keepdim: true, type: ScalarType.Int64)|].to(x.dtype);",
            "E3G0508", "another data type"),
    ];
}

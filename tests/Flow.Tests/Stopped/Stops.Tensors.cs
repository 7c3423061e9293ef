namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Axes, their extents, entries, and what is computed from entries.</summary>
public static partial class Stops
{
    private static Stop[] Shapes =>
    [
        Stop.Vector("an order of axes that is not known", "=> [|x.permute(_order)|];",
            "E3G0508", "'permute", "private readonly long[] _order = [0, 1]; public void Set(long k) => _order[0] = k;"),
        Stop.Vector("an axis that is not there", "=> [|x.transpose(5, 7)|];", "E3G0508", "'transpose along"),
        Stop.Vector("axes that are named twice", "=> [|x.movedim(new long[] { 0, 1 }, new long[] { 1, 1 })|];", "E3G0508", "'movedim'"),
        Stop.Vector("an axis that may be any", "=> x * [|x.norm(_axis, true, 2f)|];",
            "E3G0508", "'norm", "private readonly int _axis = int.Parse(\"-1\");"),
        Stop.Vector("axes that are dropped where they have one entry", "=> [|x.squeeze()|];", "E3G0508", "'squeeze"),
        Stop.Vector("a last axis of unknown extent", "=> [|x.view(3, -1)|].view(-1, 3);", "E3G0508", "'view"),
        Stop.Vector("an axis of irreps that is joined with another", "=> [|x.flatten()|].view(-1, 3);", "E3G0508", "'flatten"),
        Stop.Vector("an axis of irreps that is cut up", "=> [|x.unfold(-1, 1, 1)|].squeeze(-1);", "E3G0510", "'unfold' has effects"),
        Stop.Vector("a batch of matrices along irreps", "=> [|x.unsqueeze(-1).unsqueeze(-1).matmul(torch.ones(1, 1))|].sum(dim: 2);",
            "E3G0508", "batches along irreps"),
        Stop.Vector("a list of unknown length",
            "=> [|torch.cat(x.split([|_size|], 0).Select(t => t).ToArray(), -1)|];".Replace("[|_size|]", "_size"), "E3G0508", "'cat",
            "private readonly long _size = long.Parse(\"1\");"),
        Stop.Vector("an equation that is not constant", "=> [|torch.einsum(_equation, x)|];",
            "E3G0508", "'einsum", "private readonly string _equation = Console.ReadLine()!;"),
        Stop.Vector("an equation with an empty operand", "=> [|torch.einsum(\",ij->ij\", x, x)|];", "E3G0508", "'einsum"),
        Stop.Vector("an axis in front of one of unknown number",
            "{ var s = _any[TensorIndex.None, TensorIndex.Ellipsis]; return ([|x.unsqueeze(0) * s|]).view(6, 3); }", "E3G0510", "how many columns",
            "[Invariant] private readonly Tensor _any = torch.ones(3);"),
        Stop.Vector("a cut along what may be irreps", "=> [|torch.hsplit(x, 3)|][0];", "E3G0508", "parts of unknown size"),
    ];

    /// <summary>Extents that are equal on one path need not be equal on another.</summary>
    private static Stop[] Extents =>
    [
        Stop.Vector("a number of rows that a loop changes",
            """
            {
                long n = x.shape[0];
                var h = x.repeat(2, 1);
                for (int k = _turns; k > 0; k--) { h = x.repeat(4, 1); }
                return [|h.t().reshape(-1, 2 * n)|].t()[.., 0..3];
            }
            """,
            "E3G0508", "'reshape", "private readonly int _turns = int.Parse(\"1\");"),
        Stop.Vector("columns that are not constant", "=> [|x.narrow(-1, _start, 3)|];",
            "E3G0508", "columns that are not constant", "private readonly long _start = long.Parse(\"0\");"),
        Stop.Vector("a column that is not constant", "=> [|x[.., _start]|].unsqueeze(-1) * x;",
            "E3G0508", "a column that is not constant", "private readonly long _start = long.Parse(\"0\");"),
        Stop.Vector("columns that are not there", "=> [|x.narrow(1, 2, 5)|];", "E3G0505", "are not all there"),
        Stop.Vector("as many copies as a number says", "=> [|x.repeat(1, _times)|][.., ..3];",
            "E3G0508", "'repeat'", "private readonly long _times = long.Parse(\"1\");"),
        Stop.Vector("more copies than are followed", "=> [|x.repeat(1, 100000000)|][.., ..3];", "E3G0508", "'repeat'"),
        Stop.Vector("parts of unknown size", "=> [|x.split(_size, -1)|][0];",
            "E3G0508", "parts of unknown size", "private readonly long _size = long.Parse(\"3\");"),
        Stop.Vector("parts of no size", "=> [|x.split(0, 1)|][0];", "E3G0508", "'split"),
    ];

    /// <summary>Indices and masks.</summary>
    private static Stop[] Indices =>
    [
        Stop.Vector("sums of truth values, which are no mask", "{ var m = _mask > 0; return x * [|x[m.cumsum(0)]|].norm(-1).sum(); }",
            "E3G0508", "shape", "private readonly Tensor _mask = torch.eye(6);"),
        Stop.Vector("an index of unknown kind", "{ var s = y[_index]; return x * ([|x * s|]).norm(-1).sum(); }",
            "E3G0510", "how many columns",
            "private readonly Tensor _index; public Sample(Tensor index) : base(\"Sample\") { _index = index; RegisterComponents(); }"),
        Stop.Vector("an index of another shape", "{ var r = [|x.take_along_dim(_index, 1)|].norm(-1); return x * r.sum(); }",
            "E3G0508", "'take_along_dim'", "private readonly Tensor _index = torch.zeros(1, 2, 1, dtype: ScalarType.Int64);"),
        Stop.Vector("an index that differs within a vector", "=> [|x.gather(0, _index)|];",
            "E3G0506", "the same row for all components",
            "private readonly Tensor _index = torch.zeros(6, 3, dtype: ScalarType.Int64) + 1;"),
        Stop.Vector("an index along components", "=> [|x.index_select(-1, _index)|];",
            "E3G0506", "only whole rows", "private readonly Tensor _index = torch.tensor(new long[] { 0, 1, 2 });"),
        Stop.Vector("an index that depends on the frame", "=> x[[|x.argmax(0)|]];", "E3G0501", "'argmax'"),
        Stop.Vector("a mask of unknown shape", "=> [|x[_mask]|];",
            "E3G0508", "shape is not known", "[Invariant] private readonly Tensor _mask = null!;"),
        Stop.Vector("more indices than axes", "=> [|x[0, 0, 0, 0]|] * x;", "E3G0508", "an axis that is not there"),
        Stop.Vector("what is put along fewer axes",
            "{ var h = torch.zeros(6, 3, 3); h[TensorIndex.Ellipsis, 0] = [|x|]; return h.sum(dim: 1); }", "E3G0508", "along other axes"),
        Stop.Vector("rows of another width", "=> [|torch.zeros(4, 2).index_add(0, _index, x, 1)|];",
            "E3G0507", "1x1o", "private readonly Tensor _index = torch.tensor(new long[] { 0, 1 });"),
        Stop.Vector("a slice with a step", "=> x[[|TensorIndex.Slice(0, 6, 2)|]];", "E3G0508", "a slice with a step"),
    ];

    /// <summary>Components that are taken apart: those of one row are none of another.</summary>
    private static Stop[] Components =>
    [
        new("the difference of two rows in one component",
            """
            [return: Irreps("0e")] public Tensor Lengths([Irreps("1o")] Tensor x) { var d = [|x[0..3, 0..1]|] - x[3..6, 0..1]; return d; }
            """,
            "E3G0505", "Columns 0 to 0"),
        new("the difference of two entries",
            "[return: Irreps(\"0e\")] public Tensor Lengths([Irreps(\"1o\")] Tensor x) => ([|x[0, 0]|] - x[1, 0]).view(1, 1);",
            "E3G0505", "Columns 0 to 0"),
        new("the difference of two rows of positions",
            "[return: Irreps(\"0e\")] public Tensor Lengths([Positions] Tensor p) => [|p[0..3, 0..1]|] - p[3..6, 0..1];",
            "E3G0505", "Columns 0 to 0"),
        new("the difference of rows that an index names",
            """
            private readonly Tensor _i = torch.tensor(new long[] { 0 }), _j = torch.tensor(new long[] { 1 });
            [return: Irreps("0e")] public Tensor Lengths([Irreps("1o")] Tensor x) => ([|x[_i, 0]|] - [|x[_j, 0]|]).unsqueeze(-1);
            """,
            "E3G0508", "indexing by several tensors"),
        new("a component that hides behind large ones",
            """
            [return: Irreps("0e")] public Tensor Lengths([Irreps("1o")] Tensor x)
            {
                var a = [|x[.., 0..1]|];
                var (b, c) = (x[.., 1..2], x[.., 2..3]);
                return 1e10 * a * a + a + 1e10 * b * b + 1e10 * c * c;
            }
            """,
            "E3G0505", "Columns 0 to 0"),
        new("a component of a tensor that is written to",
            """
            [return: Irreps("0e")] public Tensor Lengths([Irreps("1o")] Tensor x)
            {
                var h = x.clone();
                var a = [|h[.., 0..1]|] * 1.0;
                var b = x[.., 0..1];
                h.copy_(torch.cat([b, b, b], -1));
                return a * 2;
            }
            """,
            "E3G0505", "Columns 0 to 0"),
        new("a quotient of components",
            "[return: Irreps(\"0e\")] public Tensor Angles([Irreps(\"1o\")] Tensor x) => x[.., 0..1] / [|x[.., 1..2]|];",
            "E3G0505", "Columns 1 to 1"),
        new("a component that is interpolated",
            """
            [return: Irreps("3x0e")] public Tensor Mixed([Irreps("1o")] Tensor x, [Irreps("1o")] Tensor y, [Irreps("1o")] Tensor z)
            {
                var q = torch.zeros_like(x);
                return [|torch.lerp(q, x, y)|] - torch.lerp(q, z, y);
            }
            """,
            "E3G0504", "1x1o"),
        new("components that are exchanged",
            """
            [return: Irreps("1o")] public Tensor Swapped([Irreps("1o")] Tensor x)
                => torch.cat([[|x[.., 1..2]|], x[.., 0..1], x[.., 2..3]], -1);
            """,
            "E3G0505", "Columns 1 to 1"),
        new("a cross product with a wrong sign",
            """
            [return: Irreps("1e")] public Tensor Crossed([Irreps("1o")] Tensor x, [Irreps("1o")] Tensor y)
            {
                var (a, b) = ([|x.unbind(-1)|], y.unbind(-1));
                return torch.stack([a[1] * b[2] - a[2] * b[1], a[0] * b[2] - a[2] * b[0], a[0] * b[1] - a[1] * b[0]], -1);
            }
            """,
            "E3G0505", "Columns 1 to 1"),
    ];

    /// <summary>A gradient is one of everything near, not only of what lies on a surface.</summary>
    private static Stop[] Gradients =>
    [
        Stop.Vector("a gradient by what repeats itself",
            """
            {
                var s = torch.ones(1).expand(6, 3).clone().requires_grad_(true);
                var e = (x * s).norm(-1).sum();
                return x * [|torch.autograd.grad([e], [s])|][0];
            }
            """,
            "E3G0508", "'grad'"),
        new("a gradient by zeros",
            """
            [return: Irreps("3x0e")] public Tensor Force([Irreps("1o")] Tensor x)
            {
                var s = torch.zeros(6, 3).requires_grad_(true);
                var e = (x + s).norm(-1).sum();
                return [|torch.autograd.grad([e], [s])|][0];
            }
            """,
            "E3G0508", "'grad'"),
        Stop.Vector("a gradient of a vector", "=> [|torch.autograd.grad([x * 2], [x])|][0];", "E3G0508", "grad of what is no scalar"),
        Stop.Vector("a gradient with cotangents that depend on the frame", "=> [|torch.autograd.grad([x.norm(-1)], [x], [x])|][0];",
            "E3G0508", "cotangents that depend on the frame"),
    ];
}

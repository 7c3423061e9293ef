using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Parts of tensors: by ranges, indexes and masks; and sums into places.</summary>
internal static class Selections
{
    public static readonly IReadOnlyList<Operation> All =
    [
        One(x => x[0]), One(x => x[^1]), One(x => x[TensorIndex.Ellipsis, 0]), One(x => x[1..]), One(x => x[.., ..1]),
        One(x => x[TensorIndex.Ellipsis, TensorIndex.None]), One(x => x[TensorIndex.Null]), One(x => x[TensorIndex.Ellipsis, TensorIndex.Slice(0, 1)]),
        One(x => x[TensorIndex.Colon, 0]), One(x => x[TensorIndex.Slice(null, null, 2)]), One(x => x.diagonal()), One(x => x.tril()), One(x => x.triu(1)),
        Drawn(d => { int a = d.Axis(), n = d.Below(d.X.dim() == 0 ? 1 : d.X.size(a)); return Written.Of(x => x.select(a, n)); }),
        Drawn(d => { int a = d.Axis(), n = d.Below(d.X.dim() == 0 ? 1 : d.X.size(a)); return Written.Of(x => x.narrow(a, n, 1)); }),
        Drawn(d => { var (b, n) = Part(d); return Written.Of(x => x.narrow(-1, b, n)); }),
        Drawn(d => { var (b, n) = Part(d); int k = b + n; return Written.Of(x => x[TensorIndex.Ellipsis, TensorIndex.Slice(b, k)]); }),
        Drawn(d => { var (b, n) = Part(d); int k = b + n; return Written.Of(x => x[.., b..k]); }),
        Drawn(d => { var (b, _) = Part(d); return Written.Of(x => x[TensorIndex.Ellipsis, b..]); }),
        Drawn(d => { var (b, n) = Part(d); int k = b + n; return Written.Of(x => x.slice(-1, b, k, 1)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.narrow(a, 0, x.size(a) - 1)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.index_select(a, torch.arange(x.size(a) - 1, -1, -1))); }),
        Drawn(d => { long[] n = Choice(d, 0); return Written.Of(x => x.index_select(0, torch.tensor(n))); }),
        Drawn(d => { long[] n = Choice(d, -1); return Written.Of(x => x.index_select(-1, torch.tensor(n))); }),
        Drawn(d => { long[] n = Choice(d, 0); return Written.Of(x => x[torch.tensor(n)]); }),
        Two(Want1.Index, (x, y) => x.index_select(0, y)), Two(Want1.Index, (x, y) => x[y]), Two(Want1.Index, (x, y) => x.index(TensorIndex.Tensor(y))),
        Two(Want1.Index, (x, y) => x[TensorIndex.Tensor(y), TensorIndex.Ellipsis]),
        Two(Want1.Index, (x, y) => x.index_select(0, y) - x.index_select(0, y.flip(0))), Two(Want1.Index, (x, y) => x.take(y)),
        Two(Want1.Index, (x, y) => x.index_select(-1, y)), Two(Want1.Index, (x, y) => x.gather(0, y.unsqueeze(-1).expand(-1, x.size(-1)))),
        Two(Want1.Index, (x, y) => x.gather(-1, y.unsqueeze(0).expand(x.size(0), -1))), Two(Want1.RowMask, (x, y) => x[y]),
        Two(Want1.RowMask, (x, y) => x.masked_select(y)), Two(Want1.RowMask, (x, y) => x[y].sum(dim: 0)), One(x => x[x.norm(-1) > 0.5]), One(x => x[x > 0.0]),
        One(x => x.masked_select(x > 0.0).sum()), Two(Want1.Index, (x, y) => torch.zeros_like(x).index_add(0, y, x.index_select(0, y), 1.0)),
        Two(Want1.Index, (x, y) => x.index_add(0, y, x.index_select(0, y), 0.5)),
        Two(Want1.Index, (x, y) => torch.zeros(5, x.size(-1), dtype: x.dtype).index_add(0, y, x.narrow(0, 0, y.size(0)), 1.0)),
        Two(Want1.Index, (x, y) => torch.zeros_like(x).scatter_add(0, y.unsqueeze(-1).expand(-1, x.size(-1)), x.index_select(0, y))),
        Two(Want1.Index, (x, y) => x.scatter(0, y.unsqueeze(-1).expand(-1, x.size(-1)), x.index_select(0, y))),
        Two(Want1.Index, (x, y) => x.index_fill(0, y, 0.0)), Two(Want1.Index, (x, y) => x.index_fill(0, y, 1.0)),
        Two(Want1.Index, (x, y) => x.index_copy(0, y, x.index_select(0, y))),
        Two(Want1.Index, (x, y) => torch.nn.functional.one_hot(y, x.size(0)).to(x.dtype).Matmul(x)),
        Two(Want1.Index, (x, y) => x.index_select(0, y).mul(y.to(x.dtype).unsqueeze(-1))),
        Drawn(Want1.Index, d => { int a = d.Axis(); return Written.Of((x, y) => x.index_select(a, y)); }),
        Drawn(Want1.Index, d => { int a = d.Axis(); return Written.Of((x, y) => torch.zeros_like(x).index_add(a, y, x.index_select(a, y), 1.0)); }),
        One(Want1.Index, x => x.to(ScalarType.Float64)), One(Want1.Index, x => x.bincount(null, 0).to(ScalarType.Float64)), One(Want1.Index, x => x + 0),
        One(Want1.Index, x => x.unique().Item1),
    ];

    private static (int First, int Length) Part(Operands d)
    {
        long n = d.X.dim() == 0 ? 1 : d.X.size(-1);
        int length = d.Pick(1, 2, 3, 3, 3, 6), first = d.Below(n - length + 1);
        return (first, length);
    }

    private static long[] Choice(Operands d, int axis)
    {
        long n = d.X.dim() == 0 ? 1 : d.X.size(axis);
        return [.. Enumerable.Range(0, d.Pick(2, 3, (int)n)).Select(_ => (long)d.Below(n))];
    }
}

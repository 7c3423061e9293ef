using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Entries of axes, rows that an index names, and tensors that are put side by side.</summary>
internal static class Parts
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "whole copies", [X("2x1o + 0o")],
            Do(x => x.narrow(-1, 3, 3)), Do(x => x.narrow(-1, -4, 3)),
            Do(x => x[TensorIndex.Ellipsis, TensorIndex.Slice(0, 6)]), Do(x => x.slice(-1, 3, 7, 1)),
            Do(x => x.select(-1, 6)), Do(x => x[TensorIndex.Ellipsis, ^1])),
        Inside(
            "scalars among others", [X("0o + 0e + 1o")],
            Do(x => x.select(-1, 0)), Do(x => x.narrow(-1, 0, 1)), Do(x => x.narrow(-1, 0, 2)), Do(x => x.narrow(-1, 1, 1)),
            Do(x => x[TensorIndex.Ellipsis, 1]), Do(t0 => t0.abs())),
        Outside("a scalar that is odd", [X("0o + 0e + 1o")], Do(x => x.select(-1, 0).exp())),
        Outside("columns that begin within a copy", [X("2x1o")], Do(x => x.narrow(-1, 1, 3)), Do(t0 => t0.norm(-1))),
        Outside("columns that end within a copy", [X("2x1o")], Do(x => x.narrow(-1, 0, 5)), Do(t0 => t0.norm(-1))),
        Outside("some components of points", [P()], Do(p => p.narrow(-1, 0, 2)), Do(t0 => t0.norm(-1))),
        Outside("every second column", [X("2x1o")], Do(x => x.slice(-1, 0, 6, 2)), Do(t0 => t0.norm(-1))),
        Inside(
            "rows", [X("1o"), P()],
            Do(x => x[0]), Do(x => x[^1]), Do(p => p[1]), Do(x => x[1..]), Do(x => x.narrow(0, 1, 2)), Do(x => x.slice(0, 0, 4, 2)),
            Do(x => x.select(0, 1)), Do(x => x[TensorIndex.None, 0])),
        Inside(
            "rows from behind", [D(4, 3)],
            Do(d => torch.zeros(4, 3)), Do(t0 => t0[TensorIndex.Slice(-3, 9)]), Do(t0 => t0[TensorIndex.Slice(1, -1)]),
            Do(t0 => t0.narrow(0, -2, 2)), Do(t0 => t0.slice(0, -9, -1, 1)), Do(t0 => t0[TensorIndex.Ellipsis, TensorIndex.Slice(-2)])),
        Outside(
            "a row less another", [X("1o")],
            Do(x => x[0, TensorIndex.Ellipsis, 0] - x[1, TensorIndex.Ellipsis, 0]), Do(t0 => t0.exp())),

        Inside(
            "rows of an index", [X("1o"), P(), I(3)],
            Do((x, i) => x[i]), Do((x, i) => x.index_select(0, i)), Do((p, i) => p[i]), Do((p, i) => p.index_select(0, i)),
            Do((x, i) => x[TensorIndex.None, TensorIndex.Tensor(i)]), Do((x, i) => x[i.to(ScalarType.Int64).unsqueeze(0)])),
        Inside(
            "rows of a mask", [X("1o"), K(4), D(4, 3)],
            Do((x, k) => x[k]), Do((d, k) => d[k]), Do(d => d[d > 0.0]), Do(x => x[x.norm(-1) > 0.5]),
            Do((x, k) => x.unsqueeze(0)[TensorIndex.Colon, TensorIndex.Tensor(k)])),
        Outside("columns of an index", [X("1o"), I(2)], Do((x, i) => x[TensorIndex.Ellipsis, TensorIndex.Tensor(i % 3)])),
        Outside("columns of an index that is selected", [X("1o"), I(2)], Do((x, i) => x.index_select(-1, i % 3))),
        Outside("entries of a mask", [X("1o"), K(4, 3)], Do((x, k) => x[k])),
        Outside(
            "rows that an odd index counts from behind", [X("1o"), Y("0o")],
            Do((x, y) => x[y.select(-1, 0).sign().to(ScalarType.Int64)])),
        Outside("two indexes", [X("1o"), I(3)], Do((x, i) => x[i, i % 3])),
        Outside("columns of a matrix by an index", [X("1o"), I(2)], Do((x, i) => x.t()[i % 3])),
        Outside("some components by an index", [X("1o"), I(2)], Do((x, i) => x.narrow(-1, 0, 2).index_select(-1, i % 2))),
        Inside(
            "numbers by several indexes", [D(4, 4), I(3)],
            Do((d, i) => d[i, i]), Do((d, i) => d[i][TensorIndex.Colon, TensorIndex.Tensor(i)]), Do((d, i) => d.index_select(0, i[0]))),

        Inside(
            "the same row for all components", [X("1o"), P(), I(4)],
            Do((x, i) => x.gather(0, i.unsqueeze(-1).expand(-1, 3))), Do((p, i) => p.gather(0, i.unsqueeze(-1).expand(-1, 3))),
            Do(x => x.gather(0, torch.zeros(2, 3, dtype: ScalarType.Int64)))),
        Outside("another row for each component", [X("1o"), D(4, 3)], Do((x, d) => x.gather(0, (d > 0.0).to(ScalarType.Int64)))),
        Outside("another row for each component of points", [P(), D(4, 3)], Do((p, d) => p.gather(0, (d > 0.0).to(ScalarType.Int64)))),
        Outside("some components of the same row", [X("1o"), I(4)], Do((x, i) => x.gather(0, i.unsqueeze(-1).expand(-1, 2)))),
        Outside("some components of the first row", [X("1o")], Do(x => x.gather(0, torch.zeros(2, 2, dtype: ScalarType.Int64)))),
        Outside("another component", [X("1o"), I(4)], Do((x, i) => x.gather(-1, (i % 3).unsqueeze(-1).expand(-1, 3)))),
        Outside("rows of some components", [X("1o"), I(4)], Do((x, i) => x.narrow(-1, 0, 2).gather(0, i.unsqueeze(-1).expand(-1, 2)))),
        Inside(
            "odd scalars by an index", [X("3x0o"), D(4, 3)],
            Do((x, d) => x.gather(0, (d > 0.0).to(ScalarType.Int64))), Do((x, d) => d.gather(0, (d > 0.0).to(ScalarType.Int64)))),

        Inside(
            "rows that are added", [X("1o"), Y("1o"), I(4)],
            Do((x, y, i) => x.index_add(0, i, y, 1.0)), Do((y, i) => torch.zeros(6, 3, dtype: ScalarType.Float64).index_add(0, i, y, 1.0)),
            Do((x, y, i) => x.index_copy(0, i, y))),
        Inside(
            "rows that are scattered", [X("1o"), Y("1o"), I(4)],
            Do(i => i.unsqueeze(-1).expand(-1, 3)), Do((x, y, t0) => x.scatter_add(0, t0, y)), Do((x, y, t0) => x.scatter(0, t0, y)),
            Do((y, t0) => torch.zeros(6, 3, dtype: ScalarType.Float64).scatter_add(0, t0, y))),
        Inside(
            "points that are put", [P(), I(4)],
            Do((p, i) => p.index_copy(0, i, p.flip(0))), Do((p, i) => p.scatter(0, i.unsqueeze(-1).expand(-1, 3), p.flip(0)))),
        Outside("points that are added", [P(), I(4)], Do((p, i) => p.index_add(0, i, p.flip(0), 1.0))),
        Outside(
            "points that are scattered and added", [P(), I(4)],
            Do((p, i) => p.scatter_add(0, i.unsqueeze(-1).expand(-1, 3), p.flip(0)))),
        Outside("vectors that are put between points", [P(), X("1o"), I(4)], Do((p, x, i) => p.index_copy(0, i, x))),
        Outside("numbers that are added to vectors", [X("1o"), D(4, 3), I(4)], Do((x, d, i) => x.index_add(0, i, d, 1.0))),
        Outside("columns that are added", [X("1o"), Y("1o"), I(3)], Do((x, y, i) => x.index_add(-1, i % 3, y, 1.0))),
        Outside(
            "components that are added to rows", [X("1o"), I(3)],
            Do((x, i) => torch.zeros(5, 4, dtype: ScalarType.Float64).index_add(0, i, x.t(), 1.0))),
        Outside(
            "components that become zero", [X("1o"), I(2)],
            Do((x, i) => x.index_copy(-1, i % 3, torch.zeros(4, 2, dtype: ScalarType.Float64)))),
        Outside(
            "equal factors of which one is added to", [X("1o"), D(4, 1), I(1)],
            Do((d, i) => d.expand(-1, 3).index_add(-1, i % 3, d, 1.0)), Do((x, t0) => x * t0)),
        Outside(
            "components that are scattered to different rows", [X("1o"), Y("1o"), D(4, 3)],
            Do((x, y, d) => x.scatter(0, (d > 0.0).to(ScalarType.Int64), y))),
        Outside(
            "components that are added to different rows", [X("1o"), Y("1o"), D(4, 3)],
            Do((x, y, d) => x.scatter_add(0, (d > 0.0).to(ScalarType.Int64), y))),
        Outside(
            "a vector in a longer row of zeros", [Y("1o", 2), I(2)],
            Do((y, i) => torch.zeros(4, 6, dtype: ScalarType.Float64).scatter(0, i.unsqueeze(-1).expand(-1, 3), y)), Do(t0 => t0.norm(-1))),
        Outside(
            "zeros with something scattered into them", [X("1o"), D(4, 3), I(4)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((d, i, t0) => t0.index_add(0, i, d, 1.0)), Do((x, t1) => x + t1)),
        Inside(
            "odd scalars that are scattered", [X("3x0o"), I(4)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((x, i, t0) => t0.index_add(0, i, x, 1.0)),
            Do((x, i) => x.index_copy(0, i, x)), Do((x, i, t0) => x.index_add(0, i, t0, 1.0))),
        Outside("odd scalars that are added to even ones", [X("3x0o"), D(4, 3), I(4)], Do((x, d, i) => d.index_add(0, i, x, 1.0))),
        Outside("even scalars that are put between odd ones", [X("3x0o"), D(4, 3), I(4)], Do((x, d, i) => x.index_copy(0, i, d))),

        Inside(
            "side by side", [X("1o"), Y("1e"), D(4, 1)],
            Do((x, y) => torch.cat(new[] { x, y }, -1)), Do((x, y) => torch.cat(new[] { x, y, x.norm(-1, true) }, -1)),
            Do((x, y) => torch.cat(new[] { linalg.vecdot(x, y, -1).unsqueeze(-1).reshape(4, 1), x }, -1))),
        Inside(
            "rows beneath rows", [X("1o"), P(), D(4, 3)],
            Do(x => torch.cat(new[] { x, x.flip(0) }, 0)), Do(p => torch.cat(new[] { p, p.flip(0) }, 0)),
            Do(x => torch.cat(new[] { torch.zeros(2, 3, dtype: ScalarType.Float64), x }, 0)), Do(x => torch.stack(new[] { x, x }, 0)),
            Do(p => torch.stack(new[] { p, p }, 1)), Do(d => torch.vstack(new[] { d, d }))),
        Inside(
            "rows of odd scalars", [X("3x0o"), D(4, 3)],
            Do(x => torch.cat(new[] { x, x.flip(0) }, 0)),
            Do((x, d) => torch.cat(new[] { x, torch.zeros(4, 2, dtype: ScalarType.Float64) }, -1)),
            Do((x, d) => torch.stack(new[] { x, torch.zeros_like(x) }, 0)), Do((x, d) => torch.stack(new[] { x, d }, -1)),
            Do(x => torch.hstack(new[] { x, x }))),
        Inside(
            "even beside odd scalars", [X("3x0o"), Y("2x0e")],
            Do((x, y) => torch.cat(new[] { x, y.narrow(-1, 0, 2) }, -1)), Do(t0 => t0.tanh()),
            Do((x, y) => torch.cat(new[] { y.narrow(-1, 0, 2), x }, -1))),
        Inside(
            "columns of zeros", [X("1o")],
            Do(x => torch.cat(new[] { torch.zeros(4, 2, dtype: ScalarType.Float64), x }, -1)),
            Do(x => torch.cat(new[] { x, torch.zeros(4, 3, dtype: ScalarType.Float64) }, -1)), Do(t0 => t0.norm(-1))),
        Outside(
            "zeros and something beneath them", [X("1o", 6), D(4, 3)],
            Do(d => torch.cat(new[] { torch.zeros(2, 3, dtype: ScalarType.Float64), d }, 0)), Do((x, t0) => x + t0)),
        Outside(
            "zeros and something stacked on them", [X("1o"), D(4, 3)],
            Do(d => torch.stack(new[] { torch.zeros(4, 3, dtype: ScalarType.Float64), d }, 0)), Do((x, t0) => x + t0)),
        Outside(
            "zeros and something beside them", [X("2x1o"), D(4, 3)],
            Do(d => torch.cat(new[] { torch.zeros(4, 3, dtype: ScalarType.Float64), d }, -1)), Do((x, t0) => x + t0)),
        Outside("points beside points", [P()], Do(p => torch.cat(new[] { p, p }, -1))),
        Outside("points beneath vectors", [P(), X("1o")], Do((p, x) => torch.cat(new[] { p, x }, 0))),
        Outside("points on vectors", [P(), X("1o")], Do((p, x) => torch.stack(new[] { p, x }, 0))),
        Inside("a vector on a pseudovector", [X("1o"), Y("1e")], Do((x, y) => torch.stack(new[] { x, y }, 0))),
        Outside("a vector beneath numbers", [X("1o"), D(4, 3)], Do((x, d) => torch.cat(new[] { x, d }, 0))),
        Outside(
            "a vector beside an unknown number of columns", [X("1o"), N(4, 2)],
            Do((x, n) => torch.cat(new[] { x, n }, -1)), Do((x, t0) => t0.exp())),
        Outside("odd beneath even scalars", [X("3x0o"), D(4, 3)], Do((x, d) => torch.cat(new[] { x, torch.ones_like(x) }, 0))),
        Outside(
            "equal factors beside others", [X("2x1o"), D(4, 1), E(4, 3)],
            Do((d, e) => torch.cat(new[] { d.expand(-1, 3), e.narrow(-1, 0, 3) }, -1)), Do((x, t0) => x * t0)),
        Inside(
            "tensors of an unknown number of axes", [U(4, 3), D(4, 3)],
            Do((u, d) => torch.cat(new[] { u, d }, -1)), Do(u => torch.stack(new[] { u, u }, 0)),
            Do((u, d) => torch.hstack(new[] { u, d }))),

        Inside(
            "cut into copies", [X("2x1o")],
            Do(x => x.split(3, -1)[1]), Do(x => x.chunk(2, -1)[1]), Do(x => x.split(2, 0)[0]), Do(x => x.unbind(0)[1]),
            Do(x => x.tensor_split(2, -1)[1]), Do(x => x.split(new long[] { 3, 3 }, -1)[0])),
        Outside("cut within copies", [X("2x1o")], Do(x => x.split(2, -1)[1]), Do(t0 => t0.norm(-1))),
        Outside("cut into parts of different size", [X("2x1o + 0o")], Do(x => x.tensor_split(3, -1)[1]), Do(t0 => t0.norm(-1))),
        Outside("cut into components", [X("1o")], Do(x => x.unbind(-1)[1]), Do(t0 => t0.exp())),
        Outside("cut into four", [X("2x1o")], Do(x => x.chunk(4, -1)[1]), Do(t0 => t0.norm(-1))),
    ];
}

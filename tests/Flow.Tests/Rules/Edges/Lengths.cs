using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Sums, lengths and other reductions, and entries that move along their axis.</summary>
internal static class Lengths
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "sums over rows", [X("1o"), P(), D(4, 3)],
            Do(x => x.sum(dim: 0)), Do(x => x.mean(new long[] { 0 }, true)), Do(p => p.mean(new long[] { 0 })), Do(d => d.sum()),
            Do(d => d.mean())),
        Inside("sums of odd scalars", [X("3x0o")], Do(x => x.sum(-1)), Do(x => x.sum()), Do(x => x.mean(new long[] { -1 }, true))),
        Outside("a sum over components", [X("1o")], Do(x => x.sum(-1))),
        Outside("a sum over everything", [X("1o")], Do(x => x.sum())),
        Outside("a mean over components", [X("1o")], Do(x => x.mean(new long[] { -1 }))),
        Outside("a sum of points", [P()], Do(p => p.sum(dim: 0))),
        Outside("a mean over components of points", [P()], Do(p => p.mean(new long[] { -1 }))),
        Inside("a sum of one point", [P()], Do(p => p.narrow(0, 0, 1).sum(dim: 0))),
        Inside("sums of zeros", [X("1o")], Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64).sum(dim: 0)), Do((x, t0) => x + t0)),
        Inside(
            "sums of products", [X("1o"), Y("1o")],
            Do((x, y) => (x * y).sum(-1)), Do((x, y) => (x * y).mean(new long[] { -1 }, true)), Do((x, y) => (x * y).sum())),
        Outside("sums of products over rows", [X("1o"), Y("1o")], Do((x, y) => (x * y).sum(dim: 0))),
        Outside("sums of products of which one is missing", [X("1o"), Y("1o")], Do((x, y) => (x * y).narrow(-1, 0, 2).sum(-1).exp())),
        Inside(
            "sums of truth values and whole numbers", [D(4, 3), I(3)],
            Do(d => (d > 0.0).sum(dim: 0)), Do(i => i.sum(dim: 0)), Do(i => i.sum(0, type: ScalarType.Float64)), Do(d => d.sum(-1, true))),
        Outside("a sum as whole numbers", [X("1o")], Do(x => (x * 3.0).sum(0, type: ScalarType.Int64))),
        Inside(
            "sums over axes of which nobody knows how many there are", [U(2, 3)],
            Do(u => u.sum()), Do(u => u.sum(-1)), Do(u => u.mean())),

        Inside(
            "lengths", [X("1o"), Y("2x1o + 0e")],
            Do(x => x.norm(-1)), Do(x => x.norm()), Do(y => y.norm(-1, true)), Do(x => linalg.vector_norm(x, 2.0, new long[] { -1 }, true)),
            Do(x => linalg.norm(x, new long[] { 0, 1 }))),
        Inside(
            "lengths of odd scalars", [X("3x0o")],
            Do(x => x.norm(-1)), Do(x => x.norm(0)), Do(x => x.norm(1.0f)), Do(x => linalg.vector_norm(x, 3.0, new long[] { -1 }, false))),
        Outside("a sum of absolute values", [X("1o")], Do(x => linalg.vector_norm(x, 1.0, new long[] { -1 }, true))),
        Outside("a sum of all absolute values", [X("1o")], Do(x => x.norm(1.0f))),
        Outside("lengths over rows", [X("1o")], Do(x => x.norm(0))),
        Outside("lengths of points", [P()], Do(p => p.norm(-1))),
        Outside("lengths of some components", [X("1o")], Do(x => x.narrow(-1, 0, 2).norm(-1))),
        Outside("a matrix norm", [X("1o"), Y("1o")], Do((x, y) => linalg.norm(x, 1.0, null, false))),
        Outside("lengths along one of two axes", [Row("x", "1o"), Row("y", "1o")], Do((x, y) => torch.outer(x, y)), Do(t0 => t0.norm(-1))),
        Inside(
            "a length along two axes", [Row("x", "1o"), Row("y", "1o")],
            Do((x, y) => torch.outer(x, y)), Do(t0 => t0.norm()), Do(t0 => linalg.norm(t0, new long[] { 0, 1 }))),
        Inside(
            "unit vectors", [X("1o"), Y("3x0o")],
            Do(x => nn.functional.normalize(x, 2.0, -1, 1e-9)), Do(y => nn.functional.normalize(y, 1.0, 0, 1e-9))),
        Outside("unit columns", [X("1o")], Do(x => nn.functional.normalize(x, 2.0, 0, 1e-9))),
        Outside("vectors by the sum of their absolute values", [X("1o")], Do(x => nn.functional.normalize(x, 1.0, -1, 1e-9))),
        Outside("points of length one", [P()], Do(p => nn.functional.normalize(p, 2.0, -1, 1e-9))),

        Inside(
            "reductions of invariants", [D(4, 3)],
            Do(d => d.amax(new long[] { -1 })), Do(d => d.std(-1)), Do(d => nn.functional.softmax(d, -1)), Do(d => d.var(0, true, true)),
            Do(d => d.prod(0)), Do(d => d.argmax(-1))),
        Outside("a maximum of odd numbers", [X("3x0o")], Do(x => x.amax(new long[] { -1 }))),
        Outside("a maximum over rows of a vector", [X("1o")], Do(x => x.amax(new long[] { 0 }))),
        Outside("a spread over rows of a vector", [X("1o")], Do(x => x.std(0))),
        Outside("weights by components", [X("1o")], Do(x => nn.functional.softmax(x, -1))),
        Outside("weights by odd scalars", [X("3x0o")], Do(x => nn.functional.softmax(x, -1))),

        Inside(
            "running sums over rows", [X("1o"), Y("3x0o"), D(4, 3)],
            Do(x => x.cumsum(0)), Do(y => y.cumsum(-1)), Do(d => d.cumsum(-1)), Do(d => (d > 0.0).cumsum(-1))),
        Outside("running sums over components", [X("1o")], Do(x => x.cumsum(-1))),
        Outside("running sums of points", [P()], Do(p => p.cumsum(0))),
        Inside(
            "the other way round", [X("1o"), P(), Y("3x0o")],
            Do(x => x.flip(0)), Do(p => p.flip(0)), Do(p => p.roll(1, 0)), Do(x => x.roll(1, 0)), Do(y => y.flip(-1)), Do(y => y.fliplr()),
            Do(x => x.flipud())),
        Outside("components the other way round", [X("1o")], Do(x => x.flip(-1))),
        Outside("components that are moved", [X("1o")], Do(x => x.roll(1, -1))),
        Outside("components that are moved along all axes", [X("1o")], Do(x => x.roll(1))),
        Outside("components the other way round, from left to right", [X("1o")], Do(x => x.fliplr())),
        Outside(
            "equal factors that were moved", [X("2x1o"), D(4, 2)],
            Do(d => d.narrow(-1, 0, 2).repeat_interleave(3, -1).roll(1, -1)), Do((x, t0) => x * t0)),
    ];
}

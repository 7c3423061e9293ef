using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Linear combinations and choices.</summary>
internal static class Sums
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "a sum of vectors", [X("1o"), Y("1o")],
            Do((x, y) => x + y), Do((x, y) => x.sub(y)), Do((x, y) => x.add(y, 0.5)), Do((x, y) => torch.lerp(x, y, 0.3))),
        Outside("a vector and a pseudovector", [X("1o"), Y("1e")], Do((x, y) => x + y)),
        Outside("odd and even scalars", [X("3x0o"), D(4, 3)], Do((x, d) => x + d)),
        Outside("a constant and odd scalars", [X("3x0o")], Do(x => x + 1.0)),
        Outside("a constant and a vector", [X("1o"), D(4, 3)], Do((x, d) => x + d)),
        Outside("one number and a vector", [X("1o"), D(4, 1)], Do((x, d) => x + d)),
        Inside(
            "points that differ", [P()],
            Do(p => p - p.flip(0)), Do(p => p.add(p.flip(0), -1.0)), Do(t0 => t0.norm(-1)), Do(t1 => t1.norm(-1))),
        Inside(
            "points that are added", [P()],
            Do(p => p + p.flip(0)), Do(t0 => t0 * 0.5), Do((p, t1) => t1 - p), Do(p => -p), Do((p, t3) => p + t3)),
        Inside("a point that moves", [P(), X("1o")], Do((p, x) => p + x), Do((p, x) => torch.lerp(p, p + x, 0.25)), Do((p, t1) => t1 - p)),
        Outside("a sum of points is no vector", [P()], Do(p => (p + p.flip(0)).norm(-1))),
        Outside("half a point is no vector", [P()], Do(p => (p * 0.5).norm(-1))),
        Outside("twice a point less the point is no vector", [P()], Do(p => p.mul(2.0).sub(p).norm(-1))),
        Outside("points by factors of which nothing is known", [P(), D(4, 1)], Do((p, d) => p * d)),
        Outside("points by a number of which nothing is known", [P(), D()], Do((p, d) => p * d)),
        Inside("a point over a number", [P()], Do(p => p / 2.0), Do((p, t0) => t0 + (0.5 * p)), Do((p, t1) => t1 - p)),

        Inside(
            "zeros that become a vector", [X("1o")],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((x, t0) => t0 + x), Do((x, t0) => x - t0), Do(t1 => t1.norm(-1))),
        Inside(
            "zeros that become odd", [X("3x0o")],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((x, t0) => t0 + x), Do((x, t0) => x + t0)),
        Outside(
            "zeros with something added to them", [X("1o"), D(4, 3)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((d, t0) => t0 + d), Do((x, t1) => x + t1)),
        Outside("ones", [X("1o")], Do(x => x + torch.ones_like(x))),
        Outside("a number that is no zero", [X("1o")], Do(x => torch.full_like(x, 0.5)), Do((x, t0) => x + t0)),
        Inside(
            "zeros in all ways", [X("1o")],
            Do(x => torch.full_like(x, 0.0)), Do((x, t0) => x + t0), Do(x => x + torch.tensor(0.0)), Do(x => x + torch.full(4, 3, 0.0)),
            Do(x => x + x.new_zeros(new long[] { 3 }))),

        Inside(
            "a choice of whole rows", [X("1o"), E(4, 1)],
            Do((x, e) => torch.where(e > 0.0, x, -x)), Do((x, e) => x.where(e > 0.0, 2.0 * x)), Do((x, e) => x.masked_fill(e > 0.0, 0.0))),
        Outside("a choice for each component", [X("1o"), E(4, 3)], Do((x, e) => torch.where(e > 0.0, x, -x))),
        Outside("a choice for each component, as a member", [X("1o"), E(4, 3)], Do((x, e) => x.where(e > 0.0, -x))),
        Outside("components that are filled with zeros", [X("1o"), E(4, 3)], Do((x, e) => x.masked_fill(e > 0.0, 0.0))),
        Outside("vectors that are filled with ones", [X("1o"), E(4, 1)], Do((x, e) => x.masked_fill(e > 0.0, 1.0))),
        Inside(
            "a choice of odd scalars", [X("3x0o"), E(4, 3)],
            Do((x, e) => torch.where(e > 0.0, x, -x)), Do((x, e) => x.masked_fill(e > 0.0, 0.0))),
        Outside("a choice between even and odd", [X("3x0o"), D(4, 3), E(4, 3)], Do((x, d, e) => torch.where(e > 0.0, x, d))),
        Outside("a choice between a vector and a pseudovector", [X("1o"), Y("1e"), E(4, 1)], Do((x, y, e) => torch.where(e > 0.0, x, y))),
        Inside("a choice of points", [P(), E(4, 1)], Do((p, e) => torch.where(e > 0.0, p, p.flip(0)))),
        Outside("a choice between points and vectors", [P(), X("1o"), E(4, 1)], Do((p, x, e) => torch.where(e > 0.0, p, x))),
        Outside("a choice between points and sums of points", [P(), E(4, 1)], Do((p, e) => torch.where(e > 0.0, p, p + p))),
        Inside("a choice by the lengths", [X("1o"), Y("1o")], Do((x, y) => torch.where(x.norm(-1, true) > y.norm(-1, true), x, y))),
        Inside("a choice by runs", [X("1o"), E(4, 1)], Do((x, e) => torch.where((e > 0.0).expand(-1, 3), x, -x))),

        Inside(
            "axes that are laid over each other", [N(4, 3), E(1, 3)],
            Do((n, e) => n + e), Do((n, e) => e + n), Do((n, e) => e * n), Do(n => n + n)),
        Inside(
            "an unknown number of axes", [D(4, 1), U(2, 4, 3)],
            Do((d, u) => d + u), Do((d, u) => u * d), Do(d => torch.ones(1, dtype: ScalarType.Float64)), Do((t2, u) => t2 * u)),
        Outside("an unknown number of axes over a vector", [X("1o"), U(3)], Do((x, u) => x * u)),
        Inside(
            "types that are laid over each other", [D(4, 3), I(3)],
            Do((d, i) => d + i), Do((d, i) => i * d), Do((d, i) => i + (d > 0.0)), Do((d, i) => (d > 0.0) + i.to(ScalarType.Int64))),
        Inside(
            "products that are added", [X("1o"), Y("1o"), D(4, 1)],
            Do((x, y, d) => x.addcmul(y, d, 0.5)), Do((x, y, d) => x.addcdiv(y, d, 0.5))),
        Outside("products of components that are added", [X("1o"), Y("1o"), D(4, 3)], Do((x, y, d) => x.addcdiv(y, d, 0.5))),
        Outside(
            "weights for each component",
            [X("1o"), Y("1o")],
            Do((x, y) => torch.lerp(x, y, torch.tensor(new[] { 0.3, 0.9, 0.1 })) - torch.lerp(y, x, torch.tensor(new[] { 0.3, 0.9, 0.1 }))),
            Do(t0 => t0.norm(-1))),
        Outside(
            "products of components less others", [X("1o"), Y("1o"), D(4, 1)],
            Do((x, y, d) => x.addcmul(y, d.expand(4, 3), 1.0).addcmul(y.flip(0), torch.arange(3.0), 1.0).norm(-1))),
    ];
}

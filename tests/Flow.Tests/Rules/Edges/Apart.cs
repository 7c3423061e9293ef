using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Tensors that are taken apart into components, and what is made of these.</summary>
internal static class Apart
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "a cross product by hand", [X("1o"), Y("1o")],
            Do((x, y) => (x.select(-1, 1) * y.select(-1, 2)) - (x.select(-1, 2) * y.select(-1, 1))),
            Do((x, y) => (x.select(-1, 2) * y.select(-1, 0)) - (x.select(-1, 0) * y.select(-1, 2))),
            Do((x, y) => (x.select(-1, 0) * y.select(-1, 1)) - (x.select(-1, 1) * y.select(-1, 0))),
            Do((t0, t1, t2) => torch.stack(new[] { t0, t1, t2 }, -1)),
            Do(t3 => t3.norm(-1))),
        Outside(
            "a cross product with a wrong sign", [X("1o"), Y("1o")],
            Do((x, y) => (x.select(-1, 1) * y.select(-1, 2)) + (x.select(-1, 2) * y.select(-1, 1))),
            Do((x, y) => (x.select(-1, 2) * y.select(-1, 0)) + (x.select(-1, 0) * y.select(-1, 2))),
            Do((x, y) => (x.select(-1, 0) * y.select(-1, 1)) + (x.select(-1, 1) * y.select(-1, 0))),
            Do((t0, t1, t2) => torch.stack(new[] { t0, t1, t2 }, -1)),
            Do(t3 => t3.norm(-1))),
        Inside(
            "a square of the length by hand", [X("1o")],
            Do(x => x.select(-1, 0).square() + x.select(-1, 1).square() + x.select(-1, 2).square()), Do(t0 => t0.sqrt())),
        Inside(
            "an inner product by hand that is odd", [X("1o"), Y("1e")],
            Do((x, y) => (x.unbind(-1)[0] * y.unbind(-1)[0]) + (x.unbind(-1)[1] * y.unbind(-1)[1]) + (x.unbind(-1)[2] * y.unbind(-1)[2])),
            Do(t0 => t0.abs())),
        Outside(
            "a weighted square of the length", [X("1o")],
            Do(x => x.select(-1, 0).square() + (1.01 * x.select(-1, 1).square()) + x.select(-1, 2).square()), Do(t0 => t0.exp())),
        Outside(
            "one that is nearly right", [X("1o")],
            Do(x => x.select(-1, 0).square() + (1.00001 * x.select(-1, 1).square()) + x.select(-1, 2).square()), Do(t0 => t0.exp())),
        Outside(
            "a turn about the last axis only", [X("1o")],
            Do(x => x.select(-1, 0).square() + x.select(-1, 1).square()), Do(t0 => t0.exp())),
        Outside(
            "a turn about the first axis only", [X("1o")],
            Do(x => x.select(-1, 1).square() + x.select(-1, 2).square()), Do(t0 => t0.exp())),
        Outside(
            "components in another order", [X("1o")],
            Do(x => torch.stack(new[] { x.select(-1, 1), x.select(-1, 0), x.select(-1, 2) }, -1)), Do(t0 => t0.norm(-1))),
        Inside(
            "points that are put together again", [P()],
            Do(p => torch.stack(new[] { p.select(-1, 0), p.select(-1, 1), p.select(-1, 2) }, -1))),
        Outside(
            "points that are put together again are no vectors", [P()],
            Do(p => torch.stack(new[] { p.select(-1, 0), p.select(-1, 1), p.select(-1, 2) }, -1)), Do(t0 => t0.norm(-1))),
        Outside(
            "the distance from the origin", [P()],
            Do(p => p.select(-1, 0).square() + p.select(-1, 1).square() + p.select(-1, 2).square()), Do(t0 => t0.sqrt())),
        Inside(
            "distances by hand", [P()],
            Do(p => p - p.flip(0)), Do(t0 => t0.select(-1, 0).square() + t0.select(-1, 1).square() + t0.select(-1, 2).square()),
            Do(t1 => t1.sqrt())),
        Outside(
            "components at different places", [X("1o")],
            Do(x => x.unsqueeze(1)),
            Do(t0 => (t0.narrow(-1, 0, 1) * t0.select(-1, 1)) - (t0.narrow(-1, 1, 1) * t0.select(-1, 0))), Do(t1 => t1.exp())),
        Outside(
            "sums at different places", [X("1o")],
            Do(x => x.unsqueeze(1)),
            Do(t0 => (t0.narrow(-1, 0, 1) * t0.narrow(-1, 1, 1).sum(-1)) - (t0.narrow(-1, 1, 1) * t0.narrow(-1, 0, 1).sum(-1))),
            Do(t1 => t1.exp())),
        Outside(
            "components of rows in another order", [X("1o")],
            Do(x => torch.stack(new[] { x.select(-1, 0), x.select(-1, 1).flip(0), x.select(-1, 2) }, -1)), Do(t0 => t0.norm(-1))),
        Outside(
            "components of rows that were moved", [X("1o")],
            Do(x => x.narrow(-1, 0, 1)), Do((x, t0) => torch.cat(new[] { t0.roll(1, 0), x.narrow(-1, 1, 2) }, -1)), Do(t1 => t1.norm(-1))),
        Outside(
            "components of picked rows", [X("1o"), I(4)],
            Do((x, i) => x.narrow(-1, 0, 1)[i]), Do((x, t0) => torch.cat(new[] { t0, x.narrow(-1, 1, 2) }, -1)), Do(t1 => t1.norm(-1))),
        Outside(
            "components of selected rows", [X("1o"), I(4)],
            Do((x, i) => x.narrow(-1, 0, 1).index_select(0, i)), Do((x, t0) => torch.cat(new[] { t0, x.narrow(-1, 1, 2) }, -1)),
            Do(t1 => t1.norm(-1))),
        Outside(
            "components of two rows", [X("1o")],
            Do(x => torch.stack(new[] { x[0].select(-1, 0), x[1].select(-1, 1), x[0].select(-1, 2) }, -1)), Do(t0 => t0.norm(-1))),
        Outside(
            "components of a range of rows", [X("1o")],
            Do(x => x.narrow(-1, 0, 1)[1..]), Do((x, t0) => torch.cat(new[] { t0, x[..3].narrow(-1, 1, 2) }, -1)), Do(t1 => t1.norm(-1))),
        Outside(
            "components and reciprocals", [X("1o"), D(4)],
            Do((x, d) => torch.stack(new[] { x.select(-1, 0) * d, x.select(-1, 1) / d, x.select(-1, 2) * d }, -1)), Do(t0 => t0.norm(-1))),
        Inside(
            "components over a number", [X("1o"), D(4)],
            Do((x, d) => torch.stack(new[] { x.select(-1, 0) / d, x.select(-1, 1) / d, x.select(-1, 2) / d }, -1))),
        Outside("components times different numbers", [X("1o")], Do(x => x * torch.tensor(new[] { 1.0, 2.0, 1.0 })), Do(t0 => t0.norm(-1))),
        Inside("components times numbers are polynomials", [X("1o")], Do(x => x * torch.tensor(new[] { 1.0, 2.0, 1.0 }))),
        Outside("components times an unknown number of axes", [X("1o"), U(2)], Do((x, u) => x.narrow(-1, 0, 2) * u)),
        Outside(
            "components on different axes", [X("1o", 2), Y("1o", 2)],
            Do((x, y) => x.narrow(-1, 0, 2) * y.narrow(-1, 0, 2).unsqueeze(-1))),
        Outside("a component over rows", [X("1o")], Do(x => x.narrow(-1, 0, 1) * x.select(-1, 1))),
        Outside(
            "components along one of two axes", [Row("x", "1o"), Row("y", "1o")],
            Do((x, y) => torch.outer(x, y)), Do(t0 => t0.narrow(-1, 0, 1)), Do(t1 => t1.norm())),
        Outside(
            "components and an odd scalar", [X("1o"), Y("2x0o")],
            Do((x, y) => torch.cat(new[] { x.narrow(-1, 0, 1), (x * x).sum(-1, true) }, -1)), Do((t0, y) => t0 * y),
            Do(t1 => t1.select(-1, 1).exp())),
        Inside(
            "components times odd scalars", [X("1o"), Y("0o")],
            Do(y => y.select(-1, 0)),
            Do((x, t0) => torch.stack(new[] { x.select(-1, 0) * t0, x.select(-1, 1) * t0, x.select(-1, 2) * t0 }, -1)),
            Do(t1 => t1.norm(-1))),
        Outside(
            "squares along one of two axes", [Row("x", "1o"), Row("y", "1o")],
            Do((x, y) => torch.outer(x, y)), Do(t0 => (t0 * t0).sum(dim: 0))),
        Outside(
            "products of components on different axes", [X("1o", 3), Y("1o", 3)],
            Do(x => torch.cat(new[] { x.narrow(-1, 1, 2), x.narrow(-1, 0, 1) }, -1)),
            Do(y => torch.cat(new[] { y.narrow(-1, 1, 2), y.narrow(-1, 0, 1) }, -1).unsqueeze(-1)),
            Do((t0, t1) => t0 * t1), Do(t2 => t2.sum(-1))),
        Outside(
            "running sums of products", [X("1o")],
            Do(x => x.narrow(-1, 0, 1)), Do(x => x.narrow(-1, 1, 1)), Do((t0, t1) => torch.cat(new[] { t0 * t0, t0 * t1, t1 * t1 }, -1)),
            Do(t2 => t2.cumsum(0)), Do(t3 => (t3.select(-1, 0) * t3.select(-1, 2)) - t3.select(-1, 1).square()), Do(t4 => t4.exp())),
        Outside(
            "components at different places that were stacked", [X("1o")],
            Do(x => x.unsqueeze(1)), Do(t0 => torch.stack(new[] { t0.select(-1, 0), t0.select(-1, 1) }, -1)),
            Do((t0, t1) => (t1.narrow(-1, 0, 1) * t0.select(-1, 1)) - (t1.narrow(-1, 1, 1) * t0.select(-1, 0))), Do(t2 => t2.exp())),
        Outside(
            "components beside rows", [X("1o", 3)],
            Do(x => torch.stack(new[] { x.select(-1, 0), x.select(-1, 1), x.select(-1, 2) }, 0)), Do(t0 => t0.norm(-1))),
        Inside(
            "components on a first axis", [X("1o")],
            Do(x => torch.stack(new[] { x.select(-1, 0), x.select(-1, 1), x.select(-1, 2) }, 0)), Do(t0 => t0.norm(0))),
        Outside(
            "components beside components on another axis", [X("1o")],
            Do(x => torch.cat(new[] { x.narrow(-1, 0, 2), x.narrow(-1, 0, 2) }, 0)), Do(t0 => t0.norm(-1))),
        Outside(
            "a small number beside a large one", [X("1o"), Y("1o")],
            Do((x, y) => ((x * y * 1e10) + x).sum(-1)), Do((x, y) => (x * y * 1e10).sum(-1)), Do((t0, t1) => (t0 - t1).exp())),
        Inside("components of tensors of rank two", [X("2e"), Y("2e")], Do((x, y) => (x * y).sum(-1)), Do(x => x.select(-1, 2))),
        Outside("components of tensors of rank two that are not all", [X("2e")], Do(x => x.narrow(-1, 0, 4).square().sum(-1).exp())),
        Outside(
            "one component where a pair is chosen", [X("1o"), K(4)],
            Do((x, k) => torch.where(k, x.select(-1, 0), x.select(-1, 1))), Do(t0 => t0.exp())),
    ];
}

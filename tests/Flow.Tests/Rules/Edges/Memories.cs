using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Idioms;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>What is written to, what shares its memory, and what holds only for the values at hand.</summary>
internal static class Memories
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "operations in place", [X("1o"), Y("1o"), D(4, 1)],
            Do(x => x.clone()), Do((t0, y) => t0.add_(y)), Do((t0, d) => t0.mul_(d)), Do((t0, d) => t0.div_(d)), Do((t0, y) => t0.sub_(y)),
            Do(t0 => t0.neg_())),
        Inside(
            "functions in place", [X("3x0o"), D(4, 3)],
            Do(x => x.to(ScalarType.Float64).clone()), Do(t0 => t0.tanh_()), Do(t0 => t0.abs_()), Do(d => d.clone()), Do(t3 => t3.sigmoid_()),
            Do(t3 => t3.clamp_(-0.5, 0.7))),
        Outside(
            "another kind in place, and a view", [X("3x0o")],
            Do(x => x.clone()), Do(t0 => t0[0]), Do(t1 => t1.cos_()), Do(t0 => t0.tanh())),
        Inside(
            "zeros that are filled", [X("1o"), Y("3x0o")],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((x, t0) => t0.copy_(x)), Do(x => torch.zeros_like(x)),
            Do((y, t2) => t2.add_(y)), Do(x => x.clone().zero_()), Do(x => x.clone().fill_(0.0)), Do((x, t5) => x + t5)),
        Outside("memory that is filled with a number", [X("1o")], Do(x => x.clone().fill_(0.5)), Do((x, t0) => x + t0)),
        Outside(
            "a vector that is copied into whole numbers", [X("1o")],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Int64)), Do((x, t0) => t0.copy_(x * 3.0)),
            Do(t0 => t0.to(ScalarType.Float64).norm(-1))),
        Outside(
            "a constant that is copied into a vector", [X("1o"), D(4, 3)],
            Do(x => x.clone()), Do(t0 => t0.detach()), Do((t0, d) => t0.copy_(d)), Do(t1 => t1.norm(-1))),
        Outside(
            "equal factors of which one is changed", [X("1o"), D(4, 1)],
            Do(d => d.expand(-1, 3).clone()), Do(t0 => t0.select(-1, 0)), Do(t1 => t1.mul_(2.0)), Do((x, t0) => x * t0)),
        Outside(
            "equal factors of which one is changed, as another view", [X("1o"), D(4, 1)],
            Do(d => d.expand(-1, 3).clone()), Do(t0 => t0.detach()), Do(t0 => t0.narrow(-1, 1, 2).add_(1.0)), Do((x, t1) => x * t1)),
        Outside(
            "equal factors of which one is set", [X("1o"), D(4, 1)],
            Do(d => d.expand(-1, 3).clone()), Do(t0 => t0[TensorIndex.Ellipsis, 0] = torch.tensor(2.0, dtype: ScalarType.Float64)),
            Do((x, t0) => x * t0)),
        Outside(
            "equal factors that are multiplied by others", [X("1o"), D(4, 1), E(4, 3)],
            Do(d => d.expand(-1, 3).clone()), Do((t0, e) => t0.mul_(e)), Do((x, t0) => x * t0)),
        Outside(
            "zeros of which one is set", [X("1o")],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do(t0 => t0.select(-1, 0)), Do(t1 => t1.fill_(2.0)),
            Do((x, t0) => x + t0)),
        Outside(
            "zeros that are added to, and a view", [X("1o"), D(4, 3)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do(t0 => t0.narrow(0, 0, 2)), Do((d, t0) => t0.add_(d)),
            Do((x, t1) => x.narrow(0, 0, 2) + t1)),
        Outside(
            "zeros that become a vector, and a view", [X("1o"), D(4, 3)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do(t0 => t0.detach()), Do((x, t0) => t0.add_(x)), Do((d, t1) => t1 + d)),
        Outside(
            "a view that becomes a vector", [X("1o"), D(4, 3)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do(t0 => t0.detach()), Do((x, t1) => t1.add_(x)), Do((d, t0) => t0 + d)),
        Outside(
            "a view that becomes odd", [X("3x0o")],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do(t0 => t0[0]), Do((x, t1) => t1.copy_(x[0])), Do(t0 => t0.exp())),
        Outside(
            "a row of odd scalars that becomes even", [X("3x0o"), D(3)],
            Do(x => x.clone()), Do(t0 => t0[0]), Do((t1, d) => t1.copy_(d)), Do(t0 => t0.tanh())),
        Outside(
            "one of two tensors that was zero", [X("1o"), D(4, 3)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((d, x, t0) => d.size(0) > 3 ? t0 : x), Do(t0 => t0.add_(1.0)),
            Do((x, t1) => x + t1)),
        Outside(
            "a component that was taken before", [X("1o"), D(4, 1)],
            Do(x => x.clone()), Do(t0 => t0.narrow(-1, 0, 1).clone()), Do((t0, d) => t0.mul_(d)),
            Do((t0, t1) => torch.cat(new[] { t1, t0.narrow(-1, 1, 2) }, -1)), Do(t3 => t3.norm(-1))),
        Outside(
            "a component that was taken before, of a view", [X("1o"), D(4, 1)],
            Do(x => x.clone()), Do(t0 => t0.detach()), Do(t1 => t1.narrow(-1, 0, 1) + 0.0), Do((t0, d) => t0.mul_(d)),
            Do((t1, t2) => torch.cat(new[] { t2, t1.narrow(-1, 1, 2) }, -1).norm(-1))),
        Outside(
            "a component that is a view, and others that were copied", [X("1o"), D(4, 1)],
            Do(x => x.clone()), Do(t0 => t0.narrow(-1, 0, 1)), Do(t0 => t0.narrow(-1, 1, 2).clone()), Do((t0, d) => t0.mul_(d)),
            Do((t1, t2) => torch.cat(new[] { t1, t2 }, -1).norm(-1))),
        Outside(
            "points that become vectors, and a view", [P()],
            Do(p => p.clone()), Do(t0 => t0.detach()), Do((p, t0) => t0.sub_(p.flip(0))), Do((p, t1) => p - t1)),
        Outside(
            "a component that is written to", [X("1o")],
            Do(x => x.clone()), Do(t0 => t0.select(-1, 0)), Do(t1 => t1.mul_(2.0)), Do(t0 => t0.norm(-1))),
        Inside(
            "a view of the same kind", [X("1o"), D(4, 1)],
            Do(x => x.clone()), Do(t0 => t0.detach()), Do((t0, d) => t0.mul_(d)), Do(t1 => t1.norm(-1))),

        Inside(
            "rows that are set", [X("1o"), P(), I(2)],
            Do(x => x.clone()), Do((t0, x) => t0[0] = x[1]), Do((t0, x) => t0[1] = torch.zeros(3, dtype: ScalarType.Float64)),
            Do(p => p.clone()), Do((t3, p) => t3[0] = p[1]), Do((t0, x, i) => t0[i] = x[i]), Do(t0 => t0.norm(-1))),
        Outside("a row that is set to numbers", [X("1o"), D(3)], Do(x => x.clone()), Do((t0, d) => t0[0] = d), Do(t0 => t0.norm(-1))),
        Outside(
            "a row that is set to a pseudovector", [X("1o"), Y("1e")],
            Do(x => x.clone()), Do((t0, y) => t0[0] = y[0]), Do(t0 => t0.norm(-1))),
        Outside("a point that is set to a vector", [P(), X("1o")], Do(p => p.clone()), Do((t0, x) => t0[0] = x[0]), Do((p, t0) => p - t0)),
        Outside("a vector that is set to a point", [P(), X("1o")], Do(x => x.clone()), Do((t0, p) => t0[0] = p[0]), Do(t0 => t0.norm(-1))),
        Outside(
            "a component that is set to zero", [X("1o")],
            Do(x => x.clone()), Do(t0 => t0[TensorIndex.Ellipsis, 0] = torch.tensor(0.0, dtype: ScalarType.Float64)),
            Do(t0 => t0.norm(-1))),
        Outside(
            "an odd scalar that is set to one", [X("3x0o")],
            Do(x => x.clone()), Do(t0 => t0[0] = torch.tensor(1.0, dtype: ScalarType.Float64)), Do(t0 => t0.tanh())),
        Outside(
            "an odd scalar that is set to an even one", [X("3x0o"), D(3)],
            Do(x => x.clone()), Do((t0, d) => t0[0] = d), Do(t0 => t0.tanh())),
        Inside(
            "zeros that are set", [X("1o"), Y("3x0o")],
            Do(x => torch.zeros(4, 8, dtype: ScalarType.Float64)), Do((x, t0) => t0[TensorIndex.Ellipsis, TensorIndex.Slice(2, 5)] = x),
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((x, t2) => t2[TensorIndex.Ellipsis] = x),
            Do(y => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((y, t4) => t4[0] = y[0])),
        Outside(
            "zeros that are set to numbers", [X("1o"), D(3)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((d, t0) => t0[0] = d), Do((x, t0) => x + t0)),
        Outside(
            "zeros that are set twice", [X("1o"), D(3)],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((x, t0) => t0[0] = x[0]), Do((d, t0) => t0[1] = d),
            Do(t0 => t0.norm(-1))),
        Outside(
            "zeros along another axis", [X("1o")],
            Do(x => torch.zeros(3, 3, dtype: ScalarType.Float64)), Do((x, t0) => t0[TensorIndex.Ellipsis, 0] = x[0]),
            Do(t0 => t0.norm(-1))),

        Inside(
            "gradients", [X("1o"), P(), Y("1e")],
            Do(x => Gradient(x, y => y.square().sum(-1).exp().sum())),
            Do(p => Gradient(p, q => (q.unsqueeze(0) - q.unsqueeze(1)).square().sum())), Do((x, y) => Gradient(x, z => (z * y).sum())),
            Do(t1 => t1.norm(-1))),
        Inside(
            "gradients by odd and even scalars", [X("3x0o"), D(4, 3)],
            Do(x => Gradient(x, y => y.square().sum())), Do((x, d) => Gradient(d, y => (y * x).sum())),
            Do((x, d) => Gradient(x, y => (y * d).sum()))),
        Outside("a gradient of a component", [Row("x", "1o")], Do(x => Gradient(x, y => y.select(-1, 0))), Do(t0 => t0.norm(-1))),
        Outside(
            "a gradient by zeros", [X("1o")],
            Do(x => torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((x, t0) => Gradient(t0, y => (y + x).square().sum())),
            Do(t1 => t1.exp())),
        Outside(
            "a gradient by equal factors", [X("1o"), Y("1o"), D(4, 1)],
            Do(d => d.expand(-1, 3).clone()), Do((x, y, t0) => Gradient(t0, z => ((z * x) + y).square().sum())), Do(t1 => t1.exp())),
        Outside(
            "a gradient by equal factors that are changed", [X("1o"), D(4, 1)],
            Do(d => d.expand(-1, 3) * 2.0), Do((x, t0) => Gradient(t0, z => (z * x).square().sum())), Do(t1 => t1.exp())),
        Outside(
            "a gradient by zeros that were put", [X("1o"), D(4, 3)],
            Do(d => d.clone().zero_()), Do((x, t0) => Gradient(t0, z => (z + x).square().sum())), Do(t1 => t1.exp())),
        Outside(
            "a gradient by a part of zeros", [X("1o"), D(4, 3)],
            Do(x => torch.zeros(8, 3, dtype: ScalarType.Float64)), Do((x, t0) => Gradient(t0.narrow(0, 0, 4), z => (z + x).square().sum())),
            Do(t1 => t1.exp())),
    ];
}

using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Functions of single numbers.</summary>
internal static class Functions
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside("an odd function of odd scalars", [X("3x0o")], Do(x => x.tanh())),
        Inside("an odd function of even and odd scalars", [X("2x0e + 0o")], Do(x => x.tanh())),
        Inside("an even function of odd scalars", [X("3x0o")], Do(x => x.cos())),
        Inside("an even function of even and odd scalars", [X("2x0e + 0o")], Do(x => x.abs())),
        Outside("a function that is neither, of odd scalars", [X("3x0o")], Do(x => x.exp())),
        Outside("a function that is neither, of even and odd scalars", [X("2x0e + 0o")], Do(x => x.sigmoid())),
        Inside("a function that is neither, of invariants", [D(4, 3)], Do(d => d.sigmoid())),
        Outside("an odd function of a vector", [X("1o")], Do(x => x.tanh())),
        Outside("an even function of a vector", [X("1o")], Do(x => x.abs())),
        Outside("an odd function of points", [P()], Do(p => p.tanh())),
        Outside("an odd function of a component", [X("1o")], Do(x => x.select(-1, 0).tanh())),
        Outside("an even function of components", [X("1o")], Do(x => x.narrow(-1, 0, 2).cos())),
        Outside("the cosine of zeros is not zero", [X("1o")], Do(x => torch.zeros_like(x).cos()), Do((x, t0) => x + t0)),
        Inside(
            "functions of whole numbers", [I(3)],
            Do(i => i.to(ScalarType.Int64)), Do(t0 => t0.sin()), Do(t0 => t0.abs()), Do(t0 => t0.isnan())),
        Outside("a replacement of what is no number", [X("3x0o")], Do(x => x.nan_to_num(0.5))),
        Outside("an argument that no rule has looked at", [X("3x0o")], Do(x => nn.functional.hardshrink(x, 0.5))),

        Inside("a square of odd scalars", [X("3x0o")], Do(x => x.pow(2)), Do(x => x.square()), Do(x => x.pow(-2)), Do(x => x.pow(1))),
        Inside("a cube of odd scalars", [X("3x0o")], Do(x => x.pow(3)), Do(x => x.pow(-1))),
        Outside("a root of odd scalars", [X("3x0o")], Do(x => x.abs().pow(0.5)), Do(x => (x + 0.0).pow(0.5))),
        Inside("a square of a vector", [X("1o")], Do(x => x.pow(2).sum(-1)), Do(x => x.pow(3))),
        Outside("a square of points", [P()], Do(p => p.pow(2))),
        Outside("zeros to the power of 0 are ones", [X("1o")], Do(x => torch.zeros_like(x).pow(0)), Do((x, t0) => x + t0)),
        Outside("a power that is a tensor", [X("3x0o"), D(4, 3)], Do((x, d) => x.pow(d))),
        Outside("an odd power", [X("3x0o"), D(4, 3)], Do((x, d) => d.exp().pow(x))),
        Inside("a power of invariants", [D(4, 3), E(4, 1)], Do((d, e) => d.abs().pow(e))),

        Inside("bounds on both sides", [X("3x0o")], Do(x => x.clamp(-0.5, 0.5))),
        Outside("bounds that differ", [X("3x0o")], Do(x => x.clamp(-0.5, 0.7))),
        Outside("one bound", [X("3x0o")], Do(x => torch.clamp_min(x, -0.5))),
        Outside("bounds that are tensors", [X("3x0o"), D(4, 3)], Do((x, d) => x.clamp(-d, d))),
        Inside("bounds of invariants", [D(4, 3), E(4, 1)], Do((d, e) => d.clamp(e, e + 1.0)), Do(d => d.clamp(-0.5, 0.7))),

        Outside("a comparison of odd scalars", [X("3x0o")], Do(x => x > 0.0)),
        Inside(
            "comparisons of invariants", [D(4, 3), E(3)],
            Do((d, e) => d > e), Do((d, e) => d.eq(e)), Do((d, e) => torch.maximum(d, e)), Do(t0 => t0.sum(dim: 0))),
        Outside("a maximum of odd scalars", [X("3x0o"), Y("3x0o")], Do((x, y) => torch.maximum(x, y))),
        Inside("a remainder of invariants", [D(4, 3)], Do(d => d % 0.7), Do(d => d.div(0.7, RoundingMode.floor))),
        Outside("a remainder of odd scalars", [X("3x0o")], Do(x => x % 0.7)),
        Outside("a quotient that is rounded down", [X("3x0o")], Do(x => x.div(0.7, RoundingMode.floor))),

        Outside(
            "odd scalars as whole numbers, of which the least has no opposite", [X("3x0o")],
            Do(x => x.to(ScalarType.Float64)), Do(t0 => (t0 * 3.0).to(ScalarType.Int64)), Do(t1 => t1.to(ScalarType.Float64))),
        Inside("whether odd scalars are zero", [X("3x0o")], Do(x => x.to(ScalarType.Bool)), Do(x => x.to(ScalarType.Float64))),
        Outside("a vector as whole numbers", [X("1o")], Do(x => (x * 3.0).to(ScalarType.Int64))),
        Outside("whether components are more than a half", [X("1o")], Do(x => (x * 2.0).to(ScalarType.Int64).to(ScalarType.Bool))),
        Outside("a vector of the type of something", [X("1o"), I(3)], Do((x, i) => (x * 3.0).type_as(i))),
        Outside(
            "odd scalars as bytes, of which none is negative", [X("3x0o")],
            Do(x => (x * 3.0).to(ScalarType.Byte).to(ScalarType.Float64))),
    ];
}

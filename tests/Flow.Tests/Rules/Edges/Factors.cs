using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Products and quotients number by number, and what is equal along an axis.</summary>
internal static class Factors
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "a vector times numbers", [X("1o"), D(4, 1)],
            Do((x, d) => x * d), Do((x, d) => d * x), Do((x, d) => x / d), Do(x => x * 2.0), Do(x => x / -2.0)),
        Inside(
            "a vector times odd scalars", [X("1o"), Y("0o")],
            Do((x, y) => x * y), Do((x, y) => y * x), Do((x, y) => x / y), Do((t0, y) => t0 * y)),
        Inside(
            "odd scalars times odd scalars", [X("3x0o"), Y("3x0o"), D(4, 3)],
            Do((x, y) => x * y), Do((x, y) => x / y), Do((x, d) => x * d), Do((x, d) => d / x)),
        Outside("a vector times odd scalars is no vector", [X("1o"), Y("0o")], Do((x, y) => x * y), Do((x, t0) => x + t0)),
        Inside("even and odd scalars times themselves", [X("0e + 0o"), Y("0e + 0o")], Do((x, y) => x * y), Do(x => x * x)),
        Outside("a vector times a number for each component", [X("1o"), D(4, 3)], Do((x, d) => x * d)),
        Outside("a vector over a number for each component", [X("1o"), D(4, 3)], Do((x, d) => x / d)),
        Outside("a number over a vector", [X("1o"), D(4, 1)], Do((x, d) => d / x)),
        Outside("a vector over a vector", [X("1o"), Y("1o")], Do((x, y) => x / y)),
        Outside("a number over a component", [X("1o"), D(4)], Do((x, d) => d / x.select(-1, 0))),
        Outside("a number over points", [P(), D(4, 1)], Do((p, d) => d / p)),
        Outside("components over components", [X("1o"), Y("1o")], Do((x, y) => x.narrow(-1, 0, 2) / y.narrow(-1, 0, 2))),
        Inside(
            "zeros times something", [X("1o"), D(4, 3)],
            Do(x => torch.zeros_like(x)), Do((d, t0) => t0 * d), Do((x, t1) => x + t1), Do((d, t0) => t0 / d)),
        Outside(
            "something over zeros is not zero", [X("1o"), D(4, 3)],
            Do(x => torch.zeros_like(x)), Do((d, t0) => d / t0), Do((x, t1) => x + t1)),
        Inside("mixed irreps by one number each", [X("0e + 1o"), D(4, 1)], Do((x, d) => x * d)),
        Outside("mixed irreps by two numbers", [X("0o + 0e + 1o"), D(4, 5)], Do((x, d) => x * d)),
        Inside("mixed scalars by a number each", [X("2x0e + 0o")], Do(x => x * torch.tensor(new[] { 0.3, 2.0, -1.0 }))),

        Inside("equal factors", [X("1o"), D(4, 1)], Do(d => d.expand(-1, 3)), Do((x, t0) => x * t0), Do(d => d.repeat_interleave(3, -1))),
        Inside(
            "equal factors that were made of others", [X("1o"), D(4, 1)],
            Do((x, d) => x * (torch.exp(-d.expand(-1, 3)) + 1.0)), Do((x, d) => x * (d.expand(-1, 3) * d))),
        Outside("equal factors plus others", [X("1o"), D(4, 1), E(4, 3)], Do((d, e) => d.expand(-1, 3) + e), Do((x, t0) => x * t0)),
        Outside("others times equal factors", [X("1o"), D(4, 1), E(4, 3)], Do((d, e) => e * d.expand(-1, 3)), Do((x, t0) => x * t0)),
        Inside("factors for each copy", [X("2x1o"), D(4, 2)], Do(d => d.narrow(-1, 0, 2).repeat_interleave(3, -1)), Do((x, t0) => x * t0)),
        Outside(
            "factors that end within a copy", [X("2x1o"), D(4, 3)],
            Do(d => d.narrow(-1, 0, 3).repeat_interleave(2, -1)), Do((x, t0) => x * t0)),
        Outside(
            "factors that end within a copy together", [X("2x1o"), D(4, 3), E(4, 2)],
            Do((d, e) => d.narrow(-1, 0, 3).repeat_interleave(2, -1) * e.narrow(-1, 0, 2).repeat_interleave(3, -1)), Do((x, t0) => x * t0)),
        Outside(
            "factors that end within a copy, in the other order", [X("2x1o"), D(4, 3), E(4, 2)],
            Do((d, e) => e.narrow(-1, 0, 2).repeat_interleave(3, -1) * d.narrow(-1, 0, 3).repeat_interleave(2, -1)), Do((x, t0) => x * t0)),
        Inside("one factor for all copies", [X("2x1o"), D(4, 1)], Do((x, d) => x * d.expand(-1, 6))),
        Inside(
            "factors for irreps of several sizes", [X("1o + 2e")],
            Do(x => torch.ones(4, 1, dtype: ScalarType.Float64).expand(-1, 8)), Do((x, t0) => x * t0)),
        Outside(
            "factors of equal runs for irreps of several sizes", [X("1o + 2e"), D(4, 2)],
            Do(d => d.narrow(-1, 0, 2).repeat_interleave(4, -1)), Do((x, t0) => x * t0)),
        Outside("equal factors as a running sum", [X("1o"), D(4, 1)], Do(d => d.expand(-1, 3).cumsum(-1)), Do((x, t0) => x * t0)),
        Outside(
            "equal factors of another shape", [X("1o"), D(3, 1)],
            Do(d => torch.arange(4.0).unsqueeze(-1).expand(4, 3).reshape(3, 4).t()), Do((x, t0) => x * t0)),
        Outside(
            "a part of equal factors", [X("1o"), D(4, 2)],
            Do(d => d.narrow(-1, 0, 2).repeat_interleave(3, -1).narrow(-1, 1, 3)), Do((x, t0) => x * t0)),
        Outside(
            "the beginning of equal factors", [X("1o"), D(4, 2)],
            Do(d => d.narrow(-1, 0, 2).repeat_interleave(2, -1).narrow(-1, 0, 3)), Do((x, t0) => x * t0)),
        Outside("an axis that is no longer one", [X("1o"), N(4, 3)], Do((x, n) => x * n.expand(4, 3))),
        Inside(
            "numbers again and again", [D(4, 2)],
            Do(d => d.repeat(1, 3)), Do(d => torch.arange(2.0).repeat(3)), Do(d => torch.arange(2.0).repeat(2, 3)),
            Do(d => d.narrow(-1, 0, 1).repeat(1, 3))),
        Inside(
            "numbers beside themselves", [D(4, 2)],
            Do(d => d.narrow(-1, 0, 2).repeat_interleave(3, -1)), Do(t0 => t0.repeat_interleave(2, -1)),
            Do(d => d.repeat_interleave(2, 0))),
        Outside("a number of factors that is not known", [X("1o"), N(4, 3)], Do((x, n) => x * n)),
        Inside(
            "numbers of which only the axes are known", [N(4, 1), E(4, 3)],
            Do(n => n.expand(-1, 3)), Do(n => n.repeat(1, 3)), Do(n => n.repeat_interleave(3, -1)), Do((n, e) => n * e)),
        Inside("equal factors of whole numbers", [X("1o"), I(4)], Do(i => i.unsqueeze(-1).expand(-1, 3)), Do((x, t0) => x * t0)),
    ];
}

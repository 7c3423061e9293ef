using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>What is one thing or another: the analysis does not know how many rows there are, and follows both ways.</summary>
internal static class Joins
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside("one vector or another", [X("1o"), Y("1o")], Do((x, y) => x.size(0) > 3 ? x : y), Do(t0 => t0.norm(-1))),
        Inside(
            "a vector or zeros", [X("1o")],
            Do(x => x.size(0) > 3 ? x : torch.zeros(4, 3, dtype: ScalarType.Float64)), Do(t0 => t0.norm(-1))),
        Inside(
            "zeros or a vector", [X("1o")],
            Do(x => x.size(0) > 3 ? torch.zeros(4, 3, dtype: ScalarType.Float64) : x), Do(t0 => t0.norm(-1))),
        Inside("points or others", [P()], Do(p => p.size(0) > 3 ? p.flip(0) : p), Do((p, t0) => p - t0)),
        Inside("odd scalars or others", [X("3x0o")], Do(x => x.size(0) > 3 ? x.flip(0) : x), Do(t0 => t0.tanh())),
        Inside("numbers in one shape or another", [N(4, 3)], Do(n => n.size(0) > 3 ? n.t() : n), Do(n => n.size(0) > 3 ? n[0] : n)),
        Outside(
            "zeros of another length", [X("1o")],
            Do(x => x.size(0) > 3 ? torch.zeros(4, 4, dtype: ScalarType.Float64) : x), Do(t0 => t0.norm(-1))),
        Outside(
            "equal factors or others", [X("1o"), D(4, 1), E(4, 3)],
            Do((d, e) => d.size(0) > 3 ? e : d.expand(-1, 3)), Do((x, t0) => x * t0)),
        Outside(
            "others or equal factors", [X("1o"), D(4, 1), E(4, 3)],
            Do((d, e) => d.size(0) > 5 ? d.expand(-1, 3) : e), Do((x, t0) => x * t0)),
        Outside(
            "numbers or zeros", [X("1o"), D(4, 3)],
            Do((x, d) => d.size(0) > 3 ? d : torch.zeros(4, 3, dtype: ScalarType.Float64)), Do((x, t0) => x + t0)),
        Outside("odd or even scalars", [X("3x0o"), D(4, 3)], Do((x, d) => d.size(0) > 3 ? x : d), Do(t0 => t0.exp())),
        Outside("even or odd scalars", [X("3x0o"), D(4, 3)], Do((x, d) => d.size(0) > 3 ? d : x), Do(t0 => t0.tanh())),
        Outside("points or vectors", [P(), X("1o")], Do((p, x) => p.size(0) > 3 ? p : x), Do(t0 => t0.norm(-1))),
        Outside("vectors or points", [P(), X("1o")], Do((p, x) => p.size(0) > 3 ? x : p), Do((p, t0) => p - t0)),
        Outside("a vector or a pseudovector", [X("1o"), Y("1e")], Do((x, y) => x.size(0) > 3 ? x : y), Do(t0 => t0.norm(-1))),
        Outside("components or others", [X("1o")], Do(x => x.size(0) > 3 ? x.select(-1, 0) : x.select(-1, 1)), Do(t0 => t0.exp())),
    ];
}

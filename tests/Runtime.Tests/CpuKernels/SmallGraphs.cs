using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

internal static class SmallGraphs
{
    public static readonly string[] Names = ["usual", "nothing", "no edges", "one edge", "loops", "into one", "out of one", "periodic", "batch"];

    /// <summary>Unsorted, with repeated edges and one from a node to itself; nodes 8 … 10 receive nothing, 9 and 10 send nothing either, 7 may do both.</summary>
    public static Graph Usual() => Of("usual");

    public static Graph Of(string name)
    {
        using var random = new Generator(7);
        switch (name)
        {
            case "usual":
                Tensor source = cat([randint(0, 9, [40], generator: random), Longs(2, 2, 5)]);
                return Graph.FromEdges(source, cat([randint(0, 8, [40], generator: random), Longs(4, 4, 5)]), 11);
            case "nothing":
                return Graph.FromEdges(zeros(0, ScalarType.Int64), zeros(0, ScalarType.Int64), 0);
            case "no edges":
                return Graph.FromEdges(zeros(0, ScalarType.Int64), zeros(0, ScalarType.Int64), 5);
            case "one edge":
                return Graph.FromEdges(Longs(1), Longs(0), 2);
            case "loops":
                return Graph.FromEdges(arange(6, ScalarType.Int64), arange(6, ScalarType.Int64), 6);
            case "into one":
                return Graph.FromEdges(arange(20, ScalarType.Int64), full([20], 3L, ScalarType.Int64), 20);
            case "out of one":
                return Graph.FromEdges(full([20], 3L, ScalarType.Int64), arange(20, ScalarType.Int64), 20);
            case "periodic":
                // A cell smaller than the cutoff: edges from atoms to their own images, and several between two atoms.
                return Graph.FromPositions(rand([3, 3], ScalarType.Float64, generator: random), 1.4, cell: eye(3, dtype: ScalarType.Float64));
            case "batch":
                return Graph.FromEdges(Longs(0, 1, 3, 4), Longs(1, 0, 4, 3), 6, batch: Longs(0, 0, 0, 1, 1, 1));
            default:
                throw new ArgumentException($"No graph '{name}'.");
        }
    }

    private static Tensor Longs(params long[] values) => tensor(values, ScalarType.Int64);
}

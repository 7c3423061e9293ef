using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Pairs of opposite edges of a graph, with indices on the graph's device.</summary>
internal sealed class PairTensors : IDisposable
{
    public PairTensors(Graph graph)
    {
        Pairs = new EdgePairs(graph.Index, Shifts(graph));
        using var plain = inference_mode(false);
        PairOfEdge = Own(Pairs.OfEdge);
        EdgeOfPair = Own(Pairs.First);

        Tensor Own(int[] values) => tensor([.. values.Select(v => (long)v)], int64, device: CPU).to(graph.Device).DetachFromDisposeScope();
    }

    public EdgePairs Pairs { get; }

    /// <summary>Pair of each edge.</summary>
    public Tensor PairOfEdge { get; }

    /// <summary>The edge of each pair that comes first.</summary>
    public Tensor EdgeOfPair { get; }

    public void Dispose()
    {
        PairOfEdge.Dispose();
        EdgeOfPair.Dispose();
    }

    private static double[]? Shifts(Graph graph)
    {
        if (graph.Shifts is null)
        {
            return null;
        }

        using var cpu = graph.Shifts.to(float64).cpu();
        return cpu.data<double>().ToArray();
    }
}

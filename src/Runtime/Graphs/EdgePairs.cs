using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Opposite edges of a graph: from a to b with the shift t, and from b to a with the shift −t. Their vectors differ in sign only, so that
/// what depends on the length alone is the same for both.
/// </summary>
internal sealed class EdgePairs : IDisposable
{
    private readonly int[] _opposite;

    private const int None = -1;

    public EdgePairs(Graph graph)
    {
        var index = graph.Index;
        int edges = index.Source.Length;
        var shifts = Shifts(graph);
        var opposite = Enumerable.Repeat(None, edges).ToArray();

        // For each node the edges that leave it, as lists by destination.
        var first = Enumerable.Repeat(None, (int)graph.NodeCount).ToArray();
        var next = new int[edges];
        for (int n = 0; n < graph.NodeCount; n++)
        {
            var leaving = index.BySource.AsSpan(index.SourceOffsets[n], index.SourceOffsets[n + 1] - index.SourceOffsets[n]);
            for (int i = leaving.Length - 1; i >= 0; i--)
            {
                int e = leaving[i], to = index.Destination[e];
                (next[e], first[to]) = (first[to], e);
            }

            for (int e = index.Offsets[n]; e < index.Offsets[n + 1]; e++)
            {
                for (int other = first[index.Source[e]]; other != None && opposite[e] == None; other = next[other])
                {
                    if (other != e && opposite[other] == None && IsOpposite(e, other))
                    {
                        (opposite[e], opposite[other]) = (other, e);
                    }
                }
            }

            foreach (int e in leaving)
            {
                first[index.Destination[e]] = None;
            }
        }

        _opposite = opposite;
        OfEdge = new int[edges];
        var firsts = new List<long>();
        for (int e = 0; e < edges; e++)
        {
            OfEdge[e] = IsFirst(e) ? firsts.Count : OfEdge[opposite[e]];
            if (IsFirst(e))
            {
                firsts.Add(e);
            }
        }

        Count = firsts.Count;
        using var plain = inference_mode(false);
        PairOfEdge = Own([.. OfEdge.Select(p => (long)p)]);
        EdgeOfPair = Own([.. firsts]);

        bool IsOpposite(int a, int b) =>
            shifts is null || (shifts[3 * a] == -shifts[3 * b] && shifts[(3 * a) + 1] == -shifts[(3 * b) + 1]
                && shifts[(3 * a) + 2] == -shifts[(3 * b) + 2]);

        Tensor Own(long[] values) => tensor(values, int64, device: CPU).to(graph.Device).DetachFromDisposeScope();
    }

    public int Count { get; }

    /// <summary>Pair of each edge.</summary>
    public int[] OfEdge { get; }

    /// <summary><see cref="OfEdge"/> as a tensor on the graph's device.</summary>
    public Tensor PairOfEdge { get; }

    /// <summary>The edge of each pair that comes first, on the graph's device.</summary>
    public Tensor EdgeOfPair { get; }

    /// <summary>The opposite of an edge, or −1.</summary>
    public int Opposite(int edge) => _opposite[edge];

    /// <summary>Whether an edge comes before its opposite, or has none.</summary>
    public bool IsFirst(int edge) => _opposite[edge] == None || _opposite[edge] > edge;

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

using System.Collections.Concurrent;

namespace E3Gen.Kernels;

/// <summary>The edges of a graph as arrays for CPU kernels: by destination, as the graph has them, and by source.</summary>
internal sealed class EdgeIndex
{
    private readonly ConcurrentDictionary<int, EdgePart[]> _parts = new();

    /// <param name="source">Node that each edge comes from.</param>
    /// <param name="destination">Node that each edge arrives at, rising.</param>
    /// <param name="offsets">Where the edges of each node begin, and the end.</param>
    public EdgeIndex(int[] source, int[] destination, int[] offsets)
    {
        (Source, Destination, Offsets) = (source, destination, offsets);
        int nodes = offsets.Length - 1;
        SourceOffsets = new int[nodes + 1];
        foreach (int from in Source)
        {
            SourceOffsets[from + 1]++;
        }

        for (int n = 0; n < nodes; n++)
        {
            SourceOffsets[n + 1] += SourceOffsets[n];
            MostEdges = Math.Max(MostEdges, offsets[n + 1] - offsets[n]);
        }

        BySource = new int[Source.Length];
        Identity = new int[Source.Length];
        var next = SourceOffsets.AsSpan(0, nodes).ToArray();
        for (int e = 0; e < Source.Length; e++)
        {
            BySource[next[Source[e]]++] = e;
            Identity[e] = e;
        }
    }

    /// <summary>Node that each edge comes from.</summary>
    public int[] Source { get; }

    /// <summary>Node that each edge arrives at.</summary>
    public int[] Destination { get; }

    /// <summary>The edges that arrive at node n are Offsets[n] … Offsets[n + 1] − 1.</summary>
    public int[] Offsets { get; }

    /// <summary>The most edges that arrive at one node.</summary>
    public int MostEdges { get; }

    /// <summary>0, 1, 2, …</summary>
    public int[] Identity { get; }

    /// <summary>Edges in order of their sources; those of one source in their own order.</summary>
    public int[] BySource { get; }

    /// <summary>The edges that leave node n are BySource[SourceOffsets[n] … SourceOffsets[n + 1] − 1].</summary>
    public int[] SourceOffsets { get; }

    /// <summary>The edges split by their sources, for threads that compute sums over sources; made once.</summary>
    /// <param name="count">Number of parts.</param>
    public EdgePart[] Parts(int count) => _parts.GetOrAdd(count, static (n, graph) => EdgePart.Cut(graph, n), this);
}

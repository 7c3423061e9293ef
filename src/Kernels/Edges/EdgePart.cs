namespace E3Gen.Kernels;

/// <summary>The edges that leave a range of nodes.</summary>
/// <param name="From">The first node.</param>
/// <param name="To">End of the nodes.</param>
/// <param name="Edges">Their edges in the order of the graph: by destination.</param>
internal sealed record EdgePart(int From, int To, int[] Edges)
{
    /// <summary>Splits the nodes of a graph into parts with about equal numbers of outgoing edges.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="count">Number of parts; some may be empty.</param>
    public static EdgePart[] Cut(EdgeIndex graph, int count)
    {
        int nodes = graph.SourceOffsets.Length - 1, edges = graph.Source.Length;
        if (count == 1)
        {
            return [new EdgePart(0, nodes, graph.Identity)];
        }

        var parts = new EdgePart[count];
        for (int p = 0, from = 0; p < count; p++)
        {
            int to = from;
            while (to < nodes && (p == count - 1 || graph.SourceOffsets[to + 1] <= (long)edges * (p + 1) / count))
            {
                to++;
            }

            int[] own = graph.BySource[graph.SourceOffsets[from]..graph.SourceOffsets[to]];
            Array.Sort(own);
            parts[p] = new EdgePart(from, to, own);
            from = to;
        }

        return parts;
    }
}

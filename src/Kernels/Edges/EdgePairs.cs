namespace E3Gen.Kernels;

/// <summary>
/// Opposite edges of a graph: from a to b with the shift t, and from b to a with the shift −t. Their vectors differ only in sign, so
/// functions of the length are the same for both.
/// </summary>
internal sealed class EdgePairs
{
    private readonly int[] _opposite;

    private const int None = -1;

    /// <param name="index">The edges.</param>
    /// <param name="shifts">Three numbers for each edge; null where nothing is periodic.</param>
    public EdgePairs(EdgeIndex index, double[]? shifts)
    {
        int edges = index.Source.Length, nodes = index.Offsets.Length - 1;
        var opposite = Enumerable.Repeat(None, edges).ToArray();

        // For each node the edges that leave it, as lists by destination.
        var first = Enumerable.Repeat(None, nodes).ToArray();
        var next = new int[edges];
        for (int n = 0; n < nodes; n++)
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
        var firsts = new List<int>();
        for (int e = 0; e < edges; e++)
        {
            OfEdge[e] = IsFirst(e) ? firsts.Count : OfEdge[opposite[e]];
            if (IsFirst(e))
            {
                firsts.Add(e);
            }
        }

        First = [.. firsts];

        bool IsOpposite(int a, int b) =>
            shifts is null || (shifts[3 * a] == -shifts[3 * b] && shifts[(3 * a) + 1] == -shifts[(3 * b) + 1]
                && shifts[(3 * a) + 2] == -shifts[(3 * b) + 2]);
    }

    public int Count => First.Length;

    /// <summary>Pair of each edge.</summary>
    public int[] OfEdge { get; }

    /// <summary>The edge of each pair that comes first.</summary>
    public int[] First { get; }

    /// <summary>The opposite of an edge, or −1.</summary>
    public int Opposite(int edge) => _opposite[edge];

    /// <summary>Whether an edge comes before its opposite, or has none.</summary>
    public bool IsFirst(int edge) => _opposite[edge] == None || _opposite[edge] > edge;
}

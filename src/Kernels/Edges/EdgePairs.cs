using System.Runtime.InteropServices;

namespace E3Gen.Kernels;

/// <summary>
/// Opposite edges of a graph: from a to b with the shift t, and from b to a with the shift −t. Their vectors differ only in sign, so
/// functions of the length are the same for both.
/// </summary>
internal sealed class EdgePairs
{
    private const int None = -1;

    /// <summary>From this many edges between two nodes on, opposites are looked up instead of searched.</summary>
    private const int Many = 32;

    /// <summary>Nodes per task.</summary>
    private const int BlockSize = 1024;

    private readonly int[] _opposite;

    /// <param name="index">The edges.</param>
    /// <param name="shifts">The shift of an edge; null where nothing is periodic.</param>
    public EdgePairs(EdgeIndex index, Func<int, EdgeShift>? shifts)
    {
        int edges = index.Source.Length, nodes = index.Offsets.Length - 1;
        _opposite = new int[edges];
        Array.Fill(_opposite, None);
        Parallel.For(0, (nodes + BlockSize - 1) / BlockSize, task =>
        {
            var arriving = new List<(int From, int Edge)>();
            for (int n = task * BlockSize; n < Math.Min((task + 1) * BlockSize, nodes); n++)
            {
                Pair(index, shifts, n, arriving);
            }
        });

        OfEdge = new int[edges];
        int count = 0;
        for (int e = 0; e < edges; e++)
        {
            OfEdge[e] = IsFirst(e) ? count++ : OfEdge[_opposite[e]];
        }

        First = new int[count];
        for (int e = 0; e < edges; e++)
        {
            if (IsFirst(e))
            {
                First[OfEdge[e]] = e;
            }
        }
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

    /// <summary>
    /// Pairs the edges between node n and nodes up to n: those that arrive, by source, and those that leave, which are in the order of their destinations, are walked side by side.
    /// </summary>
    private void Pair(EdgeIndex index, Func<int, EdgeShift>? shifts, int n, List<(int From, int Edge)> arriving)
    {
        arriving.Clear();
        bool isSorted = true;
        for (int e = index.Offsets[n]; e < index.Offsets[n + 1]; e++)
        {
            int from = index.Source[e];
            if (from <= n)
            {
                isSorted &= arriving.Count == 0 || arriving[^1].From <= from;
                arriving.Add((from, e));
            }
        }

        if (!isSorted)
        {
            arriving.Sort();
        }

        var leaving = index.BySource.AsSpan(index.SourceOffsets[n], index.SourceOffsets[n + 1] - index.SourceOffsets[n]);
        int i = 0, j = 0;
        while (i < arriving.Count)
        {
            int other = arriving[i].From, end = i + 1;
            while (end < arriving.Count && arriving[end].From == other)
            {
                end++;
            }

            while (j < leaving.Length && index.Destination[leaving[j]] < other)
            {
                j++;
            }

            int back = j;
            while (back < leaving.Length && index.Destination[leaving[back]] == other)
            {
                back++;
            }

            Match(shifts, CollectionsMarshal.AsSpan(arriving)[i..end], leaving[j..back]);
            (i, j) = (end, back);
        }
    }

    /// <summary>Pairs edges between two nodes, or from a node to itself: each with the first one that is opposite and free.</summary>
    private void Match(Func<int, EdgeShift>? shifts, ReadOnlySpan<(int From, int Edge)> arriving, ReadOnlySpan<int> leaving)
    {
        if (leaving.Length >= Many)
        {
            var free = new Dictionary<EdgeShift, Queue<int>>();
            foreach (int e in leaving)
            {
                var shift = shifts?.Invoke(e) ?? default;
                if (!free.TryGetValue(shift, out var queue))
                {
                    free.Add(shift, queue = []);
                }

                queue.Enqueue(e);
            }

            foreach (var (_, e) in arriving)
            {
                if (_opposite[e] == None && free.TryGetValue((shifts?.Invoke(e) ?? default).Negative, out var queue))
                {
                    int other = queue.FirstOrDefault(o => o != e && _opposite[o] == None, None);
                    Join(e, other);
                    while (queue.TryPeek(out int used) && _opposite[used] != None)
                    {
                        queue.Dequeue();
                    }
                }
            }

            return;
        }

        foreach (var (_, e) in arriving)
        {
            for (int k = 0; k < leaving.Length && _opposite[e] == None; k++)
            {
                int other = leaving[k];
                if (other != e && _opposite[other] == None && (shifts is null || shifts(e) == shifts(other).Negative))
                {
                    Join(e, other);
                }
            }
        }
    }

    private void Join(int e, int other)
    {
        if (other != None)
        {
            (_opposite[e], _opposite[other]) = (other, e);
        }
    }
}

using System.Runtime.InteropServices;
using Vector = E3Gen.Cell.Vector;

namespace E3Gen;

/// <summary>
/// All pairs of atoms closer than a cutoff, in linear time, in both directions, sorted by destination and then by source.
/// </summary>
internal sealed class NeighborSearch(double[] positions, double cutoff, bool selfEdges)
{
    /// <summary>Atoms per task.</summary>
    private const int BlockSize = 1024;

    private readonly List<Molecule> _molecules = [];

    /// <summary>Number of edges found so far.</summary>
    public long EdgeCount { get; private set; }

    /// <summary>Atoms sorted by bin, in blocks; <c>Rank</c> says where an atom is.</summary>
    private sealed record Molecule(Cell Cell, int[] Rank, Block[] Blocks);

    /// <summary>The neighbours of successive atoms: those of the k-th end at <c>Ends[k]</c>.</summary>
    private sealed record Block(int[] Ends, Neighbor[] Neighbors, (int Atom, int Other)? Coincidence);

    /// <summary>
    /// Adds the edges within one molecule, made of the atoms <paramref name="first"/> … <paramref name="end"/>−1; molecules must come in
    /// order.
    /// </summary>
    public void Add(int first, int end, Cell cell)
    {
        var bins = new AtomBins(positions, first, end, cell, cutoff);
        double magnitude = 0;
        foreach (double x in positions.AsSpan(3 * first, 3 * (end - first))) magnitude = Math.Max(magnitude, Math.Abs(x));

        int count = end - first;
        var blocks = new Block[(count + BlockSize - 1) / BlockSize];
        Parallel.For(0, blocks.Length, b => blocks[b] = Search(bins, cell, b * BlockSize, Math.Min((b + 1) * BlockSize, count), magnitude));
        if (blocks.FirstOrDefault(b => b.Coincidence is not null)?.Coincidence is var (atom, other)) throw Coincident(atom, other, cell);
        _molecules.Add(new Molecule(cell, bins.Rank, blocks));
        EdgeCount += blocks.Sum(b => (long)b.Neighbors.Length);
    }

    /// <summary>Writes the edges: source and destination [E], offsets [N+1], and shifts [E, 3] where any cell is periodic.</summary>
    public void Write(Span<long> source, Span<long> destination, Span<long> offsets, Span<double> shifts)
    {
        int edge = 0, node = 0;
        foreach ((Cell cell, int[] ranks, Block[] blocks) in _molecules)
        {
            foreach (int rank in ranks)
            {
                (int b, int k) = Math.DivRem(rank, BlockSize);
                foreach (Neighbor neighbor in blocks[b].Neighbors.AsSpan((k == 0 ? 0 : blocks[b].Ends[k - 1])..blocks[b].Ends[k]))
                {
                    source[edge] = neighbor.Atom;
                    destination[edge] = node;
                    if (!shifts.IsEmpty) (shifts[3 * edge], shifts[3 * edge + 1], shifts[3 * edge + 2]) = Shift(cell, neighbor);
                    edge++;
                }
                offsets[++node] = edge;
            }
        }
    }

    /// <summary>
    /// Distances are computed again from the positions as given: an edge and its reverse then have exactly opposite vectors, and either
    /// both or none of them are closer than the cutoff.
    /// </summary>
    private Block Search(AtomBins bins, Cell cell, int firstRank, int endRank, double magnitude)
    {
        var ends = new int[endRank - firstRank];
        var neighbors = new List<Neighbor>();
        var near = new List<Neighbor>();
        var order = new List<long>();
        for (int rank = firstRank; rank < endRank; rank++)
        {
            int i = bins.FindNear(rank, near);
            order.Clear();
            for (int k = 0; k < near.Count; k++)
            {
                Neighbor other = near[k];
                Vector shift = Shift(cell, other), d = Position(other.Atom) - Position(i) + shift;
                double square = d.Dot(d);
                if (!(square < cutoff * cutoff)) continue;
                bool isSelf = other == new Neighbor(i, 0, 0, 0);
                if (isSelf && !selfEdges) continue;
                // Coordinates of this magnitude cannot tell smaller distances from zero.
                double rounding = 1e-15 * (magnitude + shift.Length);
                if (!isSelf && square <= rounding * rounding) return new Block([], [], (i, other.Atom));
                order.Add(((long)other.Atom << 32) | (uint)k);
            }
            CollectionsMarshal.AsSpan(order).Sort();
            foreach (long key in order) neighbors.Add(near[(int)(uint)key]);
            ends[rank - firstRank] = neighbors.Count;
        }
        return new Block(ends, [.. neighbors], null);
    }

    private ArgumentException Coincident(int atom, int other, Cell cell) => new(
        $"Atoms {Math.Min(atom, other)} and {Math.Max(atom, other)} are at the same place"
        + $"{(cell.IsPeriodic ? " (or images of each other)" : "")}, {Position(atom)}: "
        + "the direction between them is undefined. Remove one, or make the edges yourself and use Graph.FromEdges.", "positions");

    private Vector Position(int i) => new(positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]);

    private static Vector Shift(Cell cell, Neighbor neighbor) => cell.Translation(neighbor.ImageA, neighbor.ImageB, neighbor.ImageC);
}

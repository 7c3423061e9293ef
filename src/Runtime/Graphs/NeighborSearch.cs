using System.Numerics;
using System.Runtime.InteropServices;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;
using Vector = E3Gen.Cell.Vector;

namespace E3Gen;

/// <summary>
/// All pairs of atoms closer than a cutoff, in linear time, in both directions, sorted by destination and then by source.
/// </summary>
internal sealed unsafe class NeighborSearch(double[] positions, double cutoff, bool selfEdges)
{
    /// <summary>Atoms per task.</summary>
    private const int BlockSize = 1024;

    /// <summary>Coordinates c cannot tell distances below this times |c| from zero.</summary>
    private const double Rounding = 1e-15;

    private readonly List<Molecule> _molecules = [];

    private long _edges;

    /// <summary>Number of edges found so far.</summary>
    public long EdgeCount => _edges;

    /// <summary>Atoms sorted by bin, in blocks; <c>Rank</c> says where an atom is.</summary>
    private sealed record Molecule(Cell Cell, int[] Rank, Block[] Blocks);

    /// <summary>The neighbours of successive atoms: those of the k-th end at <c>Ends[k]</c>.</summary>
    /// <remarks>Two atoms at the same place, and too many edges, end the search.</remarks>
    private sealed record Block(int[] Ends, Neighbor[] Neighbors, (int Atom, int Other)? Coincidence = null, bool IsTooMuch = false)
    {
        public static Block TooMuch { get; } = new([], [], IsTooMuch: true);

        public ReadOnlySpan<Neighbor> Of(int k) => Neighbors.AsSpan((k == 0 ? 0 : Ends[k - 1])..Ends[k]);
    }

    /// <summary>Lists that a thread uses again for each of its blocks.</summary>
    private sealed class Scratch
    {
        public List<Neighbor> Near { get; } = [];

        public List<Neighbor> Kept { get; } = [];

        public List<long> Order { get; } = [];
    }

    /// <summary>
    /// Adds the edges within one molecule, made of the atoms <paramref name="first"/> … <paramref name="end"/>−1; molecules must come in
    /// order.
    /// </summary>
    public void Add(int first, int end, Cell cell)
    {
        var bins = new AtomBins(positions, first, end, cell, cutoff);
        int count = end - first;
        var blocks = new Block[(count + BlockSize - 1) / BlockSize];
        Parallel.For(
            0, blocks.Length, () => new Scratch(),
            (b, _, scratch) =>
            {
                blocks[b] = Search(bins, cell, b * BlockSize, Math.Min((b + 1) * BlockSize, count), scratch);
                return scratch;
            },
            _ => { });
        if (blocks.FirstOrDefault(b => b.Coincidence is not null)?.Coincidence is var (atom, other)) throw Coincident(atom, other, cell);
        if (blocks.Any(b => b.IsTooMuch))
        {
            throw new ArgumentException(
                $"The cutoff {cutoff} gives more than {int.MaxValue} edges, or an atom more than {AtomBins.MostNear} neighbours. "
                + "Take a smaller cutoff, check the units, or split the structure.", nameof(cutoff));
        }

        _molecules.Add(new Molecule(cell, bins.Rank, blocks));
    }

    /// <summary>The edges as tensors.</summary>
    /// <param name="shiftType">Number type of the shifts; null for none.</param>
    /// <param name="asImages">Gives lattice coordinates instead of vectors.</param>
    public FoundEdges Edges(ScalarType? shiftType, bool asImages)
    {
        var found = new FoundEdges(
            RawTensor.Vector(EdgeCount, int64), RawTensor.Vector(EdgeCount, int64), RawTensor.Vector((positions.Length / 3) + 1, int64),
            shiftType is { } type ? RawTensor.Matrix(EdgeCount, 3, type) : null);
        if (shiftType == ScalarType.Float32)
        {
            Write<float>(found, asImages);
        }
        else
        {
            Write<double>(found, asImages);
        }

        return found;
    }

    private void Write<T>(FoundEdges found, bool asImages)
        where T : unmanaged, INumberBase<T>
    {
        long* source = RawTensor.Numbers<long>(found.Source), destination = RawTensor.Numbers<long>(found.Destination), offsets = RawTensor.Numbers<long>(found.Offsets);
        T* shifts = found.Shifts is null ? null : RawTensor.Numbers<T>(found.Shifts);
        int first = 0;
        offsets[0] = 0;
        foreach ((Cell cell, int[] ranks, Block[] blocks) in _molecules)
        {
            int start = first;
            for (int i = 0; i < ranks.Length; i++)
            {
                offsets[start + i + 1] = offsets[start + i] + blocks[ranks[i] / BlockSize].Of(ranks[i] % BlockSize).Length;
            }

            Parallel.For(0, (ranks.Length + BlockSize - 1) / BlockSize, task =>
            {
                for (int i = task * BlockSize; i < Math.Min((task + 1) * BlockSize, ranks.Length); i++)
                {
                    long edge = offsets[start + i];
                    foreach (ref readonly Neighbor neighbor in blocks[ranks[i] / BlockSize].Of(ranks[i] % BlockSize))
                    {
                        source[edge] = neighbor.Atom;
                        destination[edge] = start + i;
                        if (shifts is not null)
                        {
                            Vector shift = asImages ? new Vector(neighbor.ImageA, neighbor.ImageB, neighbor.ImageC) : Shift(cell, neighbor);
                            T* to = shifts + (3 * edge);
                            (to[0], to[1], to[2]) = (T.CreateTruncating(shift.X), T.CreateTruncating(shift.Y), T.CreateTruncating(shift.Z));
                        }

                        edge++;
                    }
                }
            });
            first += ranks.Length;
        }

        RawTensor.KeepAlive(found.Source, found.Destination, found.Offsets, found.Shifts);
    }

    /// <summary>
    /// Distances are computed again from the positions as given: an edge and its reverse then have exactly opposite vectors, and either
    /// both or none of them are closer than the cutoff.
    /// </summary>
    private Block Search(AtomBins bins, Cell cell, int firstRank, int endRank, Scratch scratch)
    {
        var ends = new int[endRank - firstRank];
        var (near, kept, order) = (scratch.Near, scratch.Kept, scratch.Order);
        kept.Clear();
        for (int rank = firstRank; rank < endRank; rank++)
        {
            int i = bins.FindNear(rank, near);
            if (near.Count > AtomBins.MostNear) return Block.TooMuch;
            Vector position = Position(i);
            order.Clear();
            for (int k = 0; k < near.Count; k++)
            {
                Neighbor other = near[k];
                Vector shift = Shift(cell, other), d = Position(other.Atom) - position + shift;
                double square = d.Dot(d);
                if (!(square < cutoff * cutoff)) continue;
                bool isSelf = other == new Neighbor(i, 0, 0, 0);
                if (isSelf && !selfEdges) continue;
                double rounding = Rounding * (position.Length + shift.Length);
                if (!isSelf && square <= rounding * rounding) return new Block([], [], (i, other.Atom));
                order.Add(((long)other.Atom << 32) | (uint)k);
            }

            CollectionsMarshal.AsSpan(order).Sort();
            foreach (long key in order) kept.Add(near[(int)(uint)key]);
            ends[rank - firstRank] = kept.Count;
            if (Interlocked.Add(ref _edges, order.Count) > int.MaxValue) return Block.TooMuch; // before all memory is taken
        }

        var neighbors = GC.AllocateUninitializedArray<Neighbor>(kept.Count);
        kept.CopyTo(neighbors);
        return new Block(ends, neighbors);
    }

    private ArgumentException Coincident(int atom, int other, Cell cell) => new(
        $"Atoms {Math.Min(atom, other)} and {Math.Max(atom, other)} are at the same place"
        + $"{(cell.IsPeriodic ? " (or images of each other)" : "")}, {Position(atom)}: "
        + "the direction between them is undefined. Remove one, or make the edges yourself and use Graph.FromEdges.", "positions");

    private Vector Position(int i) => new(positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]);

    private static Vector Shift(Cell cell, Neighbor neighbor) => cell.Translation(neighbor.ImageA, neighbor.ImageB, neighbor.ImageC);
}

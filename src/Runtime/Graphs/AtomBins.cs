using System.Numerics;
using Vector = E3Gen.Cell.Vector;

namespace E3Gen;

/// <summary>A neighbour: the atom, and the lattice coordinates of its image.</summary>
internal readonly record struct Neighbor(int Atom, int ImageA, int ImageB, int ImageC);

/// <summary>
/// The atoms of one molecule or crystal, wrapped into the cell along periodic directions and sorted into bins at least as wide as the
/// cutoff. Bins are in a hash table, so neither empty space nor a distant atom costs memory. Bins that are neighbours along
/// the last direction are neighbours in memory.
/// </summary>
internal sealed class AtomBins
{
    /// <summary>
    /// Bins are a little wider than the cutoff: rounding may then put an atom into the bin beside its own without losing a pair.
    /// </summary>
    private const double Margin = 1 + 1e-6;

    /// <summary>More images than this within the cutoff indicate a mistake in units, and would take forever.</summary>
    private const double MaxImages = 1e6;

    /// <summary>More neighbours of one atom than this indicate a mistake in units, too, and would take all memory.</summary>
    public const int MostNear = 10_000_000;

    private readonly Cell _cell;
    private readonly BinAxis _axisA, _axisB, _axisC;
    private readonly double _reach;
    private readonly int _mask;
    private readonly Atom[] _sorted;
    private readonly int[] _start;

    /// <param name="positions">x, y, z of every atom of every molecule.</param>
    /// <param name="first">The molecule's first atom.</param>
    /// <param name="end">The atom after its last.</param>
    /// <param name="cell">Its cell.</param>
    /// <param name="cutoff">The cutoff radius.</param>
    public AtomBins(double[] positions, int first, int end, Cell cell, double cutoff)
    {
        _cell = cell;
        double width = cutoff * Margin;
        _reach = width * width;
        (_axisA, _axisB, _axisC) = (new BinAxis(cell, 0, width), new BinAxis(cell, 1, width), new BinAxis(cell, 2, width));
        double images = _axisA.Span * _axisB.Span * _axisC.Span;
        if (images > MaxImages)
        {
            throw new ArgumentException(
                $"The cutoff {cutoff} reaches {images:G3} cells around each atom (the cell's heights are "
                + $"{string.Join(", ", cell.Heights)}); check the units of cell and cutoff.",
                nameof(cell));
        }

        // Counting sort by the hash of the bin.
        _mask = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)(end - first)) * 2L, 1 << 30) - 1;
        _start = new int[_mask + 2];
        var atoms = new Atom[end - first];
        for (int i = first; i < end; i++)
        {
            Atom atom = Wrap(i, new Vector(positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]));
            atoms[i - first] = atom;
            _start[Bucket(atom.BinA, atom.BinB, atom.BinC) + 1]++;
        }
        for (int b = 1; b < _start.Length; b++) _start[b] += _start[b - 1];
        int[] next = _start[..^1];
        _sorted = new Atom[atoms.Length];
        Rank = new int[atoms.Length];
        foreach (ref readonly Atom atom in atoms.AsSpan())
        {
            int rank = next[Bucket(atom.BinA, atom.BinB, atom.BinC)]++;
            _sorted[rank] = atom;
            Rank[atom.Index - first] = rank;
        }
    }

    /// <summary>Place of every atom of the molecule, in the caller's order, among the atoms sorted by bin.</summary>
    public int[] Rank { get; }

    /// <summary>Atoms in the fullest slot of the hash table: in open space an atom examines at most 27 times as many.</summary>
    internal int MostTogether => _start.Skip(1).Zip(_start, (end, start) => end - start).Max();

    /// <summary>An atom inside the cell: its point, its bin, and the whole cells that wrapping took away.</summary>
    private struct Atom
    {
        public Vector Point;
        public long BinA, BinB, BinC;
        public int WrapA, WrapB, WrapC;
        public int Index;
    }

    /// <summary>
    /// Every atom and image that is closer to an atom than the cutoff, perhaps some a little farther, and the atom itself.
    /// </summary>
    /// <param name="rank">
    /// The atom's place among the atoms sorted by bin; one after another in this order, they find their neighbours in the cache.
    /// </param>
    /// <param name="near">Receives the neighbours; no more than one beyond <see cref="MostNear"/>.</param>
    /// <returns>The atom.</returns>
    public int FindNear(int rank, List<Neighbor> near)
    {
        near.Clear();
        ref readonly Atom center = ref _sorted[rank];
        for (int a = -_axisA.Reach; a <= _axisA.Reach; a++)
        {
            (long binA, int imageA) = _axisA.Wrap(center.BinA + a);
            for (int b = -_axisB.Reach; b <= _axisB.Reach; b++)
            {
                (long binB, int imageB) = _axisB.Wrap(center.BinB + b);
                for (int c = -_axisC.Reach; c <= _axisC.Reach; c++)
                {
                    (long binC, int imageC) = _axisC.Wrap(center.BinC + c);
                    Vector from = center.Point - _cell.Translation(imageA, imageB, imageC);
                    int bucket = Bucket(binA, binB, binC);
                    foreach (ref readonly Atom other in _sorted.AsSpan(_start[bucket].._start[bucket + 1]))
                    {
                        Vector d = other.Point - from;
                        if (d.Dot(d) >= _reach || other.BinC != binC || other.BinB != binB || other.BinA != binA) continue;
                        int a0 = center.WrapA - other.WrapA, b0 = center.WrapB - other.WrapB, c0 = center.WrapC - other.WrapC;
                        near.Add(new Neighbor(other.Index, imageA + a0, imageB + b0, imageC + c0));
                        if (near.Count > MostNear) return center.Index;
                    }
                }
            }
        }
        return center.Index;
    }

    private Atom Wrap(int index, Vector point)
    {
        var atom = new Atom { Index = index };
        (atom.BinA, atom.WrapA) = _axisA.Bin(_cell.Fraction(0, point), index);
        (atom.BinB, atom.WrapB) = _axisB.Bin(_cell.Fraction(1, point), index);
        (atom.BinC, atom.WrapC) = _axisC.Bin(_cell.Fraction(2, point), index);
        atom.Point = point - _cell.Translation(atom.WrapA, atom.WrapB, atom.WrapC);
        return atom;
    }

    private int Bucket(long a, long b, long c) => (int)((ulong)a * 0x9E3779B97F4A7C15 + (ulong)b * 0xC2B2AE3D27D4EB4F + (ulong)c) & _mask;
}

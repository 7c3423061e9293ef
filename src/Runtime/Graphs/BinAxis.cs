namespace E3Gen;

/// <summary>How one direction of a cell is divided into bins that are at least as wide as the cutoff.</summary>
internal readonly struct BinAxis
{
    /// <summary>Beyond this many cells from the origin, wrapping an atom into the cell would lose significant digits.</summary>
    private const double MaxWrap = 1 << 28;

    private readonly bool _periodic;
    private readonly double _binsPerFraction;
    private readonly long _bins;

    /// <param name="cell">The cell.</param>
    /// <param name="axis">Which of its directions.</param>
    /// <param name="width">The least width of a bin.</param>
    public BinAxis(Cell cell, int axis, double width)
    {
        _periodic = cell.Periodic[axis];
        double fit = cell.Heights[axis] / width;
        _bins = Math.Max(1, (long)Math.Min(fit, 1L << 40));
        // An open direction has a unit vector, so that its fractional coordinate is a length, and as many bins as it takes.
        _binsPerFraction = _periodic ? _bins : 1 / width;
        double reach = _periodic ? Math.Ceiling(_bins / fit) : 1;
        Span = 2 * reach + 1;
        Reach = (int)Math.Min(reach, int.MaxValue / 4);
    }

    /// <summary>
    /// Neighbouring bins on each side that the cutoff can reach; more than one only where the cell is thinner than a bin should be.
    /// </summary>
    public int Reach { get; }

    /// <summary>2·<see cref="Reach"/>+1 as a real number, which cannot overflow.</summary>
    public double Span { get; }

    /// <summary>The bin of a fractional coordinate, and the whole cells that lie before it in a periodic direction.</summary>
    public (long Bin, int Wrap) Bin(double fraction, int atom)
    {
        if (!_periodic) return ((long)Math.Floor(fraction * _binsPerFraction), 0);
        double wrap = Math.Floor(fraction);
        if (Math.Abs(wrap) > MaxWrap)
            throw new ArgumentException(
                $"Atom {atom} is {wrap:G3} cells away from the cell; wrap positions into the cell or check their unit.", "positions");
        return (Math.Min((long)((fraction - wrap) * _binsPerFraction), _bins - 1), (int)wrap);
    }

    /// <summary>The bin inside the cell that a bin number counted on across images stands for, and the image.</summary>
    public (long Bin, int Image) Wrap(long bin)
    {
        if (!_periodic || (ulong)bin < (ulong)_bins) return (bin, 0);
        long image = bin >= 0 ? bin / _bins : -((_bins - 1 - bin) / _bins);
        return (bin - image * _bins, (int)image);
    }
}

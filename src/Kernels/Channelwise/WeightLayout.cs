using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// Positions of the weights in a row that kernels work on: one for each copy of each path, padded with zeros to whole vectors. If
/// a row of the tensor already has this form, as for copies that fill vectors, kernels work on it in place. Paths without weights share
/// separate lanes that hold a constant.
/// </summary>
internal sealed unsafe class WeightLayout<T>
    where T : unmanaged, INumber<T>
{
    private readonly Segment[] _weighted;
    private readonly int[] _lanes;
    private readonly int _constant;

    /// <param name="paths">
    /// Of each path: the first column of its weights or −1, columns from one to the next, copies, and lanes with padding.
    /// </param>
    public WeightLayout(IReadOnlyList<(int Column, int Step, int Copies, int Stride)> paths)
    {
        IsInPlace = paths.Count > 0 && paths.All(p => p.Column >= 0 && p.Step == 1 && p.Copies == p.Stride);
        _constant = paths.Where(p => p.Column < 0).Select(p => p.Stride).DefaultIfEmpty(0).Max();
        _lanes = new int[paths.Count];
        var weighted = new List<Segment>();
        Lanes = _constant;
        for (int p = 0; p < paths.Count; p++)
        {
            var (column, step, copies, stride) = paths[p];
            if (column >= 0)
            {
                _lanes[p] = IsInPlace ? column : Lanes;
                weighted.Add(new Segment(column, step, copies, _lanes[p]));
                Lanes = IsInPlace ? Math.Max(Lanes, column + copies) : Lanes + stride;
            }
        }

        _weighted = [.. weighted];
    }

    /// <summary>Whether kernels work on rows of the tensor as they are.</summary>
    public bool IsInPlace { get; }

    /// <summary>Numbers in a row that kernels work on.</summary>
    public int Lanes { get; }

    /// <summary>First lane of a path.</summary>
    public int this[int path] => _lanes[path];

    /// <summary>Prepares memory for <see cref="Read"/>: zeros for padding, the constant for paths without weights.</summary>
    public void Prepare(T* lanes, T constant)
    {
        new Span<T>(lanes, Lanes).Clear();
        new Span<T>(lanes, _constant).Fill(constant);
    }

    /// <summary>The weights of a row of the tensor.</summary>
    /// <param name="row">The row; null without weights.</param>
    /// <param name="lanes">Memory that was prepared.</param>
    /// <returns>Where they are: the row itself, or the memory.</returns>
    public T* Read(T* row, T* lanes)
    {
        if (IsInPlace)
        {
            return row;
        }

        foreach (ref readonly var s in _weighted.AsSpan())
        {
            Copy(row + s.Column, s.Step, lanes + s.Lane, 1, s.Copies);
        }

        return lanes;
    }

    /// <summary>Writes a row of the tensor, where kernels did not do so in place.</summary>
    /// <param name="lanes">Where they worked.</param>
    /// <param name="row">The row; null where it is not wanted.</param>
    /// <param name="nonTemporal">Past the caches, where that can be.</param>
    public void Write(T* lanes, T* row, bool nonTemporal)
    {
        if (row == null || lanes == row)
        {
            return;
        }

        if (IsInPlace && nonTemporal)
        {
            NonTemporal.Copy(lanes, row, Lanes);
            return;
        }

        foreach (ref readonly var s in _weighted.AsSpan())
        {
            Copy(lanes + s.Lane, 1, row + s.Column, s.Step, s.Copies);
        }
    }

    private static void Copy(T* source, int sourceStep, T* target, int targetStep, int copies)
    {
        if (sourceStep == 1 && targetStep == 1)
        {
            new Span<T>(source, copies).CopyTo(new Span<T>(target, copies));
            return;
        }

        for (int u = 0; u < copies; u++)
        {
            target[u * targetStep] = source[u * sourceStep];
        }
    }

    /// <param name="Column">Column of the first copy's weight.</param>
    /// <param name="Step">Columns from one copy's weight to the next one's.</param>
    /// <param name="Copies">Copies u.</param>
    /// <param name="Lane">First lane.</param>
    private readonly record struct Segment(int Column, int Step, int Copies, int Lane);
}

using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// Positions of the segments of an operand in a row that kernels work on: component after component, each with its copies side by side, padded
/// with zeros to whole vectors. Rows of tensors are mul_ir, copy after copy, or ir_mul, the same without padding.
/// </summary>
internal sealed unsafe class LaneLayout<T>
    where T : unmanaged, INumber<T>
{
    private readonly Segment[] _segments;

    /// <param name="segments">Copies and degree of each segment.</param>
    /// <param name="copiesInnermost">Whether rows of tensors are ir_mul.</param>
    /// <param name="runs">In ir_mul, how many segments in a row have all their copies side by side; none or null for one each.</param>
    public LaneLayout(IReadOnlyList<(int Copies, int L)> segments, bool copiesInnermost, IReadOnlyList<int>? runs = null)
    {
        _segments = new Segment[segments.Count];
        int column = 0, lane = 0, first = 0;
        foreach (int run in runs is { Count: > 0 } ? runs : Enumerable.Repeat(1, segments.Count))
        {
            int together = segments.Skip(first).Take(run).Sum(s => s.Copies), before = 0;
            for (int s = first; s < first + run; s++)
            {
                var (copies, l) = segments[s];
                int components = (2 * l) + 1, stride = LaneRange<T>.Stride(copies);
                bool innermost = copiesInnermost || components == 1 || copies == 1;
                _segments[s] = copiesInnermost
                    ? new Segment(column + before, lane, copies, components, stride, together, innermost)
                    : new Segment(column + (before * components), lane, copies, components, stride, copies, innermost);
                before += copies;
                lane += stride * components;
            }

            column += together * ((2 * segments[first].L) + 1);
            first += run;
        }

        (Columns, Lanes) = (column, lane);
        WidestSegment = _segments.Select(s => s.Components * s.Stride).DefaultIfEmpty(0).Max();
    }

    /// <summary>Numbers in a row of a tensor.</summary>
    public int Columns { get; }

    /// <summary>Numbers in a row that kernels work on.</summary>
    public int Lanes { get; }

    /// <summary>Numbers of the longest segment that kernels work on.</summary>
    public int WidestSegment { get; }

    public ref readonly Segment this[int segment] => ref _segments[segment];

    /// <summary>Reads a row of a tensor.</summary>
    public void Load(T* row, T* lanes)
    {
        foreach (ref readonly var s in _segments.AsSpan())
        {
            Load(s, row, lanes + s.Lane);
        }
    }

    /// <summary>Reads a segment of a row of a tensor.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="row">The row.</param>
    /// <param name="lanes">Its first lane.</param>
    public static void Load(in Segment segment, T* row, T* lanes)
    {
        T* source = row + segment.Column;
        if (segment.IsCopiesInnermost)
        {
            for (int i = 0; i < segment.Components; i++)
            {
                new Span<T>(source + (i * segment.Pitch), segment.Copies).CopyTo(new Span<T>(lanes + (i * segment.Stride), segment.Copies));
            }
        }
        else
        {
            Interleaving.ToLanes(source, lanes, segment.Stride, segment.Copies, segment.Components, segment.Wide);
        }

        for (int i = 0; segment.Copies < segment.Stride && i < segment.Components; i++)
        {
            new Span<T>(lanes + (i * segment.Stride) + segment.Copies, segment.Stride - segment.Copies).Clear();
        }
    }

    /// <summary>Writes a row of a tensor, bypassing the caches if requested and possible.</summary>
    public void Store(T* lanes, T* row, bool nonTemporal = false)
    {
        foreach (ref readonly var s in _segments.AsSpan())
        {
            Store(s, lanes + s.Lane, row, nonTemporal);
        }
    }

    /// <summary>Writes a segment of a row of a tensor.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="lanes">Its first lane.</param>
    /// <param name="row">The row.</param>
    /// <param name="nonTemporal">Whether to write past the caches, where that can be.</param>
    public static void Store(in Segment segment, T* lanes, T* row, bool nonTemporal)
    {
        T* target = row + segment.Column;
        if (!segment.IsCopiesInnermost)
        {
            Interleaving.ToRows(lanes, segment.Stride, target, segment.Copies, segment.Components, segment.Wide, nonTemporal);
            return;
        }

        for (int i = 0; i < segment.Components; i++, lanes += segment.Stride, target += segment.Pitch)
        {
            if (nonTemporal)
            {
                NonTemporal.Copy(lanes, target, segment.Copies);
            }
            else
            {
                new Span<T>(lanes, segment.Copies).CopyTo(new Span<T>(target, segment.Copies));
            }
        }
    }

    /// <param name="Column">First column in a row of a tensor.</param>
    /// <param name="Lane">First number in a row that kernels work on.</param>
    /// <param name="Copies">Copies u.</param>
    /// <param name="Components">Components i.</param>
    /// <param name="Stride">Numbers from one component to the next.</param>
    /// <param name="Pitch">The same in a row of a tensor that has copies side by side.</param>
    /// <param name="IsCopiesInnermost">Whether the tensor's row has copies side by side, too.</param>
    internal readonly record struct Segment(int Column, int Lane, int Copies, int Components, int Stride, int Pitch, bool IsCopiesInnermost)
    {
        /// <summary>How most copies are reordered, if the processor supports 512-bit vectors.</summary>
        public Vector512InterleavingTable<T>? Wide { get; } = IsCopiesInnermost ? null : Vector512InterleavingTable<T>.For(Copies, Components);
    }
}

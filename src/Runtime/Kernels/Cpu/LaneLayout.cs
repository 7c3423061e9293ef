using System.Numerics;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// Where the segments of an operand lie in a row that kernels work on: component after component, each with its copies side by side, padded with zeros to whole vectors.
/// Rows of tensors are mul_ir, copy after copy, or ir_mul, the same without padding.
/// </summary>
internal sealed unsafe class LaneLayout<T>
    where T : unmanaged, INumber<T>
{
    private readonly Segment[] _segments;

    /// <param name="segments">Copies and degree of each segment.</param>
    /// <param name="copiesInnermost">Whether rows of tensors are ir_mul.</param>
    public LaneLayout(IReadOnlyList<(int Copies, int L)> segments, bool copiesInnermost)
    {
        _segments = new Segment[segments.Count];
        int column = 0, lane = 0;
        for (int s = 0; s < segments.Count; s++)
        {
            var (copies, l) = segments[s];
            int components = 2 * l + 1, stride = (copies + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;
            _segments[s] = new Segment(column, lane, copies, components, stride, copiesInnermost || components == 1 || copies == 1);
            column += copies * components;
            lane += stride * components;
        }

        (Columns, Lanes) = (column, lane);
    }

    /// <summary>Numbers in a row of a tensor.</summary>
    public int Columns { get; }

    /// <summary>Numbers in a row that kernels work on.</summary>
    public int Lanes { get; }

    public Segment this[int segment] => _segments[segment];

    /// <summary>Reads a row of a tensor.</summary>
    public void Load(T* row, T* lanes)
    {
        foreach (ref readonly var s in _segments.AsSpan())
        {
            T* source = row + s.Column, target = lanes + s.Lane;
            for (int i = 0; i < s.Components; i++, target += s.Stride)
            {
                if (s.IsCopiesInnermost)
                {
                    new Span<T>(source + (i * s.Copies), s.Copies).CopyTo(new Span<T>(target, s.Copies));
                }
                else
                {
                    Gather(source + i, s.Components, target, s.Copies);
                }

                new Span<T>(target + s.Copies, s.Stride - s.Copies).Clear();
            }
        }
    }

    /// <summary>Writes a row of a tensor.</summary>
    public void Store(T* lanes, T* row)
    {
        foreach (ref readonly var s in _segments.AsSpan())
        {
            T* source = lanes + s.Lane, target = row + s.Column;
            if (s.IsCopiesInnermost)
            {
                for (int i = 0; i < s.Components; i++, source += s.Stride)
                {
                    new Span<T>(source, s.Copies).CopyTo(new Span<T>(target + (i * s.Copies), s.Copies));
                }

                continue;
            }

            switch (s.Components)
            {
                case 3: Interleave3(source, s.Stride, target, s.Copies); break;
                case 5: Interleave5(source, s.Stride, target, s.Copies); break;
                case 7: Interleave7(source, s.Stride, target, s.Copies); break;
                default: Interleave(source, s.Stride, target, s.Copies, s.Components); break;
            }
        }
    }

    private static void Gather(T* source, int step, T* target, int count)
    {
        int u = 0;
        for (; u <= count - 4; u += 4, source += 4 * step)
        {
            (target[u], target[u + 1], target[u + 2], target[u + 3]) = (source[0], source[step], source[2 * step], source[3 * step]);
        }

        for (; u < count; u++, source += step)
        {
            target[u] = *source;
        }
    }

    private static void Interleave3(T* source, int stride, T* target, int count)
    {
        for (int u = 0; u < count; u++, target += 3)
        {
            (target[0], target[1], target[2]) = (source[u], source[u + stride], source[u + (2 * stride)]);
        }
    }

    private static void Interleave5(T* source, int stride, T* target, int count)
    {
        for (int u = 0; u < count; u++, target += 5)
        {
            (target[0], target[1], target[2]) = (source[u], source[u + stride], source[u + (2 * stride)]);
            (target[3], target[4]) = (source[u + (3 * stride)], source[u + (4 * stride)]);
        }
    }

    private static void Interleave7(T* source, int stride, T* target, int count)
    {
        for (int u = 0; u < count; u++, target += 7)
        {
            (target[0], target[1], target[2]) = (source[u], source[u + stride], source[u + (2 * stride)]);
            (target[3], target[4]) = (source[u + (3 * stride)], source[u + (4 * stride)]);
            (target[5], target[6]) = (source[u + (5 * stride)], source[u + (6 * stride)]);
        }
    }

    private static void Interleave(T* source, int stride, T* target, int count, int components)
    {
        for (int u = 0; u < count; u++, target += components)
        {
            for (int i = 0; i < components; i++)
            {
                target[i] = source[u + (i * stride)];
            }
        }
    }

    /// <param name="Column">First column in a row of a tensor.</param>
    /// <param name="Lane">First number in a row that kernels work on.</param>
    /// <param name="Copies">Copies u.</param>
    /// <param name="Components">Components i.</param>
    /// <param name="Stride">Numbers from one component to the next.</param>
    /// <param name="IsCopiesInnermost">Whether the tensor's row has copies side by side, too.</param>
    internal readonly record struct Segment(int Column, int Lane, int Copies, int Components, int Stride, bool IsCopiesInnermost);
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels.Cpu;

/// <summary>Rows of a matrix to lanes and back: a block of <see cref="Vector{T}.Count"/> rows becomes a vector for each column.</summary>
internal static unsafe class Transposition<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Whether vectors are two halves of 128 bits that the processor can interleave.</summary>
    private static bool HasHalves
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx.IsSupported && Vector<T>.Count * sizeof(T) == 32;
    }

    /// <summary>Columns that fill half a vector.</summary>
    private static int Group
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16 / sizeof(T);
    }

    /// <summary>Reads columns of a block; lanes without a row become zero.</summary>
    /// <param name="source">The block's first row, at the first column.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="rows">Rows, at most a vector's lanes.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="lanes">[columns, lanes].</param>
    public static void ToLanes(T* source, long stride, int rows, int columns, T* lanes)
    {
        if (!HasHalves || rows < Vector<T>.Count)
        {
            ToLanesOneByOne(source, stride, rows, columns, lanes);
            return;
        }

        if (columns < Group)
        {
            Gather(source, stride, columns, lanes);
            return;
        }

        for (int c = 0; c < columns; c += Group)
        {
            int first = Math.Min(c, columns - Group); // the last group overlaps the one before
            T* from = source + first, to = lanes + (first * Vector<T>.Count);
            if (typeof(T) == typeof(float))
            {
                var (a, b, d, e) = Interleave(
                    Halves(from, from + (4 * stride)).AsSingle(),
                    Halves(from + stride, from + (5 * stride)).AsSingle(),
                    Halves(from + (2 * stride), from + (6 * stride)).AsSingle(),
                    Halves(from + (3 * stride), from + (7 * stride)).AsSingle());
                a.Store((float*)to);
                b.Store((float*)to + 8);
                d.Store((float*)to + 16);
                e.Store((float*)to + 24);
            }
            else
            {
                var (a, b) = (Halves(from, from + (2 * stride)).AsDouble(), Halves(from + stride, from + (3 * stride)).AsDouble());
                Avx.UnpackLow(a, b).Store((double*)to);
                Avx.UnpackHigh(a, b).Store((double*)to + 4);
            }
        }
    }

    /// <summary>Writes columns of a block.</summary>
    /// <param name="lanes">[columns, lanes].</param>
    /// <param name="columns">Columns.</param>
    /// <param name="target">The block's first row, at the first column.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="rows">Rows, at most a vector's lanes.</param>
    public static void ToRows(T* lanes, int columns, T* target, long stride, int rows)
    {
        if (!HasHalves || rows < Vector<T>.Count || columns < Group)
        {
            ToRowsOneByOne(lanes, columns, target, stride, rows);
            return;
        }

        for (int c = 0; c < columns; c += Group)
        {
            int first = Math.Min(c, columns - Group);
            T* from = lanes + (first * Vector<T>.Count), to = target + first;
            if (typeof(T) == typeof(float))
            {
                float* f = (float*)from;
                var (a, b, d, e) = Interleave(Vector256.Load(f), Vector256.Load(f + 8), Vector256.Load(f + 16), Vector256.Load(f + 24));
                Store(a.AsByte(), to, to + (4 * stride));
                Store(b.AsByte(), to + stride, to + (5 * stride));
                Store(d.AsByte(), to + (2 * stride), to + (6 * stride));
                Store(e.AsByte(), to + (3 * stride), to + (7 * stride));
            }
            else
            {
                var (a, b) = (Vector256.Load((double*)from), Vector256.Load((double*)from + 4));
                Store(Avx.UnpackLow(a, b).AsByte(), to, to + (2 * stride));
                Store(Avx.UnpackHigh(a, b).AsByte(), to + stride, to + (3 * stride));
            }
        }
    }

    /// <summary>Transposes the 4 × 4 numbers in the lower halves, and those in the upper ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>) Interleave(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector256<double> ab0 = Avx.UnpackLow(a, b).AsDouble(), ab1 = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cd0 = Avx.UnpackLow(c, d).AsDouble(), cd1 = Avx.UnpackHigh(c, d).AsDouble();
        return (Avx.UnpackLow(ab0, cd0).AsSingle(), Avx.UnpackHigh(ab0, cd0).AsSingle(), Avx.UnpackLow(ab1, cd1).AsSingle(), Avx.UnpackHigh(ab1, cd1).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Halves(T* lower, T* upper) => Vector256.Create(Vector128.Load((byte*)lower), Vector128.Load((byte*)upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<byte> halves, T* lower, T* upper)
    {
        halves.GetLower().Store((byte*)lower);
        halves.GetUpper().Store((byte*)upper);
    }

    /// <summary>Few columns, such as those of a vector.</summary>
    private static void Gather(T* source, long stride, int columns, T* lanes)
    {
        for (int c = 0; c < columns; c++, source++, lanes += Vector<T>.Count)
        {
            if (typeof(T) == typeof(float))
            {
                float* s = (float*)source;
                Vector256.Create(s[0], s[stride], s[2 * stride], s[3 * stride], s[4 * stride], s[5 * stride], s[6 * stride], s[7 * stride]).Store((float*)lanes);
            }
            else
            {
                double* s = (double*)source;
                Vector256.Create(s[0], s[stride], s[2 * stride], s[3 * stride]).Store((double*)lanes);
            }
        }
    }

    private static void ToLanesOneByOne(T* source, long stride, int rows, int columns, T* lanes)
    {
        for (int c = 0; c < columns; c++, lanes += Vector<T>.Count)
        {
            for (int r = 0; r < Vector<T>.Count; r++)
            {
                lanes[r] = r < rows ? source[(r * stride) + c] : T.Zero;
            }
        }
    }

    private static void ToRowsOneByOne(T* lanes, int columns, T* target, long stride, int rows)
    {
        for (int r = 0; r < rows; r++, target += stride)
        {
            for (int c = 0; c < columns; c++)
            {
                target[c] = lanes[(c * Vector<T>.Count) + r];
            }
        }
    }
}

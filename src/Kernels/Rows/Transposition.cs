using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels;

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
    /// <param name="rows">Rows from there on, of which a vector's lanes are read.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="lanes">[columns, lanes].</param>
    /// <param name="pitch">Numbers from column to column of the lanes.</param>
    public static void ToLanes(T* source, long stride, int rows, int columns, T* lanes, nint pitch)
    {
        if (!HasHalves || rows < Vector<T>.Count)
        {
            ToLanesOneByOne(source, stride, rows, columns, lanes, pitch);
            return;
        }

        if (columns == 3 && stride == 3 && typeof(T) == typeof(float))
        {
            VectorsToLanes((float*)source, (float*)lanes, pitch);
            return;
        }

        if (columns < Group)
        {
            Gather(source, stride, columns, lanes, pitch);
            return;
        }

        for (int c = 0; c < columns; c += Group)
        {
            int first = Math.Min(c, columns - Group); // the last group overlaps the one before
            T* from = source + first, to = lanes + (first * pitch);
            if (typeof(T) == typeof(float))
            {
                var (a, b, d, e) = Interleave(
                    Halves(from, from + (4 * stride)).AsSingle(),
                    Halves(from + stride, from + (5 * stride)).AsSingle(),
                    Halves(from + (2 * stride), from + (6 * stride)).AsSingle(),
                    Halves(from + (3 * stride), from + (7 * stride)).AsSingle());
                a.Store((float*)to);
                b.Store((float*)(to + pitch));
                d.Store((float*)(to + (2 * pitch)));
                e.Store((float*)(to + (3 * pitch)));
            }
            else
            {
                var (a, b) = (Halves(from, from + (2 * stride)).AsDouble(), Halves(from + stride, from + (3 * stride)).AsDouble());
                Avx.UnpackLow(a, b).Store((double*)to);
                Avx.UnpackHigh(a, b).Store((double*)(to + pitch));
            }
        }
    }

    /// <summary>Writes columns of a block.</summary>
    /// <param name="lanes">[columns, lanes].</param>
    /// <param name="pitch">Numbers from column to column of the lanes.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="target">The block's first row, at the first column.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="rows">Rows from there on, of which a vector's lanes are written.</param>
    public static void ToRows(T* lanes, nint pitch, int columns, T* target, long stride, int rows)
    {
        if (HasHalves && rows >= Vector<T>.Count && columns == 3 && stride == 3 && typeof(T) == typeof(float))
        {
            VectorsToRows((float*)lanes, pitch, (float*)target);
            return;
        }

        if (!HasHalves || rows < Vector<T>.Count || columns < Group)
        {
            ToRowsOneByOne(lanes, pitch, columns, target, stride, rows);
            return;
        }

        int c = 0;
        for (; c <= columns - (2 * Group); c += 2 * Group)
        {
            for (int r = 0; r < Vector<T>.Count; r += Group)
            {
                WideToRows(lanes + (c * pitch) + r, pitch, target + c + (r * stride), stride);
            }
        }

        for (; c < columns; c += Group)
        {
            int first = Math.Min(c, columns - Group);
            T* from = lanes + (first * pitch), to = target + first;
            if (typeof(T) == typeof(float))
            {
                var (a, b, d, e) = Interleave(
                    Vector256.Load((float*)from), Vector256.Load((float*)(from + pitch)), Vector256.Load((float*)(from + (2 * pitch))),
                    Vector256.Load((float*)(from + (3 * pitch))));
                Store(a.AsByte(), to, to + (4 * stride));
                Store(b.AsByte(), to + stride, to + (5 * stride));
                Store(d.AsByte(), to + (2 * stride), to + (6 * stride));
                Store(e.AsByte(), to + (3 * stride), to + (7 * stride));
            }
            else
            {
                var (a, b) = (Vector256.Load((double*)from), Vector256.Load((double*)(from + pitch)));
                Store(Avx.UnpackLow(a, b).AsByte(), to, to + (2 * stride));
                Store(Avx.UnpackHigh(a, b).AsByte(), to + stride, to + (3 * stride));
            }
        }
    }

    /// <summary>Two groups of columns of half the rows: each row takes one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WideToRows(T* lanes, nint pitch, T* target, long stride)
    {
        T* upper = lanes + (Group * pitch);
        if (typeof(T) == typeof(float))
        {
            var (a, b, c, d) = Interleave(
                Halves(lanes, upper).AsSingle(),
                Halves(lanes + pitch, upper + pitch).AsSingle(),
                Halves(lanes + (2 * pitch), upper + (2 * pitch)).AsSingle(),
                Halves(lanes + (3 * pitch), upper + (3 * pitch)).AsSingle());
            a.Store((float*)target);
            b.Store((float*)(target + stride));
            c.Store((float*)(target + (2 * stride)));
            d.Store((float*)(target + (3 * stride)));
        }
        else
        {
            var (a, b) = (Halves(lanes, upper).AsDouble(), Halves(lanes + pitch, upper + pitch).AsDouble());
            Avx.UnpackLow(a, b).Store((double*)target);
            Avx.UnpackHigh(a, b).Store((double*)(target + stride));
        }
    }

    /// <summary>Eight vectors (x, y, z) side by side.</summary>
    private static void VectorsToLanes(float* vectors, float* lanes, nint pitch)
    {
        // The numbers of four vectors in each half: xyzx, yzxy, zxyz.
        var a = Vector256.Create(Vector128.Load(vectors), Vector128.Load(vectors + 12));
        var b = Vector256.Create(Vector128.Load(vectors + 4), Vector128.Load(vectors + 16));
        var c = Vector256.Create(Vector128.Load(vectors + 8), Vector128.Load(vectors + 20));
        var xy = Avx.Shuffle(b, c, 0b10_01_11_10);
        var yz = Avx.Shuffle(a, b, 0b01_00_10_01);
        Avx.Shuffle(a, xy, 0b10_00_11_00).Store(lanes);
        Avx.Shuffle(yz, xy, 0b11_01_10_00).Store(lanes + pitch);
        Avx.Shuffle(yz, c, 0b11_00_11_01).Store(lanes + (2 * pitch));
    }

    private static void VectorsToRows(float* lanes, nint pitch, float* vectors)
    {
        var (x, y, z) = (Vector256.Load(lanes), Vector256.Load(lanes + pitch), Vector256.Load(lanes + (2 * pitch)));
        var (xy, yz, zx) = (Avx.Shuffle(x, y, 0b10_00_10_00), Avx.Shuffle(y, z, 0b11_01_11_01), Avx.Shuffle(z, x, 0b11_01_10_00));
        Vector256<float> a = Avx.Shuffle(xy, zx, 0b10_00_10_00), b = Avx.Shuffle(yz, xy, 0b11_01_10_00),
            c = Avx.Shuffle(zx, yz, 0b11_01_11_01);
        a.GetLower().Store(vectors);
        b.GetLower().Store(vectors + 4);
        c.GetLower().Store(vectors + 8);
        a.GetUpper().Store(vectors + 12);
        b.GetUpper().Store(vectors + 16);
        c.GetUpper().Store(vectors + 20);
    }

    /// <summary>Transposes the 4 × 4 numbers in the lower halves, and those in the upper ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>) Interleave(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector256<double> ab0 = Avx.UnpackLow(a, b).AsDouble(), ab1 = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cd0 = Avx.UnpackLow(c, d).AsDouble(), cd1 = Avx.UnpackHigh(c, d).AsDouble();
        return (Avx.UnpackLow(ab0, cd0).AsSingle(), Avx.UnpackHigh(ab0, cd0).AsSingle(), Avx.UnpackLow(ab1, cd1).AsSingle(),
            Avx.UnpackHigh(ab1, cd1).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Halves(T* lower, T* upper) =>
        Vector256.Create(Vector128.Load((byte*)lower), Vector128.Load((byte*)upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<byte> halves, T* lower, T* upper)
    {
        halves.GetLower().Store((byte*)lower);
        halves.GetUpper().Store((byte*)upper);
    }

    /// <summary>Few columns, such as those of a vector.</summary>
    private static void Gather(T* source, long stride, int columns, T* lanes, nint pitch)
    {
        for (int c = 0; c < columns; c++, source++, lanes += pitch)
        {
            if (typeof(T) == typeof(float))
            {
                float* s = (float*)source;
                Vector256.Create(s[0], s[stride], s[2 * stride], s[3 * stride], s[4 * stride], s[5 * stride], s[6 * stride], s[7 * stride])
                    .Store((float*)lanes);
            }
            else
            {
                double* s = (double*)source;
                Vector256.Create(s[0], s[stride], s[2 * stride], s[3 * stride]).Store((double*)lanes);
            }
        }
    }

    private static void ToLanesOneByOne(T* source, long stride, int rows, int columns, T* lanes, nint pitch)
    {
        for (int c = 0; c < columns; c++, lanes += pitch)
        {
            for (int r = 0; r < Vector<T>.Count; r++)
            {
                lanes[r] = r < rows ? source[(r * stride) + c] : T.Zero;
            }
        }
    }

    private static void ToRowsOneByOne(T* lanes, nint pitch, int columns, T* target, long stride, int rows)
    {
        for (int r = 0; r < Math.Min(rows, Vector<T>.Count); r++, target += stride)
        {
            for (int c = 0; c < columns; c++)
            {
                target[c] = lanes[(c * pitch) + r];
            }
        }
    }
}

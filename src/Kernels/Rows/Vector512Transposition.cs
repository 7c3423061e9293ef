using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels;

/// <summary>
/// <see cref="Transposition{T}"/> for as many rows as a 512-bit vector has numbers. Such a vector has four quarters, which
/// are exchanged as a whole with those of other vectors; numbers are exchanged only with those in the same quarter of other vectors.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class Vector512Transposition<T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Columns that fill a vector.</summary>
    private static int Square
    {
        [MethodImpl(Inline)]
        get => Vector512<T>.Count;
    }

    /// <summary>Columns that fill a quarter.</summary>
    private static int Group
    {
        [MethodImpl(Inline)]
        get => Vector128<T>.Count;
    }

    /// <summary>Whether columns are so many, or those of vectors side by side.</summary>
    public static bool Takes(int columns, long stride) => columns >= Group || IsVectors(columns, stride);

    /// <summary>Reads columns of a block.</summary>
    /// <param name="source">The block's first row, at the first column.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="lanes">[columns, lanes].</param>
    /// <param name="pitch">Numbers from column to column of the lanes.</param>
    public static void ToLanes(T* source, long stride, int columns, T* lanes, nint pitch)
    {
        if (IsVectors(columns, stride))
        {
            VectorsToLanes((float*)source, (float*)lanes, pitch);
            return;
        }

        int c = 0;
        for (; columns >= Square && columns - c > Square / 2; c += Square)
        {
            int first = Math.Min(c, columns - Square); // the last square overlaps the one before
            Transpose(source + first, stride, lanes + (first * pitch), pitch);
        }

        for (; c < columns; c += Group)
        {
            int first = Math.Min(c, columns - Group);
            GroupToLanes(source + first, stride, lanes + (first * pitch), pitch);
        }
    }

    /// <summary>Writes columns of a block.</summary>
    /// <param name="lanes">[columns, lanes].</param>
    /// <param name="pitch">Numbers from column to column of the lanes.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="target">The block's first row, at the first column.</param>
    /// <param name="stride">Numbers from row to row.</param>
    public static void ToRows(T* lanes, nint pitch, int columns, T* target, long stride)
    {
        if (IsVectors(columns, stride))
        {
            VectorsToRows((float*)lanes, pitch, (float*)target);
            return;
        }

        int c = 0;
        for (; columns >= Square && columns - c > Square / 2; c += Square)
        {
            int first = Math.Min(c, columns - Square);
            Transpose(lanes + (first * pitch), pitch, target + first, stride);
        }

        for (; c < columns; c += Group)
        {
            int first = Math.Min(c, columns - Group);
            GroupToRows(lanes + (first * pitch), pitch, target + first, stride);
        }
    }

    [MethodImpl(Inline)]
    private static bool IsVectors(int columns, long stride) => typeof(T) == typeof(float) && columns == 3 && stride == 3;

    /// <summary>A square, in either direction.</summary>
    private static void Transpose(T* from, long fromStride, T* to, long toStride)
    {
        if (typeof(T) == typeof(float))
        {
            var (a0, a1, a2, a3) = Load4(from, fromStride);
            var (b0, b1, b2, b3) = Load4(from + (4 * fromStride), fromStride);
            var (c0, c1, c2, c3) = Load4(from + (8 * fromStride), fromStride);
            var (d0, d1, d2, d3) = Load4(from + (12 * fromStride), fromStride);
            (a0, b0, c0, d0) = Quarters(a0, b0, c0, d0);
            (a1, b1, c1, d1) = Quarters(a1, b1, c1, d1);
            (a2, b2, c2, d2) = Quarters(a2, b2, c2, d2);
            (a3, b3, c3, d3) = Quarters(a3, b3, c3, d3);
            Store((a0, a1, a2, a3), to, toStride);
            Store((b0, b1, b2, b3), to + (4 * toStride), toStride);
            Store((c0, c1, c2, c3), to + (8 * toStride), toStride);
            Store((d0, d1, d2, d3), to + (12 * toStride), toStride);
        }
        else
        {
            var (a0, a1) = Interleave(Load(from), Load(from + fromStride));
            var (b0, b1) = Interleave(Load(from + (2 * fromStride)), Load(from + (3 * fromStride)));
            var (c0, c1) = Interleave(Load(from + (4 * fromStride)), Load(from + (5 * fromStride)));
            var (d0, d1) = Interleave(Load(from + (6 * fromStride)), Load(from + (7 * fromStride)));
            (a0, b0, c0, d0) = Quarters(a0, b0, c0, d0);
            (a1, b1, c1, d1) = Quarters(a1, b1, c1, d1);
            Store((a0, a1, b0, b1), to, toStride);
            Store((c0, c1, d0, d1), to + (4 * toStride), toStride);
        }
    }

    [MethodImpl(Inline)]
    private static (Vector512<double>, Vector512<double>, Vector512<double>, Vector512<double>) Load4(T* rows, long stride) =>
        Interleave(Load(rows), Load(rows + stride), Load(rows + (2 * stride)), Load(rows + (3 * stride)));

    /// <summary>Columns that fill a quarter: each vector takes those of four rows.</summary>
    private static void GroupToLanes(T* source, long stride, T* lanes, nint pitch)
    {
        if (typeof(T) == typeof(float))
        {
            Store(
                Interleave(
                    LoadQuarters(source, 4 * stride),
                    LoadQuarters(source + stride, 4 * stride),
                    LoadQuarters(source + (2 * stride), 4 * stride),
                    LoadQuarters(source + (3 * stride), 4 * stride)),
                lanes,
                pitch);
        }
        else
        {
            Store(Interleave(LoadQuarters(source, 2 * stride), LoadQuarters(source + stride, 2 * stride)), lanes, pitch);
        }
    }

    private static void GroupToRows(T* lanes, nint pitch, T* target, long stride)
    {
        if (typeof(T) == typeof(float))
        {
            var (a, b, c, d) = Interleave(Load(lanes), Load(lanes + pitch), Load(lanes + (2 * pitch)), Load(lanes + (3 * pitch)));
            StoreQuarters(a, target, 4 * stride);
            StoreQuarters(b, target + stride, 4 * stride);
            StoreQuarters(c, target + (2 * stride), 4 * stride);
            StoreQuarters(d, target + (3 * stride), 4 * stride);
        }
        else
        {
            var (a, b) = Interleave(Load(lanes), Load(lanes + pitch));
            StoreQuarters(a, target, 2 * stride);
            StoreQuarters(b, target + stride, 2 * stride);
        }
    }

    /// <summary>Sixteen vectors (x, y, z) side by side.</summary>
    private static void VectorsToLanes(float* vectors, float* lanes, nint pitch)
    {
        // The numbers of four vectors in each quarter: xyzx, yzxy, zxyz.
        var a = LoadQuarters((T*)vectors, 12).AsSingle();
        var b = LoadQuarters((T*)(vectors + 4), 12).AsSingle();
        var c = LoadQuarters((T*)(vectors + 8), 12).AsSingle();
        var (xy, yz) = (Avx512F.Shuffle(b, c, 0b10_01_11_10), Avx512F.Shuffle(a, b, 0b01_00_10_01));
        Avx512F.Shuffle(a, xy, 0b10_00_11_00).Store(lanes);
        Avx512F.Shuffle(yz, xy, 0b11_01_10_00).Store(lanes + pitch);
        Avx512F.Shuffle(yz, c, 0b11_00_11_01).Store(lanes + (2 * pitch));
    }

    private static void VectorsToRows(float* lanes, nint pitch, float* vectors)
    {
        var (x, y, z) = (Vector512.Load(lanes), Vector512.Load(lanes + pitch), Vector512.Load(lanes + (2 * pitch)));
        var (xy, yz, zx) = (Avx512F.Shuffle(x, y, 0b10_00_10_00), Avx512F.Shuffle(y, z, 0b11_01_11_01),
            Avx512F.Shuffle(z, x, 0b11_01_10_00));
        StoreQuarters(Avx512F.Shuffle(xy, zx, 0b10_00_10_00).AsDouble(), (T*)vectors, 12);
        StoreQuarters(Avx512F.Shuffle(yz, xy, 0b11_01_10_00).AsDouble(), (T*)(vectors + 4), 12);
        StoreQuarters(Avx512F.Shuffle(zx, yz, 0b11_01_11_01).AsDouble(), (T*)(vectors + 8), 12);
    }

    [MethodImpl(Inline)]
    private static Vector512<double> Load(T* numbers) => Vector512.Load((double*)numbers);

    [MethodImpl(Inline)]
    private static Vector512<double> LoadQuarters(T* source, long stride) => Vector512.Create(
        Vector256.Create(Vector128.Load((double*)source), Vector128.Load((double*)(source + stride))),
        Vector256.Create(Vector128.Load((double*)(source + (2 * stride))), Vector128.Load((double*)(source + (3 * stride)))));

    [MethodImpl(Inline)]
    private static void StoreQuarters(Vector512<double> quarters, T* target, long stride)
    {
        quarters.GetLower().GetLower().Store((double*)target);
        quarters.GetLower().GetUpper().Store((double*)(target + stride));
        quarters.GetUpper().GetLower().Store((double*)(target + (2 * stride)));
        quarters.GetUpper().GetUpper().Store((double*)(target + (3 * stride)));
    }

    [MethodImpl(Inline)]
    private static void Store(
        (Vector512<double> A, Vector512<double> B, Vector512<double> C, Vector512<double> D) vectors, T* target, long stride)
    {
        vectors.A.Store((double*)target);
        vectors.B.Store((double*)(target + stride));
        vectors.C.Store((double*)(target + (2 * stride)));
        vectors.D.Store((double*)(target + (3 * stride)));
    }

    [MethodImpl(Inline)]
    private static void Store((Vector512<double> A, Vector512<double> B) columns, T* lanes, nint pitch)
    {
        columns.A.Store((double*)lanes);
        columns.B.Store((double*)(lanes + pitch));
    }

    /// <summary>Transposes 4 × 4 quarters.</summary>
    [MethodImpl(Inline)]
    private static (Vector512<double>, Vector512<double>, Vector512<double>, Vector512<double>) Quarters(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        const byte Lower = 0b01_00_01_00, Upper = 0b11_10_11_10, Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        var (ab0, ab1) = (Avx512F.Shuffle4x128(a, b, Lower), Avx512F.Shuffle4x128(a, b, Upper));
        var (cd0, cd1) = (Avx512F.Shuffle4x128(c, d, Lower), Avx512F.Shuffle4x128(c, d, Upper));
        return (Avx512F.Shuffle4x128(ab0, cd0, Even), Avx512F.Shuffle4x128(ab0, cd0, Odd), Avx512F.Shuffle4x128(ab1, cd1, Even),
            Avx512F.Shuffle4x128(ab1, cd1, Odd));
    }

    /// <summary>Transposes the 4 × 4 single numbers in each quarter.</summary>
    [MethodImpl(Inline)]
    private static (Vector512<double>, Vector512<double>, Vector512<double>, Vector512<double>) Interleave(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        var (ab0, ab1) = (Avx512F.UnpackLow(a.AsSingle(), b.AsSingle()), Avx512F.UnpackHigh(a.AsSingle(), b.AsSingle()));
        var (cd0, cd1) = (Avx512F.UnpackLow(c.AsSingle(), d.AsSingle()), Avx512F.UnpackHigh(c.AsSingle(), d.AsSingle()));
        var (first, second) = (Interleave(ab0.AsDouble(), cd0.AsDouble()), Interleave(ab1.AsDouble(), cd1.AsDouble()));
        return (first.Item1, first.Item2, second.Item1, second.Item2);
    }

    /// <summary>Transposes the 2 × 2 doubles in each quarter.</summary>
    [MethodImpl(Inline)]
    private static (Vector512<double>, Vector512<double>) Interleave(Vector512<double> a, Vector512<double> b) =>
        (Avx512F.UnpackLow(a, b), Avx512F.UnpackHigh(a, b));
}

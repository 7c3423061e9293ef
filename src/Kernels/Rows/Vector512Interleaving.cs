using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels;

/// <summary>
/// <see cref="Interleaving"/> in vectors of 512 bits. With as many copies as a vector has lanes, d components fill d vectors in either
/// order. Since d is odd, the numbers of one component are in different lanes of those vectors: a permutation moves each of a
/// component's numbers to its lane, followed by lane-wise selection among the d vectors. Lane p of a mul_ir vector q has
/// component (w q + p) mod d, where w is the number of lanes, so masks by p mod d serve all vectors.
/// </summary>
internal static unsafe class Vector512Interleaving<T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining, Optimize = MethodImplOptions.AggressiveOptimization;

    private static int Width => Vector512<T>.Count;

    /// <summary>ir_mul → mul_ir for as many copies as fill vectors.</summary>
    /// <param name="lanes">[components, stride].</param>
    /// <param name="stride">Numbers from one component to the next.</param>
    /// <param name="rows">[copies, components].</param>
    /// <param name="copies">Copies.</param>
    /// <param name="table">What belongs to the number of components.</param>
    /// <param name="nonTemporal">Whether to write past the caches, where the alignment of the rows allows it.</param>
    /// <returns>Copies that are done.</returns>
    public static int ToRows(T* lanes, int stride, T* rows, int copies, Vector512InterleavingTable<T> table, bool nonTemporal)
    {
        int done = copies / Width * Width;
        nonTemporal &= (nuint)rows % (nuint)sizeof(Vector512<T>) == 0;
        switch (table.Components)
        {
            case 3:
                ToRows3(lanes, stride, rows, done, table, nonTemporal);
                break;
            case 5:
                ToRows5(lanes, stride, rows, done, table, nonTemporal);
                break;
            default:
                ToRows7(lanes, stride, rows, done, table, nonTemporal);
                break;
        }

        return done;
    }

    /// <summary>mul_ir → ir_mul for as many copies as fill vectors.</summary>
    /// <param name="rows">[copies, components].</param>
    /// <param name="lanes">[components, stride].</param>
    /// <param name="stride">Numbers from one component to the next.</param>
    /// <param name="copies">Copies.</param>
    /// <param name="table">What belongs to the number of components.</param>
    /// <returns>Copies that are done.</returns>
    public static int ToLanes(T* rows, T* lanes, int stride, int copies, Vector512InterleavingTable<T> table)
    {
        int done = copies / Width * Width;
        switch (table.Components)
        {
            case 3:
                ToLanes3(rows, lanes, stride, done, table);
                break;
            case 5:
                ToLanes5(rows, lanes, stride, done, table);
                break;
            default:
                ToLanes7(rows, lanes, stride, done, table);
                break;
        }

        return done;
    }

    [MethodImpl(Optimize)]
    private static void ToRows3(T* lanes, int stride, T* rows, int copies, Vector512InterleavingTable<T> table, bool nonTemporal)
    {
        var (m1, m2) = (table.Masks[1], table.Masks[2]);
        var (p0, p1, p2) = (table.ToRows[0], table.ToRows[1], table.ToRows[2]);
        nint q0 = table.Places[0], q1 = table.Places[1], q2 = table.Places[2];
        for (int u = 0; u < copies; u += Width, lanes += Width, rows += 3 * Width)
        {
            var (a, b, c) = (Load(lanes, p0), Load(lanes + stride, p1), Load(lanes + (2 * stride), p2));
            Put(Choose(m1, m2, a, b, c), rows + q0, nonTemporal);
            Put(Choose(m1, m2, b, c, a), rows + q1, nonTemporal);
            Put(Choose(m1, m2, c, a, b), rows + q2, nonTemporal);
        }
    }

    [MethodImpl(Optimize)]
    private static void ToLanes3(T* rows, T* lanes, int stride, int copies, Vector512InterleavingTable<T> table)
    {
        var (m1, m2) = (table.Masks[1], table.Masks[2]);
        var (p0, p1, p2) = (table.ToLanes[0], table.ToLanes[1], table.ToLanes[2]);
        nint q0 = table.Places[0], q1 = table.Places[1], q2 = table.Places[2];
        for (int u = 0; u < copies; u += Width, lanes += Width, rows += 3 * Width)
        {
            var (a, b, c) = (Vector512.Load(rows + q0), Vector512.Load(rows + q1), Vector512.Load(rows + q2));
            Permute(Choose(m1, m2, a, c, b), p0).Store(lanes);
            Permute(Choose(m1, m2, b, a, c), p1).Store(lanes + stride);
            Permute(Choose(m1, m2, c, b, a), p2).Store(lanes + (2 * stride));
        }
    }

    [MethodImpl(Optimize)]
    private static void ToRows5(T* lanes, int stride, T* rows, int copies, Vector512InterleavingTable<T> table, bool nonTemporal)
    {
        var (m1, m2, m3, m4) = (table.Masks[1], table.Masks[2], table.Masks[3], table.Masks[4]);
        var (p0, p1, p2, p3, p4) = (table.ToRows[0], table.ToRows[1], table.ToRows[2], table.ToRows[3], table.ToRows[4]);
        nint q0 = table.Places[0], q1 = table.Places[1], q2 = table.Places[2], q3 = table.Places[3], q4 = table.Places[4];
        for (int u = 0; u < copies; u += Width, lanes += Width, rows += 5 * Width)
        {
            var (a, b, c) = (Load(lanes, p0), Load(lanes + stride, p1), Load(lanes + (2 * stride), p2));
            var (d, e) = (Load(lanes + (3 * stride), p3), Load(lanes + (4 * stride), p4));
            Put(Choose(m1, m2, m3, m4, a, b, c, d, e), rows + q0, nonTemporal);
            Put(Choose(m1, m2, m3, m4, b, c, d, e, a), rows + q1, nonTemporal);
            Put(Choose(m1, m2, m3, m4, c, d, e, a, b), rows + q2, nonTemporal);
            Put(Choose(m1, m2, m3, m4, d, e, a, b, c), rows + q3, nonTemporal);
            Put(Choose(m1, m2, m3, m4, e, a, b, c, d), rows + q4, nonTemporal);
        }
    }

    [MethodImpl(Optimize)]
    private static void ToLanes5(T* rows, T* lanes, int stride, int copies, Vector512InterleavingTable<T> table)
    {
        var (m1, m2, m3, m4) = (table.Masks[1], table.Masks[2], table.Masks[3], table.Masks[4]);
        var (p0, p1, p2, p3, p4) = (table.ToLanes[0], table.ToLanes[1], table.ToLanes[2], table.ToLanes[3], table.ToLanes[4]);
        nint q0 = table.Places[0], q1 = table.Places[1], q2 = table.Places[2], q3 = table.Places[3], q4 = table.Places[4];
        for (int u = 0; u < copies; u += Width, lanes += Width, rows += 5 * Width)
        {
            var (a, b, c, d, e) = (Vector512.Load(rows + q0), Vector512.Load(rows + q1), Vector512.Load(rows + q2),
                Vector512.Load(rows + q3), Vector512.Load(rows + q4));
            Permute(Choose(m1, m2, m3, m4, a, e, d, c, b), p0).Store(lanes);
            Permute(Choose(m1, m2, m3, m4, b, a, e, d, c), p1).Store(lanes + stride);
            Permute(Choose(m1, m2, m3, m4, c, b, a, e, d), p2).Store(lanes + (2 * stride));
            Permute(Choose(m1, m2, m3, m4, d, c, b, a, e), p3).Store(lanes + (3 * stride));
            Permute(Choose(m1, m2, m3, m4, e, d, c, b, a), p4).Store(lanes + (4 * stride));
        }
    }

    [MethodImpl(Optimize)]
    private static void ToRows7(T* lanes, int stride, T* rows, int copies, Vector512InterleavingTable<T> table, bool nonTemporal)
    {
        var (m1, m2, m3, m4, m5, m6) = (table.Masks[1], table.Masks[2], table.Masks[3], table.Masks[4], table.Masks[5], table.Masks[6]);
        var (p0, p1, p2, p3, p4, p5, p6) =
            (table.ToRows[0], table.ToRows[1], table.ToRows[2], table.ToRows[3], table.ToRows[4], table.ToRows[5], table.ToRows[6]);
        int[] places = table.Places;
        for (int u = 0; u < copies; u += Width, lanes += Width, rows += 7 * Width)
        {
            var (a, b, c) = (Load(lanes, p0), Load(lanes + stride, p1), Load(lanes + (2 * stride), p2));
            var (d, e) = (Load(lanes + (3 * stride), p3), Load(lanes + (4 * stride), p4));
            var (f, g) = (Load(lanes + (5 * stride), p5), Load(lanes + (6 * stride), p6));
            Put(Choose(m5, m6, Choose(m1, m2, m3, m4, a, b, c, d, e), f, g), rows + places[0], nonTemporal);
            Put(Choose(m5, m6, Choose(m1, m2, m3, m4, b, c, d, e, f), g, a), rows + places[1], nonTemporal);
            Put(Choose(m5, m6, Choose(m1, m2, m3, m4, c, d, e, f, g), a, b), rows + places[2], nonTemporal);
            Put(Choose(m5, m6, Choose(m1, m2, m3, m4, d, e, f, g, a), b, c), rows + places[3], nonTemporal);
            Put(Choose(m5, m6, Choose(m1, m2, m3, m4, e, f, g, a, b), c, d), rows + places[4], nonTemporal);
            Put(Choose(m5, m6, Choose(m1, m2, m3, m4, f, g, a, b, c), d, e), rows + places[5], nonTemporal);
            Put(Choose(m5, m6, Choose(m1, m2, m3, m4, g, a, b, c, d), e, f), rows + places[6], nonTemporal);
        }
    }

    [MethodImpl(Optimize)]
    private static void ToLanes7(T* rows, T* lanes, int stride, int copies, Vector512InterleavingTable<T> table)
    {
        var (m1, m2, m3, m4, m5, m6) = (table.Masks[1], table.Masks[2], table.Masks[3], table.Masks[4], table.Masks[5], table.Masks[6]);
        var (p0, p1, p2, p3, p4, p5, p6) =
            (table.ToLanes[0], table.ToLanes[1], table.ToLanes[2], table.ToLanes[3], table.ToLanes[4], table.ToLanes[5], table.ToLanes[6]);
        int[] places = table.Places;
        for (int u = 0; u < copies; u += Width, lanes += Width, rows += 7 * Width)
        {
            var (a, b, c, d) = (Vector512.Load(rows + places[0]), Vector512.Load(rows + places[1]), Vector512.Load(rows + places[2]),
                Vector512.Load(rows + places[3]));
            var (e, f, g) = (Vector512.Load(rows + places[4]), Vector512.Load(rows + places[5]), Vector512.Load(rows + places[6]));
            Permute(Choose(m5, m6, Choose(m1, m2, m3, m4, a, g, f, e, d), c, b), p0).Store(lanes);
            Permute(Choose(m5, m6, Choose(m1, m2, m3, m4, b, a, g, f, e), d, c), p1).Store(lanes + stride);
            Permute(Choose(m5, m6, Choose(m1, m2, m3, m4, c, b, a, g, f), e, d), p2).Store(lanes + (2 * stride));
            Permute(Choose(m5, m6, Choose(m1, m2, m3, m4, d, c, b, a, g), f, e), p3).Store(lanes + (3 * stride));
            Permute(Choose(m5, m6, Choose(m1, m2, m3, m4, e, d, c, b, a), g, f), p4).Store(lanes + (4 * stride));
            Permute(Choose(m5, m6, Choose(m1, m2, m3, m4, f, e, d, c, b), a, g), p5).Store(lanes + (5 * stride));
            Permute(Choose(m5, m6, Choose(m1, m2, m3, m4, g, f, e, d, c), b, a), p6).Store(lanes + (6 * stride));
        }
    }

    [MethodImpl(Inline)]
    private static Vector512<T> Choose(Vector512<T> mask1, Vector512<T> mask2, Vector512<T> a, Vector512<T> b, Vector512<T> c) =>
        Vector512.ConditionalSelect(mask2, c, Vector512.ConditionalSelect(mask1, b, a));

    [MethodImpl(Inline)]
    private static Vector512<T> Choose(
        Vector512<T> mask1, Vector512<T> mask2, Vector512<T> mask3, Vector512<T> mask4, Vector512<T> a, Vector512<T> b, Vector512<T> c,
        Vector512<T> d, Vector512<T> e) =>
        Vector512.ConditionalSelect(mask4, e, Vector512.ConditionalSelect(mask3, d, Choose(mask1, mask2, a, b, c)));

    [MethodImpl(Inline)]
    private static Vector512<T> Load(T* numbers, Vector512<T> permutation) => Permute(Vector512.Load(numbers), permutation);

    [MethodImpl(Inline)]
    private static Vector512<T> Permute(Vector512<T> vector, Vector512<T> permutation) => typeof(T) == typeof(float)
        ? Avx512F.PermuteVar16x32(vector.AsSingle(), permutation.AsInt32()).As<float, T>()
        : Avx512F.PermuteVar8x64(vector.AsDouble(), permutation.AsInt64()).As<double, T>();

    [MethodImpl(Inline)]
    private static void Put(Vector512<T> vector, T* target, bool nonTemporal)
    {
        if (nonTemporal)
        {
            vector.StoreAlignedNonTemporal(target);
        }
        else
        {
            vector.Store(target);
        }
    }
}

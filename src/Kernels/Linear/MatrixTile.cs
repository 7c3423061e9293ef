using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>
/// C = A·B of numbers in memory, a tile of C at a time: as many sums as fit the registers, so that each loaded number of A
/// serves two packs and each pack of B six rows. Libraries do the same, but some use narrower vectors than available on processors of
/// other vendors.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class MatrixTile<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>
    /// Rows of a tile: 12 sums, more than needed to hide the latency of a multiply-add (4 cycles,
    /// two per cycle), with some of 16 registers left.
    /// </summary>
    public const int Rows = 6;

    /// <summary>Columns of a tile, and of a panel of B.</summary>
    public static int Columns => 2 * (int)(LaneRange<T>.IsWide ? Vector512Pack<T>.Count : VectorPack<T>.Count);

    /// <summary>Rows of C for one panel of B.</summary>
    /// <param name="a">A at its first row.</param>
    /// <param name="rowStep">Numbers from a row of A to the next.</param>
    /// <param name="step">Numbers from a column of A to the next.</param>
    /// <param name="panel">B: <see cref="Columns"/> numbers side by side for each column of A.</param>
    /// <param name="panelStep">Numbers from a row of B to the next.</param>
    /// <param name="inner">Columns of A.</param>
    /// <param name="c">C at its first row.</param>
    /// <param name="pitch">Numbers from a row of C to the next.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="adds">Whether to add to C.</param>
    public static void Multiply(T* a, nint rowStep, nint step, T* panel, nint panelStep, int inner, T* c, nint pitch, int rows, bool adds)
    {
        if (LaneRange<T>.IsWide)
        {
            Multiply<Vector512Pack<T>>(a, rowStep, step, panel, panelStep, inner, c, pitch, rows, adds);
        }
        else
        {
            Multiply<VectorPack<T>>(a, rowStep, step, panel, panelStep, inner, c, pitch, rows, adds);
        }
    }

    private static void Multiply<TPack>(
        T* a, nint rowStep, nint step, T* panel, nint panelStep, int inner, T* c, nint pitch, int rows, bool adds)
        where TPack : struct, IPack<TPack, T>
    {
        int row = 0;
        for (; row <= rows - Rows; row += Rows, a += Rows * rowStep, c += Rows * pitch)
        {
            SixRows<TPack>(a, rowStep, step, panel, panelStep, inner, c, pitch, adds);
        }

        for (; row < rows; row++, a += rowStep, c += pitch)
        {
            OneRow<TPack>(a, step, panel, panelStep, inner, c, adds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SixRows<TPack>(T* a, nint rowStep, nint step, T* panel, nint panelStep, int inner, T* c, nint pitch, bool adds)
        where TPack : struct, IPack<TPack, T>
    {
        TPack c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TPack c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        T* a3 = a + (3 * rowStep);
        for (; inner > 0; inner--, a += step, a3 += step, panel += panelStep)
        {
            TPack b0 = TPack.Load(ref *panel, 0), b1 = TPack.Load(ref *panel, TPack.Count);
            (c00, c01) = (c00.Add(a[0], b0), c01.Add(a[0], b1));
            (c10, c11) = (c10.Add(a[rowStep], b0), c11.Add(a[rowStep], b1));
            (c20, c21) = (c20.Add(a[2 * rowStep], b0), c21.Add(a[2 * rowStep], b1));
            (c30, c31) = (c30.Add(a3[0], b0), c31.Add(a3[0], b1));
            (c40, c41) = (c40.Add(a3[rowStep], b0), c41.Add(a3[rowStep], b1));
            (c50, c51) = (c50.Add(a3[2 * rowStep], b0), c51.Add(a3[2 * rowStep], b1));
        }

        Store(c00, c01, c, adds);
        Store(c10, c11, c + pitch, adds);
        Store(c20, c21, c + (2 * pitch), adds);
        Store(c30, c31, c + (3 * pitch), adds);
        Store(c40, c41, c + (4 * pitch), adds);
        Store(c50, c51, c + (5 * pitch), adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void OneRow<TPack>(T* a, nint step, T* panel, nint panelStep, int inner, T* c, bool adds)
        where TPack : struct, IPack<TPack, T>
    {
        // Even and odd columns of A separately: a multiply-add need not wait for the previous one.
        TPack c0 = default, c1 = default, d0 = default, d1 = default;
        for (; inner > 1; inner -= 2, a += 2 * step, panel += 2 * panelStep)
        {
            (c0, c1) = (c0.Add(a[0], TPack.Load(ref *panel, 0)), c1.Add(a[0], TPack.Load(ref *panel, TPack.Count)));
            (d0, d1) =
                (d0.Add(a[step], TPack.Load(ref *panel, panelStep)), d1.Add(a[step], TPack.Load(ref *panel, panelStep + TPack.Count)));
        }

        if (inner > 0)
        {
            (c0, c1) = (c0.Add(a[0], TPack.Load(ref *panel, 0)), c1.Add(a[0], TPack.Load(ref *panel, TPack.Count)));
        }

        Store(c0.Add(T.One, d0), c1.Add(T.One, d1), c, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TPack>(TPack first, TPack second, T* c, bool adds)
        where TPack : struct, IPack<TPack, T>
    {
        if (adds)
        {
            first = first.Add(T.One, TPack.Load(ref *c, 0));
            second = second.Add(T.One, TPack.Load(ref *c, TPack.Count));
        }

        first.Store(ref *c, 0);
        second.Store(ref *c, TPack.Count);
    }
}

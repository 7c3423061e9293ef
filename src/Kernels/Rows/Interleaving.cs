using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels;

/// <summary>
/// Converts between copy after copy, <c>rows[u·components + i]</c> (mul_ir), and component after component, <c>lanes[i·stride + u]</c>
/// (ir_mul): four copies of four components at a time if the processor can transpose in registers, otherwise number by number.
/// </summary>
internal static unsafe class Interleaving
{
    private const int Side = 4;

    /// <summary>ir_mul → mul_ir.</summary>
    /// <param name="lanes">[components, stride].</param>
    /// <param name="stride">Numbers from one component to the next.</param>
    /// <param name="rows">[copies, components].</param>
    /// <param name="copies">Copies.</param>
    /// <param name="components">Components.</param>
    /// <param name="table">Table for the copies that fill 512-bit vectors, if supported.</param>
    /// <param name="nonTemporal">Whether to write those past the caches.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToRows<T>(
        T* lanes, int stride, T* rows, int copies, int components, Vector512InterleavingTable<T>? table, bool nonTemporal = false)
        where T : unmanaged, INumber<T>
    {
        int u = table is null ? 0 : Vector512Interleaving<T>.ToRows(lanes, stride, rows, copies, table, nonTemporal);
        if (u < copies && typeof(T) == typeof(float) && CanTranspose)
        {
            u += ToRows((float*)lanes + u, stride, (float*)rows + (u * components), copies - u, components);
        }

        for (; u < copies; u++)
        {
            for (int i = 0; i < components; i++)
            {
                rows[(u * components) + i] = lanes[(i * stride) + u];
            }
        }
    }

    /// <summary>mul_ir → ir_mul.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToLanes<T>(T* rows, T* lanes, int stride, int copies, int components, Vector512InterleavingTable<T>? table)
        where T : unmanaged, INumber<T>
    {
        int u = table is null ? 0 : Vector512Interleaving<T>.ToLanes(rows, lanes, stride, copies, table);
        if (u < copies && typeof(T) == typeof(float) && CanTranspose)
        {
            u += ToLanes((float*)rows + (u * components), (float*)lanes + u, stride, copies - u, components);
        }

        for (; u < copies; u++)
        {
            for (int i = 0; i < components; i++)
            {
                lanes[(i * stride) + u] = rows[(u * components) + i];
            }
        }
    }

    private static bool CanTranspose => Sse.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <returns>
    /// How many copies are done. The last ones are left: a store of three components writes a fourth number,
    /// which the next copy overwrites.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ToRows(float* lanes, int stride, float* rows, int copies, int components)
    {
        int u = 0;
        switch (components)
        {
            case 3:
                for (; u + Side < copies; u += Side)
                {
                    BlockToRows(lanes + u, stride, rows + (u * 3), 3, isLast: true);
                }

                break;
            case 5:
                for (; u + Side < copies; u += Side)
                {
                    float* source = lanes + u, target = rows + (u * 5);
                    BlockToRows(source, stride, target, 5);
                    ColumnToRows(source + (4 * stride), target + 4, 5);
                }

                break;
            case 7:
                for (; u + Side < copies; u += Side)
                {
                    float* source = lanes + u, target = rows + (u * 7);
                    BlockToRows(source, stride, target, 7);
                    BlockToRows(source + (3 * stride), stride, target + 3, 7);
                }

                break;
            default:
                for (; u + Side < copies; u += Side)
                {
                    float* source = lanes + u, target = rows + (u * components);
                    int i = 0;
                    for (; i + Side <= components; i += Side)
                    {
                        BlockToRows(source + (i * stride), stride, target + i, components);
                    }

                    for (; i < components; i++)
                    {
                        ColumnToRows(source + (i * stride), target + i, components);
                    }
                }

                break;
        }

        return u;
    }

    /// <returns>How many copies are done. The last ones are left: reading three components reads a fourth number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ToLanes(float* rows, float* lanes, int stride, int copies, int components)
    {
        int u = 0;
        switch (components)
        {
            case 3:
                for (; u + Side < copies; u += Side)
                {
                    BlockToLanes(rows + (u * 3), 3, lanes + u, stride, isLast: true);
                }

                break;
            case 5:
                for (; u + Side < copies; u += Side)
                {
                    float* source = rows + (u * 5), target = lanes + u;
                    BlockToLanes(source, 5, target, stride);
                    ColumnToLanes(source + 4, 5, target + (4 * stride));
                }

                break;
            case 7:
                for (; u + Side < copies; u += Side)
                {
                    float* source = rows + (u * 7), target = lanes + u;
                    BlockToLanes(source, 7, target, stride);
                    BlockToLanes(source + 3, 7, target + (3 * stride), stride);
                }

                break;
            default:
                for (; u + Side < copies; u += Side)
                {
                    float* source = rows + (u * components), target = lanes + u;
                    int i = 0;
                    for (; i + Side <= components; i += Side)
                    {
                        BlockToLanes(source + i, components, target + (i * stride), stride);
                    }

                    for (; i < components; i++)
                    {
                        ColumnToLanes(source + i, components, target + (i * stride));
                    }
                }

                break;
        }

        return u;
    }

    /// <summary>Four components (or the last three) of four copies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BlockToRows(float* source, int stride, float* target, int components, bool isLast = false)
    {
        var a = Vector128.Load(source);
        var b = Vector128.Load(source + stride);
        var c = Vector128.Load(source + (2 * stride));
        var d = isLast ? c : Vector128.Load(source + (3 * stride));
        Transpose(ref a, ref b, ref c, ref d);
        a.Store(target);
        b.Store(target + components);
        c.Store(target + (2 * components));
        d.Store(target + (3 * components));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnToRows(float* source, float* target, int components)
    {
        target[0] = source[0];
        target[components] = source[1];
        target[2 * components] = source[2];
        target[3 * components] = source[3];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BlockToLanes(float* source, int components, float* target, int stride, bool isLast = false)
    {
        var a = Vector128.Load(source);
        var b = Vector128.Load(source + components);
        var c = Vector128.Load(source + (2 * components));
        var d = Vector128.Load(source + (3 * components));
        Transpose(ref a, ref b, ref c, ref d);
        a.Store(target);
        b.Store(target + stride);
        c.Store(target + (2 * stride));
        if (!isLast)
        {
            d.Store(target + (3 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnToLanes(float* source, int components, float* target) =>
        Vector128.Create(source[0], source[components], source[2 * components], source[3 * components]).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector128<float> a, ref Vector128<float> b, ref Vector128<float> c, ref Vector128<float> d)
    {
        if (Sse.IsSupported)
        {
            var (ab, cd) = (Sse.UnpackLow(a, b), Sse.UnpackLow(c, d));
            var (ab2, cd2) = (Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d));
            (a, b) = (Sse.MoveLowToHigh(ab, cd), Sse.MoveHighToLow(cd, ab));
            (c, d) = (Sse.MoveLowToHigh(ab2, cd2), Sse.MoveHighToLow(cd2, ab2));
        }
        else
        {
            var (ab, cd) = (AdvSimd.Arm64.ZipLow(a, b).AsDouble(), AdvSimd.Arm64.ZipLow(c, d).AsDouble());
            var (ab2, cd2) = (AdvSimd.Arm64.ZipHigh(a, b).AsDouble(), AdvSimd.Arm64.ZipHigh(c, d).AsDouble());
            (a, b) = (AdvSimd.Arm64.ZipLow(ab, cd).AsSingle(), AdvSimd.Arm64.ZipHigh(ab, cd).AsSingle());
            (c, d) = (AdvSimd.Arm64.ZipLow(ab2, cd2).AsSingle(), AdvSimd.Arm64.ZipHigh(ab2, cd2).AsSingle());
        }
    }
}

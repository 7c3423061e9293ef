using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// Between copies that lie one after the other, <c>rows[u·components + i]</c> (mul_ir), and components that do, <c>lanes[i·stride + u]</c> (ir_mul): four copies of four components at a time
/// where the processor transposes in registers, number by number elsewhere.
/// </summary>
internal static unsafe class Interleaving
{
    private const int Side = 4;

    /// <summary>ir_mul → mul_ir.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToRows<T>(T* lanes, int stride, T* rows, int copies, int components)
        where T : unmanaged, INumber<T>
    {
        int u = 0;
        if (typeof(T) == typeof(float) && CanTranspose)
        {
            u = ToRows((float*)lanes, stride, (float*)rows, copies, components);
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
    public static void ToLanes<T>(T* rows, T* lanes, int stride, int copies, int components)
        where T : unmanaged, INumber<T>
    {
        int u = 0;
        if (typeof(T) == typeof(float) && CanTranspose)
        {
            u = ToLanes((float*)rows, (float*)lanes, stride, copies, components);
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

    /// <returns>How many copies are done. The last ones are left: a store of three components writes a fourth number, which the next copy overwrites.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ToRows(float* lanes, int stride, float* rows, int copies, int components)
    {
        int u = 0;
        for (; u + Side < copies; u += Side)
        {
            float* source = lanes + u, target = rows + (u * components);
            int i = 0;
            for (; i + Side - 1 <= components; i += Side)
            {
                // Of three components the fourth row is any: what it gives is overwritten.
                int fourth = Math.Min(i + 3, components - 1);
                var a = Vector128.Load(source + (i * stride));
                var b = Vector128.Load(source + ((i + 1) * stride));
                var c = Vector128.Load(source + ((i + 2) * stride));
                var d = Vector128.Load(source + (fourth * stride));
                Transpose(ref a, ref b, ref c, ref d);
                a.Store(target + i);
                b.Store(target + components + i);
                c.Store(target + (2 * components) + i);
                d.Store(target + (3 * components) + i);
            }

            for (; i < components; i++)
            {
                for (int v = 0; v < Side; v++)
                {
                    target[(v * components) + i] = source[(i * stride) + v];
                }
            }
        }

        return u;
    }

    /// <returns>How many copies are done. The last ones are left: reading three components reads a fourth number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ToLanes(float* rows, float* lanes, int stride, int copies, int components)
    {
        int u = 0;
        for (; u + Side < copies; u += Side)
        {
            float* source = rows + (u * components), target = lanes + u;
            int i = 0;
            for (; i + Side - 1 <= components; i += Side)
            {
                var a = Vector128.Load(source + i);
                var b = Vector128.Load(source + components + i);
                var c = Vector128.Load(source + (2 * components) + i);
                var d = Vector128.Load(source + (3 * components) + i);
                Transpose(ref a, ref b, ref c, ref d);
                a.Store(target + (i * stride));
                b.Store(target + ((i + 1) * stride));
                c.Store(target + ((i + 2) * stride));
                if (i + 3 < components)
                {
                    d.Store(target + ((i + 3) * stride));
                }
            }

            for (; i < components; i++)
            {
                for (int v = 0; v < Side; v++)
                {
                    target[(i * stride) + v] = source[(v * components) + i];
                }
            }
        }

        return u;
    }

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

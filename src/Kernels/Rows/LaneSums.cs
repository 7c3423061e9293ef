using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels;

/// <summary>Sums over the lanes of vectors.</summary>
internal static unsafe class LaneSums
{
    private const int Together = 8;

    /// <summary>The sum of each of some vectors.</summary>
    /// <param name="vectors">The vectors, one after the other.</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="sums">A number for each.</param>
    public static void Store<T>(T* vectors, int count, T* sums)
        where T : unmanaged, INumber<T>
    {
        int v = 0;
        if (typeof(T) == typeof(float) && Avx.IsSupported && Vector<T>.Count == Together)
        {
            for (; v <= count - Together; v += Together)
            {
                Together8((float*)vectors + (v * Together)).Store((float*)sums + v);
            }
        }

        for (; v < count; v++)
        {
            sums[v] = Vector.Sum(Vector.Load(vectors + (v * Vector<T>.Count)));
        }
    }

    /// <summary>Adds neighbours until each half holds one number per vector, then adds the halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Together8(float* vectors)
    {
        var first = Avx.HorizontalAdd(Pair(vectors), Pair(vectors + (2 * Together)));
        var second = Avx.HorizontalAdd(Pair(vectors + (4 * Together)), Pair(vectors + (6 * Together)));
        return Avx.Permute2x128(first, second, 0x20) + Avx.Permute2x128(first, second, 0x31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* vectors) => Avx.HorizontalAdd(Vector256.Load(vectors), Vector256.Load(vectors + Together));
}

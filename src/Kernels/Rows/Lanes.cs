using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace E3Gen.Kernels;

/// <summary>Short ranges of whole vectors, for which a framework call would take longer than the work.</summary>
internal static unsafe class Lanes
{
    /// <summary>Sets to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Clear<T>(T* lanes, int count)
        where T : unmanaged
    {
        int i = 0;
        for (; Vector512.IsHardwareAccelerated && i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Vector512<T>.Zero.Store(lanes + i);
        }

        for (; i < count; i += Vector<T>.Count)
        {
            Vector<T>.Zero.Store(lanes + i);
        }
    }
}

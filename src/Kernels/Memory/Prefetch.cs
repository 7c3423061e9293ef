using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels;

/// <summary>
/// Prefetches memory that will be needed soon. The hardware prefetcher restarts at each page and is too late for most rows.
/// </summary>
internal static unsafe class Prefetch
{
    public const int CacheLine = 64;

    /// <summary>Whether the processor has prefetch instructions.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Sse.IsSupported;
    }

    /// <summary>Prefetches the cache lines of a range.</summary>
    /// <param name="start">The first one.</param>
    /// <param name="end">Where they end; may be anywhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines(nint start, nint end)
    {
        for (; start < end; start += CacheLine)
        {
            Sse.Prefetch0((void*)start);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels;

/// <summary>
/// Asks the processor for memory that will be needed soon. Its own prefetching starts anew at each page and is late for most rows.
/// </summary>
internal static unsafe class Prefetch
{
    public const int CacheLine = 64;

    /// <summary>Whether the processor can be asked.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Sse.IsSupported;
    }

    /// <summary>Asks for the cache lines from an address on.</summary>
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

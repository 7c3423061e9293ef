using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// Fetches what the next row needs while this one is computed. Rows are long enough that the processor's own prefetching, which starts anew at each page, is late for most of them.
/// </summary>
internal static unsafe class Prefetch
{
    private const int CacheLine = 64;

    /// <summary>Asks for a row; does nothing where the processor cannot be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row<T>(T* row, int count)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            for (byte* line = (byte*)row, end = (byte*)(row + count); line < end; line += CacheLine)
            {
                Sse.Prefetch1(line);
            }
        }
    }
}

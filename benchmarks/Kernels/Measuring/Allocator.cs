using System.Runtime.InteropServices;

namespace E3Gen.Benchmarks.Kernels.Measuring;

/// <summary>What the C allocator, which all contestants' tensors come from, does with large blocks that are freed.</summary>
internal enum AllocatorSetting
{
    /// <summary>As it comes: glibc returns them to the system, and the next call pays for fresh, zeroed pages.</summary>
    Default,

    /// <summary>It keeps them (mallopt: no mmap, no trimming), as the caching allocators of long-running programs do.</summary>
    Keep,
}

/// <summary>Sets it, for the whole process. The same from outside: <c>MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=2000000000 MALLOC_TOP_PAD_=67108864</c>.</summary>
internal static class Allocator
{
    private const int TrimThreshold = -1, TopPad = -2, MmapMax = -4;

    /// <exception cref="ArgumentException">This C library has no such setting.</exception>
    public static void Use(AllocatorSetting setting)
    {
        if (setting == AllocatorSetting.Default)
            return;
        try
        {
            if (mallopt(MmapMax, 0) != 0 && mallopt(TrimThreshold, 2_000_000_000) != 0 && mallopt(TopPad, 64 << 20) != 0)
                return;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
        }
        throw new ArgumentException("--allocator keep needs glibc, which this system does not have; leave it out.");
    }

    [DllImport("libc")]
    private static extern int mallopt(int parameter, int value);
}

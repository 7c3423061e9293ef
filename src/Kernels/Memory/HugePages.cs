using System.Runtime.InteropServices;

namespace E3Gen.Kernels;

/// <summary>
/// Asks Linux for pages of 2 MB under large results. The first touch of a page costs a fault; a result of 64 MB then has 32 pages
/// instead of 16,384. The system is free to ignore the request.
/// </summary>
internal static unsafe partial class HugePages
{
    private const long Worth = 4 << 20; // as NumPy does for its arrays
    private const long PageSize = 2 << 20;
    private const int Advice = 14; // MADV_HUGEPAGE

    private static bool _isAvailable = OperatingSystem.IsLinux();

    /// <summary>Requests large pages for all that lie entirely within a range of untouched memory.</summary>
    public static void AskFor(void* memory, long bytes)
    {
        if (bytes < Worth || !_isAvailable)
        {
            return;
        }

        long start = ((long)memory + PageSize - 1) / PageSize * PageSize, end = ((long)memory + bytes) / PageSize * PageSize;
        try
        {
            _ = Advise((void*)start, (nuint)(end - start), Advice);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            _isAvailable = false; // another C library
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}

using System.Runtime.InteropServices;

namespace E3Gen.Kernels;

/// <summary>
/// Asks Linux for pages of 2 MB under large results. The first touch of a page costs a fault, and of a result of 64 MB there are 32 of them
/// instead of 16,384. What the system makes of the request is its own business; it is a request only.
/// </summary>
internal static unsafe partial class HugePages
{
    private const long Worth = 4 << 20; // as NumPy does for its arrays
    private const long PageSize = 2 << 20;
    private const int Advice = 14; // MADV_HUGEPAGE

    private static bool _isAvailable = OperatingSystem.IsLinux();

    /// <summary>Asks for the whole large pages within a stretch of memory that was not touched yet.</summary>
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

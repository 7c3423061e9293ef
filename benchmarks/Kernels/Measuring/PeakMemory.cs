using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Measuring;

/// <summary>
/// How far the resident memory of the process rises during a call (Linux only): the kernel keeps a high-water mark, which can be reset. Freed memory is given back
/// first, else a contestant would find the memory of the one before it.
/// </summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status", Reset = "/proc/self/clear_refs";

    /// <returns>Bytes, or null where the system cannot tell.</returns>
    public static long? Of(Action action)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Status))
            return null;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        try
        {
            malloc_trim(0);
            File.WriteAllText(Reset, "5");
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
        long before = Kilobytes("VmRSS:");
        using (NewDisposeScope())
            action();
        return Math.Max(0, Kilobytes("VmHWM:") - before) * 1024;
    }

    private static long Kilobytes(string field)
    {
        string line = File.ReadLines(Status).First(l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim());
    }

    [DllImport("libc")]
    private static extern int malloc_trim(nuint padding);
}

using System.Runtime.InteropServices;

namespace E3Gen;

/// <summary>Advice for the allocator that libtorch takes its CPU memory from.</summary>
public static partial class Allocator
{
    // Parameters of glibc's mallopt.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MostMappings = -4;

    /// <summary>
    /// Keeps freed memory in the process instead of returning it to the operating system at once. By default glibc maps every large tensor
    /// anew, and the first touch of each of its pages costs a fault: for large tensors more than the kernel that fills them. Call it once
    /// at the start of a program; the process then keeps its peak memory. Tensors of all libraries in the process benefit.
    /// </summary>
    /// <returns>Whether the allocator took the advice: true with glibc on Linux; elsewhere false, without effect.</returns>
    public static bool KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return SetOption(TrimThreshold, int.MaxValue) != 0 && SetOption(TopPad, 64 << 20) != 0 && SetOption(MostMappings, 0) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // another C library
        }
        catch (DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}

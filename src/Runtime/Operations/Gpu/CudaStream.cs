using System.Runtime.InteropServices;

namespace E3Gen.Operations.Gpu;

/// <summary>The stream that libtorch uses on a device now. TorchSharp does not tell; libtorch's own entry point for compiled models does.</summary>
internal static unsafe class CudaStream
{
    private static readonly nint Entry = Find();

    /// <summary>The stream; 0, the default one, where libtorch lacks the entry point.</summary>
    /// <param name="device">The number of the device.</param>
    /// <exception cref="InvalidOperationException">libtorch cannot tell.</exception>
    public static nint Of(int device)
    {
        if (Entry == 0)
        {
            return 0;
        }

        nint stream;
        int error = ((delegate* unmanaged[Cdecl]<int, nint*, int>)Entry)(device, &stream);
        return error == 0 ? stream : throw new InvalidOperationException($"libtorch does not tell its current stream on device {device} (aoti_torch_get_current_cuda_stream: error {error}).");
    }

    /// <summary>Of the library for CUDA, which is loaded: that of the same name for the CPU has another meaning.</summary>
    private static nint Find() =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "torch_cuda.dll" : "libtorch_cuda.so", out nint library)
        && NativeLibrary.TryGetExport(library, "aoti_torch_get_current_cuda_stream", out nint entry) ? entry : 0;
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>What computes an operation.</summary>
public enum Backend
{
    /// <summary>Generated kernels for float32 and float64 on the CPU.</summary>
    Cpu,

    /// <summary>TorchSharp operations: any device and floating-point type.</summary>
    Portable,
}

/// <summary>Which backend computes generated operations: CPU tensors of float32 and float64 take the generated kernels, all others the portable backend, unless told otherwise.</summary>
public static class Backends
{
    private static readonly AsyncLocal<Backend?> Forced = new();

    /// <summary>Uses one backend for everything on this thread (and in tasks that it starts) until the result is disposed: to compare backends.</summary>
    /// <param name="backend">The backend. <see cref="Backend.Cpu"/> leaves tensors that it does not take to the portable one.</param>
    /// <returns>Dispose it to return to what was chosen before.</returns>
    public static IDisposable Use(Backend backend)
    {
        var before = Forced.Value;
        Forced.Value = backend;
        return new Scope(before);
    }

    /// <summary>The backend that an operation on this tensor takes.</summary>
    /// <param name="x">First argument of the operation.</param>
    public static Backend Of(Tensor x) => TakesKernels(x) ? Backend.Cpu : Backend.Portable;

    /// <summary>Whether generated kernels compute an operation on this tensor. Called by generated code.</summary>
    /// <param name="x">First argument of the operation.</param>
    public static bool TakesKernels(Tensor x) =>
        Forced.Value != Backend.Portable && x.device_type == DeviceType.CPU && x.dtype is ScalarType.Float32 or ScalarType.Float64;

    private sealed class Scope(Backend? before) : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            if (!_isDisposed)
            {
                (_isDisposed, Forced.Value) = (true, before);
            }
        }
    }
}

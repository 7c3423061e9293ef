using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using E3Gen.Autograd;
using E3Gen.Operations.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>An implementation of the operations.</summary>
public enum Backend
{
    /// <summary>Generated kernels for float32 and float64 on the CPU.</summary>
    Cpu,

    /// <summary>TorchSharp operations: any device and floating-point type.</summary>
    Portable,

    /// <summary>CUDA kernels for float32, float64, float16 and bfloat16 on an NVIDIA GPU.</summary>
    Cuda,
}

/// <summary>
/// Which backend computes generated operations: CPU tensors of float32 and float64 take the generated kernels, all others the portable
/// backend, unless told otherwise.
/// </summary>
public static class Backends
{
    private static readonly AsyncLocal<Backend?> Forced = new();
    private static readonly ConcurrentDictionary<(string Operation, ScalarType Type, DeviceType Device, bool Forced), bool> Said = new();
    private static Action<string>? _log;

    /// <summary>
    /// Called once, with the reason, for each operation that runs on the portable backend although there are kernels for it. Null, the
    /// default, for no calls. Setting it starts anew for all operations; calls come from the computing threads. <see cref="Explain"/>
    /// gives the same answer before anything runs.
    /// </summary>
    public static Action<string>? Log
    {
        get => _log;
        set
        {
            Said.Clear();
            _log = value;
        }
    }

    /// <summary>
    /// The last exception of an operation's derivative on this thread; null if there was none. <c>backward()</c> reports only libtorch's
    /// error that a gradient is missing, which cannot carry ours.
    /// </summary>
    public static Exception? LastDerivativeError => BackwardError.Last;

    /// <summary>Whether <see cref="Use"/> keeps everything on the portable backend here.</summary>
    internal static bool IsPortableForced => Forced.Value == Backend.Portable;

    /// <summary>
    /// Uses one backend for everything on this thread (and in tasks that it starts) until the result is disposed, e.g. to compare backends.
    /// </summary>
    /// <param name="backend">The backend. <see cref="Backend.Cpu"/> leaves tensors that it does not support to the portable one.</param>
    /// <returns>Dispose it to restore the previous choice.</returns>
    public static IDisposable Use(Backend backend)
    {
        var before = Forced.Value;
        Forced.Value = backend;
        return new Scope(before);
    }

    /// <summary>The backend that an operation on this tensor takes.</summary>
    /// <param name="x">First argument of the operation.</param>
    public static Backend Of(Tensor x) =>
        x is null ? throw new ArgumentNullException(nameof(x))
        : IsPortableForced ? Backend.Portable
        : ExecutorOf(x) is not null && NumberTypes.Of(x.dtype) is not null ? Backend.Cuda
        : HaveKernels(x.dtype, x.device_type) ? Backend.Cpu
        : Backend.Portable;

    /// <summary>Which backend each generated operation of a module and its submodules currently uses, and why.</summary>
    /// <param name="module">A module of any kind; operations are found in the generated ones inside.</param>
    /// <returns>One entry per operation; printed as a table.</returns>
    public static BackendReport Explain(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new BackendReport([.. BackendChoice.Of(module)]);
    }

    /// <summary>Whether kernels compute an operation on this tensor: asked once, where programs are applied to tensors.</summary>
    /// <param name="x">First argument of the operation.</param>
    /// <param name="operation">Its name, for <see cref="Log"/>.</param>
    internal static bool TakesKernels(Tensor x, string operation)
    {
        if (!IsPortableForced && HaveKernels(x.dtype, x.device_type))
        {
            return true;
        }

        if (_log is { } log)
        {
            Say(log, x, operation);
        }

        return false;
    }

    /// <summary>What runs device kernels on a tensor; null where CPU kernels or the portable backend take it.</summary>
    internal static IDeviceExecutor? ExecutorOf(Tensor x) => DeviceExecution.Of(x) is { } executor && !IsPortableForced ? executor : null;

    /// <summary>Whether there are kernels for tensors of a type on a device.</summary>
    internal static bool HaveKernels(ScalarType type, DeviceType device) =>
        device == DeviceType.CPU && type is ScalarType.Float32 or ScalarType.Float64;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Say(Action<string> log, Tensor x, string operation)
    {
        if (Said.TryAdd((operation, x.dtype, x.device_type, IsPortableForced), true))
        {
            log($"{operation} takes the portable backend: {BackendChoice.WhyPortable(x.dtype, x.device)}.");
        }
    }

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

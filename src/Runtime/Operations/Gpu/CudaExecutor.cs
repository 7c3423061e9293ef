using E3Gen.Cuda;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>Runs kernels on NVIDIA GPUs, in libtorch's current stream: behind what it has been asked to do before, without waiting for it.</summary>
/// <param name="registry">Compiles and keeps kernels.</param>
/// <param name="stream">The current stream of a device.</param>
internal sealed class CudaExecutor(KernelRegistry registry, Func<int, nint> stream) : IDeviceExecutor
{
    private static readonly Lazy<(CudaExecutor? Executor, string? WhyNot)> Process = new(Find);

    /// <summary>That of this process; null where there is no driver or no compiler.</summary>
    public static CudaExecutor? OfProcess => Process.Value.Executor;

    /// <summary>Why there is none; null where there is.</summary>
    public static string? WhyNot => Process.Value.WhyNot;

    /// <inheritdoc/>
    public bool Takes(Device device) => device.type == DeviceType.CUDA;

    /// <inheritdoc/>
    public bool Prepare(DeviceProgram program, Device device) => registry.Of(program, device.index).IsNew;

    /// <inheritdoc/>
    public void Run(DeviceProgram program, IReadOnlyList<Launch> launches, IReadOnlyDictionary<string, long> sizes, IReadOnlyDictionary<string, Tensor> operands, Device device)
    {
        var kernels = registry.Of(program, device.index);
        nint queue = stream(device.index);
        foreach (var launch in launches)
        {
            // An operand that an operation does not have, such as weights, has no columns: no kernel reads it.
            kernels.Launch(launch, sizes, name => operands.TryGetValue(name, out var tensor) ? RawTensor.Address(tensor) : 0, queue);
        }

        GC.KeepAlive(operands);
    }

    private static (CudaExecutor?, string?) Find()
    {
        try
        {
            var registry = KernelRegistry.OfProcess;
            registry.FindCompiler();
            return (new CudaExecutor(registry, CudaStream.Of), null);
        }
        catch (CudaException e)
        {
            return (null, e.Message);
        }
    }
}

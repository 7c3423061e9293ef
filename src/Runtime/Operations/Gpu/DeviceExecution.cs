using TorchSharp;

namespace E3Gen.Operations.Gpu;

/// <summary>What runs device kernels here.</summary>
internal static class DeviceExecution
{
    private static readonly AsyncLocal<IDeviceExecutor?> Replaced = new();
    private static volatile bool _isReplaced;

    /// <summary>Runs kernels of this thread by something else until the result is disposed: for tests, which have no GPU.</summary>
    public static IDisposable Replace(IDeviceExecutor executor)
    {
        (_isReplaced, Replaced.Value) = (true, executor);
        return new Restoring();
    }

    /// <summary>What runs kernels on tensors of a device; null where nothing does.</summary>
    public static IDeviceExecutor? Of(torch.Device device) =>
        _isReplaced && Replaced.Value is { } replaced ? replaced.Takes(device) ? replaced : null
        : device.type == DeviceType.CUDA ? CudaExecutor.OfProcess
        : null;

    /// <summary>Why nothing runs kernels on a GPU; null where something does.</summary>
    public static string? WhyNot(torch.Device device) => Of(device) is not null ? null : CudaExecutor.WhyNot;

    /// <summary>The same, for tensors; cheap for those on the CPU, which are the most.</summary>
    public static IDeviceExecutor? Of(torch.Tensor tensor) => _isReplaced || tensor.device_type != DeviceType.CPU ? Of(tensor.device) : null;

    private sealed class Restoring : IDisposable
    {
        public void Dispose() => Replaced.Value = null;
    }
}

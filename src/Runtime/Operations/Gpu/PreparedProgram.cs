using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using E3Gen.Cuda;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>A device program, made once for an operation and a type of numbers, and whether it can be relied on.</summary>
internal sealed class PreparedProgram(DeviceProgram program)
{
    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<(string, NumberType), PreparedProgram>> All = [];
    private readonly ConcurrentDictionary<(IDeviceExecutor, string), Lazy<string?>> _faults = new();

    /// <summary>The kernels.</summary>
    public DeviceProgram Program => program;

    /// <summary>The kernels of an operation.</summary>
    /// <param name="operation">The program of the operation, which identifies it.</param>
    /// <param name="kind">Which of its device programs is meant.</param>
    /// <param name="type">What numbers in memory are.</param>
    /// <param name="write">Makes it.</param>
    public static PreparedProgram Of(object operation, string kind, NumberType type, Func<NumberType, DeviceProgram> write) =>
        All.GetValue(operation, _ => new()).GetOrAdd((kind, type), key => new PreparedProgram(write(key.Item2)));

    /// <summary>
    /// Whether its kernels can be used on a device. When they have just been compiled, their results are compared with those of CPU kernels; kernels that differ are not used, which is said once.
    /// </summary>
    /// <param name="executor">Runs kernels.</param>
    /// <param name="device">The device.</param>
    /// <param name="operation">Name of the operation in messages.</param>
    /// <param name="sample">Makes arguments to try.</param>
    public bool IsUsable(IDeviceExecutor executor, Device device, string operation, Func<DeviceSample> sample) =>
        _faults.GetOrAdd((executor, device.ToString()), _ => new(() =>
        {
            if (!executor.Prepare(program, device))
            {
                return null;
            }

            string? fault = DeviceCheck.Fault(program, executor, device, sample());
            if (fault is not null)
            {
                Console.Error.WriteLine(
                    $"E3Gen: the GPU kernels of {operation} are not used on {device}: {fault}. It runs on TorchSharp operations instead. Please report this, with the name of the GPU.");
            }

            return fault;
        })).Value is null;
}

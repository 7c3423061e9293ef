using E3Gen.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>Runs the kernels of device programs: a GPU's driver, or a test.</summary>
internal interface IDeviceExecutor
{
    /// <summary>Whether it runs kernels on tensors of a device.</summary>
    bool Takes(torch.Device device);

    /// <summary>Makes a program ready for a device.</summary>
    /// <param name="program">The program.</param>
    /// <param name="device">The device.</param>
    /// <returns>Whether its kernels were compiled now, for the first time anywhere: then they should be checked.</returns>
    bool Prepare(DeviceProgram program, torch.Device device);

    /// <summary>Launches kernels one after the other, behind what the device has been asked to do before.</summary>
    /// <param name="program">The program.</param>
    /// <param name="launches">The launches.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="operands">The memory of each operand that they take.</param>
    /// <param name="device">The device.</param>
    void Run(DeviceProgram program, IReadOnlyList<Launch> launches, IReadOnlyDictionary<string, long> sizes, IReadOnlyDictionary<string, Tensor> operands, torch.Device device);
}

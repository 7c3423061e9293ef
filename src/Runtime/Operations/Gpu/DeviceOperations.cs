using E3Gen.Cuda;
using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>Operations as calls of device kernels; null where no device kernels take a tensor.</summary>
internal static class DeviceOperations
{
    private static readonly Dictionary<string, Tensor> NoIndices = [];

    /// <summary>A fused convolution.</summary>
    /// <param name="program">The product of each edge.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="x">[nodes, columns of x].</param>
    public static DeviceCall? Convolution(ChannelwiseProgram program, Graph graph, Tensor x) =>
        Prepared(program, program.Name, "convolution", type => ChannelwiseText.Convolution(program, type), x, () => Samples.Convolution(program)) is not var (executor, kernels) ? null
            : new(kernels, executor, ["x", "y", "w"], new Dictionary<string, long> { ["nodes"] = graph.NodeCount, ["edges"] = graph.EdgeCount, ["wstep"] = program.WeightCount }, graph.DeviceIndex);

    /// <summary>A product row by row.</summary>
    /// <param name="program">The product.</param>
    /// <param name="x">[rows, columns of x].</param>
    public static DeviceCall? Product(ChannelwiseProgram program, Tensor x) =>
        Prepared(program, program.Name, "product", type => ChannelwiseText.Product(program, type), x, () => Samples.Product(program)) is not var (executor, kernels) ? null
            : new(kernels, executor, ["x", "y", "w"], new Dictionary<string, long> { ["rows"] = x.size(0), ["wstep"] = program.WeightCount }, NoIndices);

    /// <summary>Kernels that can be used on a tensor's device.</summary>
    private static (IDeviceExecutor Executor, DeviceProgram Kernels)? Prepared(
        object program, string name, string kind, Func<NumberType, DeviceProgram> write, Tensor x, Func<DeviceSample> sample)
    {
        if (Backends.ExecutorOf(x) is not { } executor || NumberTypes.Of(x.dtype) is not { } type)
        {
            return null;
        }

        var prepared = PreparedProgram.Of(program, kind, type, write);
        return prepared.IsUsable(executor, x.device, name, sample) ? (executor, prepared.Program) : null;
    }
}

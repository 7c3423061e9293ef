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
    public static DeviceCall? Convolution(ChannelwiseProgram program, Graph graph, Tensor x)
    {
        if (Backends.ExecutorOf(x) is null)
        {
            return null;
        }

        bool byRuns = graph.DeviceIndex.IsShort;
        string kind = byRuns ? "convolution by runs" : "convolution";
        return Prepared(program, program.Name, kind, type => ChannelwiseText.Convolution(program, type, byRuns), x, () => Samples.Convolution(program)) is not var (executor, kernels) ? null
            : new(kernels, executor, ["x", "y", "w"], ConvolutionSizes(program, graph, graph.DeviceIndex), graph.DeviceIndex.Tensors);
    }

    /// <summary>The sizes that a convolution takes.</summary>
    public static Dictionary<string, long> ConvolutionSizes(ChannelwiseProgram program, Graph graph, DeviceIndex index) =>
        new() { ["nodes"] = graph.NodeCount, ["edges"] = graph.EdgeCount, ["runs"] = index.Runs, ["wstep"] = program.WeightCount };

    /// <summary>A product row by row.</summary>
    /// <param name="program">The product.</param>
    /// <param name="x">[rows, columns of x].</param>
    public static DeviceCall? Product(ChannelwiseProgram program, Tensor x) =>
        Prepared(program, program.Name, "product", type => ChannelwiseText.Product(program, type), x, () => Samples.Product(program)) is not var (executor, kernels) ? null
            : new(kernels, executor, ["x", "y", "w"], new Dictionary<string, long> { ["rows"] = x.size(0), ["wstep"] = program.WeightCount }, NoIndices);

    /// <summary>Spherical harmonics.</summary>
    /// <param name="program">The harmonics.</param>
    /// <param name="vectors">[rows, 3].</param>
    public static DeviceCall? Harmonics(HarmonicProgram program, Tensor vectors) =>
        Prepared(program, program.Name, "harmonics", type => HarmonicText.Harmonics(program, type), vectors, () => Samples.Harmonics(program)) is not var (executor, kernels) ? null
            : new(kernels, executor, ["v"], new Dictionary<string, long> { ["rows"] = vectors.size(0) }, NoIndices);

    /// <summary>A gate.</summary>
    /// <param name="program">The gate.</param>
    /// <param name="x">[rows, columns of x].</param>
    public static DeviceCall? Gate(GateProgram program, Tensor x) =>
        Prepared(program, program.Name, "gate", type => GateText.Gate(program, type), x, () => Samples.Gate(program)) is not var (executor, kernels) ? null
            : new(kernels, executor, ["x"], new Dictionary<string, long> { ["rows"] = x.size(0) }, NoIndices);

    /// <summary>A symmetric contraction; null where it has too many terms to print, too.</summary>
    /// <param name="program">The contraction.</param>
    /// <param name="rows">The rows of each element.</param>
    /// <param name="x">[rows, columns of x].</param>
    public static DeviceCall? Contraction(ContractionProgram program, RowsByElement rows, Tensor x)
    {
        if (program.Order.Entries.Length == 0 || ContractionText.WhyNot(program) is not null
            || Prepared(program, program.Name, "contraction", type => ContractionText.Contraction(program, type), x, () => Samples.Contraction(program)) is not var (executor, kernels))
        {
            return null;
        }

        var chunks = new RowChunks(rows, program.Elements);
        return new(kernels, executor, ["x", "a"], chunks.Sizes, chunks.ToTensors(x.device));
    }

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

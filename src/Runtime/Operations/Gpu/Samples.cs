using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>Small arguments of operations, on which device kernels are tried.</summary>
internal static class Samples
{
    private const int Rows = 5;

    /// <summary>Five nodes: one has no edges, one has most of them.</summary>
    public static DeviceSample Convolution(ChannelwiseProgram program)
    {
        long[] source = [1, 2, 4, 0, 1, 1, 3], destination = [0, 1, 1, 1, 1, 2, 4];
        var graph = Graph.FromEdges(tensor(source, device: CPU), tensor(destination, device: CPU), Rows);
        var index = new DeviceIndex(graph.Topology, runLength: 2);
        return new(
            ["x", "y", "w"],
            DeviceOperations.ConvolutionSizes(program, graph, index),
            index.Tensors,
            [Numbers(Rows, program.X.Sum(BilinearProgram.Width)), Numbers(source.Length, program.Columns), Numbers(source.Length, program.WeightCount)],
            new ConvolutionFunction(program, graph));
    }

    /// <summary>Five rows.</summary>
    public static DeviceSample Product(ChannelwiseProgram program)
    {
        Tensor[] inputs = [Numbers(Rows, program.X.Sum(BilinearProgram.Width)), Numbers(Rows, program.Columns)];
        return new(
            program.WeightCount == 0 ? ["x", "y"] : ["x", "y", "w"],
            new() { ["rows"] = Rows, ["wstep"] = program.WeightCount },
            new Dictionary<string, Tensor>(),
            program.WeightCount == 0 ? inputs : [.. inputs, Numbers(Rows, program.WeightCount)],
            new ChannelwiseFunction(program));
    }

    /// <summary>Five vectors, one of them zero.</summary>
    public static DeviceSample Harmonics(HarmonicProgram program)
    {
        var vectors = Numbers(Rows, 3);
        vectors[2].zero_();
        return new(["v"], new() { ["rows"] = Rows }, new Dictionary<string, Tensor>(), [vectors], new HarmonicFunction(program));
    }

    /// <summary>Five rows.</summary>
    public static DeviceSample Gate(GateProgram program) =>
        new(["x"], new() { ["rows"] = Rows }, new Dictionary<string, Tensor>(), [Numbers(Rows, program.Columns)], new GateFunction(program));

    /// <summary>Five rows of all elements in turn.</summary>
    public static DeviceSample Contraction(ContractionProgram program)
    {
        var rows = RowsByElement.Of([.. Enumerable.Range(0, Rows).Select(r => (long)r * 2 % program.Elements)], Rows, program.Elements, program.Name);
        var chunks = new RowChunks(rows, program.Elements);
        return new(
            ["x", "a"], chunks.Sizes, chunks.ToTensors(CPU),
            [Numbers(Rows, (long)program.Components * program.Copies), Numbers(program.Elements, (long)program.Order.Weigh.Rows * program.Copies)],
            new ContractionFunction(program, rows));
    }

    private static Tensor Numbers(long rows, long columns) => randn(rows, columns, ScalarType.Float64, CPU);
}

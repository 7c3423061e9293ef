using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Convolutions of so many copies: fewer than a vector has lanes, as many, one more, several vectors and pairs of vectors.</summary>
[EquivariantModule]
public sealed partial class CopiesConvolutions : nn.Module
{
    private const string Edges = "0e + 1o + 2e";
    private const string Keep = "0e + 1o + 1e + 2e";

    [Convolution("1x0e + 1x1o", Edges, Keep = Keep)]
    public partial Tensor Of1(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("2x0e + 2x1o", Edges, Keep = Keep)]
    public partial Tensor Of2(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("3x0e + 3x1o", Edges, Keep = Keep)]
    public partial Tensor Of3(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("7x0e + 7x1o", Edges, Keep = Keep)]
    public partial Tensor Of7(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("8x0e + 8x1o", Edges, Keep = Keep)]
    public partial Tensor Of8(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("9x0e + 9x1o", Edges, Keep = Keep)]
    public partial Tensor Of9(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("15x0e + 15x1o", Edges, Keep = Keep)]
    public partial Tensor Of15(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("16x0e + 16x1o", Edges, Keep = Keep)]
    public partial Tensor Of16(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("17x0e + 17x1o", Edges, Keep = Keep)]
    public partial Tensor Of17(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("25x0e + 25x1o", Edges, Keep = Keep)]
    public partial Tensor Of25(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("40x0e + 40x1o", Edges, Keep = Keep)]
    public partial Tensor Of40(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("125x0e + 125x1o", Edges, Keep = Keep)]
    public partial Tensor Of125(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("128x0e + 128x1o", Edges, Keep = Keep)]
    public partial Tensor Of128(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
}

/// <summary>Tensor products of so many copies.</summary>
[EquivariantModule]
public sealed partial class CopiesProducts : nn.Module
{
    private const string Y = "0e + 1o";

    [TensorProduct("1x0e + 1x1o", Y, "1x0e + 1x1o + 1x1e + 1x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of1(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("2x0e + 2x1o", Y, "2x0e + 2x1o + 2x1e + 2x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of2(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("3x0e + 3x1o", Y, "3x0e + 3x1o + 3x1e + 3x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of3(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("7x0e + 7x1o", Y, "7x0e + 7x1o + 7x1e + 7x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of7(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("8x0e + 8x1o", Y, "8x0e + 8x1o + 8x1e + 8x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of8(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("9x0e + 9x1o", Y, "9x0e + 9x1o + 9x1e + 9x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of9(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("15x0e + 15x1o", Y, "15x0e + 15x1o + 15x1e + 15x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of15(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("16x0e + 16x1o", Y, "16x0e + 16x1o + 16x1e + 16x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of16(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("17x0e + 17x1o", Y, "17x0e + 17x1o + 17x1e + 17x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of17(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("25x0e + 25x1o", Y, "25x0e + 25x1o + 25x1e + 25x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of25(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("40x0e + 40x1o", Y, "40x0e + 40x1o + 40x1e + 40x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of40(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("125x0e + 125x1o", Y, "125x0e + 125x1o + 125x1e + 125x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of125(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("128x0e + 128x1o", Y, "128x0e + 128x1o + 128x1e + 128x2e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Of128(Tensor x, Tensor y, Tensor weights);
}

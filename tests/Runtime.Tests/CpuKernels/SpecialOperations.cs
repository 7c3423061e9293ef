using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Operations that CPU kernels take, with what is special about each in its name.</summary>
[EquivariantModule]
public sealed partial class SpecialOperations : nn.Module
{
    private const string X = "9x0e + 9x1o + 9x2e";
    private const string Y = "2x0e + 3x1o";
    private const string Z = "9x0e + 9x1o + 9x1e + 9x2e";

    [TensorProduct(X, Y, Z, Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor CopiesOfY(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Z, Mode = ConnectionMode.UVU, Weights = WeightKind.Shared)]
    public partial Tensor SharedWeights(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Z, Mode = ConnectionMode.UVU)]
    public partial Tensor InternalWeights(Tensor x, Tensor y);

    [TensorProduct(X, Y, Z, Mode = ConnectionMode.UVU, Weights = WeightKind.None)]
    public partial Tensor NoWeights(Tensor x, Tensor y);

    [TensorProduct("16x0e + 16x1o", "0e + 1o", "16x0e + 16x1o", Mode = ConnectionMode.UVU, Weights = WeightKind.Shared)]
    public partial Tensor SharedWholeVectors(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("3x0e + 0x1o + 3x1e + 0x2e", "0e + 0x1o + 1e", "3x0e + 0x1o + 3x1e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(0, 2, 2), Path(1, 0, 1), Path(2, 0, 2), Path(2, 2, 0), Path(0, 1, 1, Weight = 2)]
    public partial Tensor EmptySegments(Tensor x, Tensor y, Tensor weights);

    [Convolution("3x0e + 0x1o + 5x1e", "0e + 0x1o + 2e")]
    public partial Tensor EmptySegmentsOfNodes(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [TensorProduct("4x1o + 4x1o + 4x0e", "1o + 0e + 1o", "4x0e + 4x1o + 4x0e + 4x1e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor RepeatedIrreps(Tensor x, Tensor y, Tensor weights);

    [Convolution("4x1o + 5x1o + 4x0e + 9x1o", "1o + 0e + 1o", Keep = "0e + 1o + 2e")]
    public partial Tensor RepeatedIrrepsOfNodes(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("5x0e + 9x1o", "2x0e + 3x1o", Keep = "0e + 1o + 1e + 2e")]
    public partial Tensor CopiesOfEdges(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    /// <summary>Beyond what is unrolled.</summary>
    [TensorProduct("9x6e + 9x5o", "6e + 3o", "9x6e + 9x4o + 9x11o + 9x8e", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor HighDegrees(Tensor x, Tensor y, Tensor weights);

    [Convolution("2x6e + 9x3o", "6e + 3o + 1o", Keep = "6e + 2e + 7o")]
    public partial Tensor HighDegreesOfNodes(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("5x0e", "0e")]
    public partial Tensor Scalars(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    /// <summary>Both factors alike, so that one tensor can be both.</summary>
    [TensorProduct("0e + 1o", "0e + 1o", "0e + 1o + 2e", Mode = ConnectionMode.UVU)]
    public partial Tensor Square(Tensor x, Tensor y);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Convolutions, and beside each the tensor product of its messages: one output segment a path, sorted.</summary>
[EquivariantModule]
public sealed partial class Convolutions : nn.Module
{
    public const string Nodes = "4x0e + 3x1o + 2x2e";
    public const string Edges = "0e + 1o + 2e";

    [Convolution(Nodes, Edges, Keep = "0e + 1o + 1e + 2e")]
    public partial Tensor Kept(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [TensorProduct(Nodes, Edges, "4x0e + 3x0e + 2x0e + 4x1o + 3x1o + 3x1o + 2x1o + 3x1e + 2x1e + 4x2e + 3x2e + 2x2e + 2x2e",
        Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(0, 1, 3), Path(0, 2, 9), Path(1, 0, 4), Path(1, 1, 1), Path(1, 1, 7), Path(1, 1, 10), Path(1, 2, 5)]
    [Path(2, 0, 11), Path(2, 1, 6), Path(2, 2, 2), Path(2, 2, 8), Path(2, 2, 12)]
    public partial Tensor KeptMessages(Tensor x, Tensor y, Tensor weights);

    /// <summary>Edge attributes with several copies: each path has a weight for every pair of copies.</summary>
    [Convolution("3x0e + 2x1o + 2x1e", "0e + 2x1o + 3x2e")]
    public partial Tensor Copies(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [TensorProduct("3x0e + 2x1o + 2x1e", "0e + 2x1o + 3x2e",
        "2x0o + 3x0e + 2x0e + 3x1o + 2x1o + 2x1o + 2x1o + 2x1e + 2x1e + 2x1e + 2x2o + 2x2o + 3x2e + 2x2e + 2x2e + 2x3o + 2x3e",
        Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 1), Path(0, 1, 3), Path(0, 2, 12), Path(1, 0, 4), Path(1, 1, 2), Path(1, 1, 7), Path(1, 1, 13), Path(1, 2, 5)]
    [Path(1, 2, 10), Path(1, 2, 15), Path(2, 0, 8), Path(2, 1, 0), Path(2, 1, 6), Path(2, 1, 11), Path(2, 2, 9), Path(2, 2, 14)]
    [Path(2, 2, 16)]
    public partial Tensor CopiesMessages(Tensor x, Tensor y, Tensor weights);

    /// <summary>Nodes of scalars only, edges with copies of scalars.</summary>
    [Convolution("2x0e + 2x1o", "2x0e + 1o", Keep = "0e + 1o")]
    public partial Tensor Scalars(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [TensorProduct("2x0e + 2x1o", "2x0e + 1o", "2x0e + 2x0e + 2x1o + 2x1o", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(0, 1, 2), Path(1, 0, 3), Path(1, 1, 1)]
    public partial Tensor ScalarsMessages(Tensor x, Tensor y, Tensor weights);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Modules;

/// <summary>The product of a message: every path to l ≤ 2, weights a row.</summary>
[EquivariantModule]
internal sealed partial class Uvu64 : nn.Module
{
    public const string Nodes = "64x0e + 64x1o + 64x2e";
    private const string Edges = "0e + 1o + 2e + 3o";
    private const string Messages = "64x0e + 64x0e + 64x0e + 64x1o + 64x1o + 64x1o + 64x1o + 64x1o + 64x1e + 64x1e"
        + " + 64x2o + 64x2o + 64x2o + 64x2e + 64x2e + 64x2e + 64x2e + 64x2e";

    [TensorProduct(Nodes, Edges, Messages, Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(0, 1, 3), Path(0, 2, 13), Path(1, 0, 4), Path(1, 1, 1), Path(1, 1, 8)]
    [Path(1, 1, 14), Path(1, 2, 5), Path(1, 2, 10), Path(1, 3, 15), Path(2, 0, 16), Path(2, 1, 6)]
    [Path(2, 1, 11), Path(2, 2, 2), Path(2, 2, 9), Path(2, 2, 17), Path(2, 3, 7), Path(2, 3, 12)]
    public partial Tensor Apply(Tensor x, Tensor y, Tensor weights);
}

/// <summary>The product of MACE's messages at 128 channels: natural parities only.</summary>
[EquivariantModule]
internal sealed partial class Mace : nn.Module
{
    public const string Nodes = "128x0e + 128x1o + 128x2e + 128x3o";
    private const string Edges = "0e + 1o + 2e + 3o";
    private const string Messages = "128x0e + 128x0e + 128x0e + 128x0e + 128x1o + 128x1o + 128x1o + 128x1o + 128x1o + 128x1o"
        + " + 128x2e + 128x2e + 128x2e + 128x2e + 128x2e + 128x2e + 128x2e + 128x3o + 128x3o + 128x3o + 128x3o + 128x3o + 128x3o";

    [TensorProduct(Nodes, Edges, Messages, Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(0, 1, 4), Path(0, 2, 10), Path(0, 3, 17), Path(1, 0, 5), Path(1, 1, 1)]
    [Path(1, 1, 11), Path(1, 2, 6), Path(1, 2, 18), Path(1, 3, 12), Path(2, 0, 13), Path(2, 1, 7)]
    [Path(2, 1, 19), Path(2, 2, 2), Path(2, 2, 14), Path(2, 3, 8), Path(2, 3, 20), Path(3, 0, 21)]
    [Path(3, 1, 15), Path(3, 2, 9), Path(3, 2, 22), Path(3, 3, 3), Path(3, 3, 16)]
    public partial Tensor Apply(Tensor x, Tensor y, Tensor weights);
}

/// <summary>A small product: every path.</summary>
[EquivariantModule]
internal sealed partial class Small : nn.Module
{
    public const string Nodes = "16x0e + 16x1o";
    private const string Edges = "0e + 1o + 2e + 3o";
    private const string Messages = "16x0e + 16x0e + 16x1o + 16x1o + 16x1o + 16x1e + 16x2o + 16x2e + 16x2e + 16x2e + 16x3o + 16x3o + 16x3e + 16x4e";

    [TensorProduct(Nodes, Edges, Messages, Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(0, 1, 2), Path(0, 2, 7), Path(0, 3, 10), Path(1, 0, 3), Path(1, 1, 1)]
    [Path(1, 1, 5), Path(1, 1, 8), Path(1, 2, 4), Path(1, 2, 6), Path(1, 2, 11), Path(1, 3, 9)]
    [Path(1, 3, 12), Path(1, 3, 13)]
    public partial Tensor Apply(Tensor x, Tensor y, Tensor weights);
}

/// <summary>Fully connected, weights of the module.</summary>
[EquivariantModule]
internal sealed partial class FullyConnected : nn.Module
{
    public const string Features = "32x0e + 32x1o + 32x2e";
    public const string Attributes = "0e + 1o + 2e";

    [TensorProduct(Features, Attributes, Features)]
    public partial Tensor Apply(Tensor x, Tensor y);
}

/// <summary>Features times themselves: every pair of copies, without weights.</summary>
[EquivariantModule]
internal sealed partial class Square : nn.Module
{
    public const string Features = "8x0e + 8x1o";
    public const string Pairs = "64x0e + 64x0e + 64x1o + 64x1o + 64x1e + 64x2e";

    [TensorProduct(Features, Features, Pairs, Mode = ConnectionMode.UVUV, Weights = WeightKind.None)]
    [Path(0, 0, 0), Path(0, 1, 2), Path(1, 0, 3), Path(1, 1, 1), Path(1, 1, 4), Path(1, 1, 5)]
    public partial Tensor Apply(Tensor x, Tensor y);
}

/// <summary>The linear map.</summary>
[EquivariantModule]
internal sealed partial class LinearMap : nn.Module
{
    public const string Features = "128x0e + 128x1o + 128x2e";

    [Linear(Features, Features)]
    public partial Tensor Apply(Tensor x);
}

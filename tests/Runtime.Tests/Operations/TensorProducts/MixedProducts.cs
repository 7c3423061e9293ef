using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.mixed_modes.*: a mode for each path, some without weights.</summary>
[EquivariantModule]
public sealed partial class MixedProducts : nn.Module
{
    private const string X = "2x0e + 3x1o";
    private const string Y = "3x0e + 2x1o + 3x1o";
    private const string Out = "6x0e + 2x1o + 3x1o + 3x1e + 4x2e + 3x0e + 2x0e";

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared)]
    [Path(0, 1, 1, Mode = ConnectionMode.UUU), Path(0, 0, 0, Mode = ConnectionMode.UVUV, HasWeight = false, Weight = 0.5)]
    [Path(1, 0, 2, Mode = ConnectionMode.UVU), Path(1, 2, 3, Mode = ConnectionMode.UUU, HasWeight = false)]
    [Path(1, 1, 4, Weight = 2), Path(1, 2, 5, Mode = ConnectionMode.UVV), Path(1, 2, 5, Mode = ConnectionMode.UUW)]
    [Path(0, 0, 6, Mode = ConnectionMode.UVU), Path(1, 2, 4, Mode = ConnectionMode.UUW)]
    public partial Tensor Shared(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.PerSample)]
    [Path(0, 1, 1, Mode = ConnectionMode.UUU), Path(0, 0, 0, Mode = ConnectionMode.UVUV, HasWeight = false, Weight = 0.5)]
    [Path(1, 0, 2, Mode = ConnectionMode.UVU), Path(1, 2, 3, Mode = ConnectionMode.UUU, HasWeight = false)]
    [Path(1, 1, 4, Weight = 2), Path(1, 2, 5, Mode = ConnectionMode.UVV), Path(1, 2, 5, Mode = ConnectionMode.UUW)]
    [Path(0, 0, 6, Mode = ConnectionMode.UVU), Path(1, 2, 4, Mode = ConnectionMode.UUW)]
    public partial Tensor Sample(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out)]
    [Path(0, 1, 1, Mode = ConnectionMode.UUU), Path(0, 0, 0, Mode = ConnectionMode.UVUV, HasWeight = false, Weight = 0.5)]
    [Path(1, 0, 2, Mode = ConnectionMode.UVU), Path(1, 2, 3, Mode = ConnectionMode.UUU, HasWeight = false)]
    [Path(1, 1, 4, Weight = 2), Path(1, 2, 5, Mode = ConnectionMode.UVV), Path(1, 2, 5, Mode = ConnectionMode.UUW)]
    [Path(0, 0, 6, Mode = ConnectionMode.UVU), Path(1, 2, 4, Mode = ConnectionMode.UUW)]
    public partial Tensor Internal(Tensor x, Tensor y);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.zero_multiplicity (segments without copies) and tp.right.* (inputs that some paths skip).</summary>
[EquivariantModule]
public sealed partial class OtherProducts : nn.Module
{
    private const string X = "0x1o + 2x0e + 3x1o";
    private const string Y = "1x1o + 0x2e + 2x0e";
    private const string Out = "2x1o + 0x0e + 1x0e";

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared)]
    public partial Tensor ZeroMultiplicity(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("3x0e + 2x1o + 1x2e + 2x0o", "2x0e + 1x1o + 2x1e + 1x3o", "2x0e + 3x1e + 1x2e + 2x3e", Weights = WeightKind.Shared)]
    [Path(0, 0, 0), Path(1, 1, 1, Weight = 0.5), Path(1, 3, 3, Weight = 2), Path(2, 2, 2), Path(3, 1, 1, Weight = 1.25)]
    public partial Tensor RightUvw(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("2x0e + 3x1o + 1x2o", "3x0e + 1x1o + 2x2e + 2x0o", "3x0e + 1x0e + 2x2e + 2x3o + 1x3e",
        Mode = ConnectionMode.UVV, Weights = WeightKind.Shared)]
    [Path(0, 0, 0), Path(1, 1, 1, Weight = 0.5), Path(1, 2, 3, HasWeight = false, Weight = 2), Path(2, 1, 4)]
    [Path(2, 3, 2, Weight = 1.25)]
    public partial Tensor RightUvv(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("2x0e + 3x1o + 1x2e", "2x0e + 1x1o + 2x1e + 1x3o", "4x0e + 3x0e + 1x1o + 6x2o + 1x2o",
        Mode = ConnectionMode.UVUV, Weights = WeightKind.Shared)]
    [Path(0, 0, 0), Path(1, 1, 1, Weight = 0.5), Path(1, 2, 3, HasWeight = false, Weight = 2), Path(2, 1, 4)]
    [Path(2, 3, 2, Weight = 1.25)]
    public partial Tensor RightUvuv(Tensor x, Tensor y, Tensor weights);

#pragma warning disable E3G0204 // e3nn does not mind inputs that nothing reads

    [TensorProduct("3x0e + 2x1o + 1x2e + 2x1e + 4x0o", "1x0e + 2x1o + 1x2e + 3x3o", "3x0e + 2x1o + 2x1e + 1x3o + 2x3o",
        Mode = ConnectionMode.UVU, Weights = WeightKind.Shared)]
    [Path(0, 0, 0), Path(1, 2, 1, Weight = 0.5), Path(2, 1, 3, HasWeight = false, Weight = 2), Path(3, 0, 2)]
    [Path(3, 3, 4, Weight = 1.25)]
    public partial Tensor RightUvu(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("3x0e + 2x1o + 3x2e + 2x1e", "3x1o + 2x0e + 2x2o + 3x3o", "1x1o + 1x1e + 3x2e + 1x3o",
        Mode = ConnectionMode.UUW, Weights = WeightKind.Shared)]
    [Path(0, 0, 0), Path(1, 2, 2, Weight = 0.5), Path(2, 0, 3, HasWeight = false, Weight = 2), Path(3, 1, 1)]
    public partial Tensor RightUuw(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("3x0e + 2x1o + 3x2e + 2x1e + 1x0o", "3x1o + 2x1o + 2x2o + 3x3o + 1x1e", "3x1o + 2x1o + 1x1o + 2x1e + 3x3o",
        Mode = ConnectionMode.UUU, Weights = WeightKind.Shared)]
    [Path(0, 0, 0), Path(1, 2, 3, Weight = 0.5), Path(2, 0, 4, HasWeight = false, Weight = 2), Path(3, 1, 1)]
    [Path(4, 4, 2, Weight = 1.25)]
    public partial Tensor RightUuu(Tensor x, Tensor y, Tensor weights);
}

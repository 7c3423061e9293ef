using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.uvu.*: output copies follow the first input.</summary>
[EquivariantModule]
public sealed partial class UvuProducts : nn.Module
{
    private const string X = "3x0e + 2x1o + 1x2e + 2x1e + 4x0o";
    private const string Y = "1x0e + 2x1o + 1x2e + 3x3o";
    private const string Out = "4x0o + 3x0e + 1x1o + 2x1e + 1x1e + 2x2o + 1x2o + 3x3o + 2x3e + 4x3e";

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVU, Weights = WeightKind.Shared)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor SharedComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVU, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor SharedComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVU, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor SharedNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVU, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor SharedNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor SampleComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor SampleComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor SampleNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor SampleNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVU)]
    [Path(0, 0, 1), Path(0, 3, 7, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 5)]
    [Path(1, 3, 8, Weight = 1.25), Path(2, 1, 6, HasWeight = false), Path(2, 2, 4, Weight = 0.5), Path(2, 3, 2, Weight = 2)]
    [Path(3, 0, 3, HasWeight = false), Path(3, 1, 5, Weight = 1.25), Path(3, 2, 8)]
    [Path(4, 0, 0, HasWeight = false, Weight = 0.5), Path(4, 3, 9, Weight = 2)]
    public partial Tensor InternalComponentElement(Tensor x, Tensor y);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.uvuv.*: every pair of copies.</summary>
[EquivariantModule]
public sealed partial class UvuvProducts : nn.Module
{
    private const string X = "2x0e + 3x1o + 1x2e";
    private const string Y = "2x0e + 1x1o + 2x1e + 1x3o";
    private const string Out = "6x0o + 4x0e + 6x1o + 1x1o + 4x1e + 3x1e + 6x2o + 2x2e + 1x3o + 3x3e";

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVUV, Weights = WeightKind.Shared)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor SharedComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVUV, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor SharedComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVUV, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor SharedNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVUV, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor SharedNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVUV, Weights = WeightKind.PerSample)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor SampleComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVUV, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor SampleComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVUV, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor SampleNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVUV, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor SampleNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVUV)]
    [Path(0, 0, 1), Path(0, 2, 4, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 5)]
    [Path(1, 2, 0, Weight = 1.25), Path(1, 2, 6, HasWeight = false), Path(1, 3, 9, Weight = 0.5), Path(2, 1, 3, Weight = 2)]
    [Path(2, 1, 8, HasWeight = false), Path(2, 2, 7, Weight = 1.25), Path(2, 3, 3)]
    [Path(2, 3, 8, HasWeight = false, Weight = 0.5)]
    public partial Tensor InternalComponentElement(Tensor x, Tensor y);
}

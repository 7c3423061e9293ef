using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.uvw.*: fully connected.</summary>
[EquivariantModule]
public sealed partial class UvwProducts : nn.Module
{
    private const string X = "3x0e + 2x1o + 1x2e + 2x0o";
    private const string Y = "2x0e + 1x1o + 2x1e + 1x3o";
    private const string Out = "2x0o + 2x0e + 3x1o + 3x1e + 1x2o + 1x2e + 2x3o + 2x3e";

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor SharedComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor SharedComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor SharedNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor SharedNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.PerSample)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor SampleComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor SampleComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor SampleNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor SampleNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out)]
    [Path(0, 0, 1), Path(0, 2, 3, Weight = 0.5), Path(1, 0, 2, Weight = 2), Path(1, 1, 3), Path(1, 2, 0, Weight = 1.25)]
    [Path(1, 2, 4), Path(1, 3, 7, Weight = 0.5), Path(2, 1, 2, Weight = 2), Path(2, 1, 6), Path(2, 2, 5, Weight = 1.25)]
    [Path(2, 3, 2), Path(2, 3, 6, Weight = 0.5), Path(3, 1, 3, Weight = 2), Path(3, 3, 7)]
    public partial Tensor InternalComponentElement(Tensor x, Tensor y);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.uvv.*: output copies follow the second input.</summary>
[EquivariantModule]
public sealed partial class UvvProducts : nn.Module
{
    private const string X = "2x0e + 3x1o + 1x2o";
    private const string Y = "3x0e + 1x1o + 2x2e + 2x0o";
    private const string Out = "2x0o + 3x0e + 3x1o + 2x1o + 1x1e + 3x2o + 2x2o + 2x2e + 1x2e + 2x3o";

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVV, Weights = WeightKind.Shared)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor SharedComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVV, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor SharedComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVV, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor SharedNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVV, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor SharedNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVV, Weights = WeightKind.PerSample)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor SampleComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVV, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor SampleComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVV, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor SampleNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVV, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor SampleNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVV)]
    [Path(0, 0, 1), Path(0, 2, 7, Weight = 0.5), Path(1, 0, 2, HasWeight = false, Weight = 2), Path(1, 1, 4)]
    [Path(1, 2, 3, Weight = 1.25), Path(1, 2, 9, HasWeight = false), Path(2, 0, 5, Weight = 0.5), Path(2, 1, 8, Weight = 2)]
    [Path(2, 2, 0, HasWeight = false), Path(2, 2, 6, Weight = 1.25), Path(2, 3, 7)]
    public partial Tensor InternalComponentElement(Tensor x, Tensor y);
}

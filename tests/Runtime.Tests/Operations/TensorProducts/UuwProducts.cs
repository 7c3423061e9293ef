using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.uuw.*: copies paired, then mixed.</summary>
[EquivariantModule]
public sealed partial class UuwProducts : nn.Module
{
    private const string X = "3x0e + 2x1o + 3x2e + 2x1e";
    private const string Y = "3x1o + 2x0e + 2x2o + 3x3o";
    private const string Out = "1x1o + 1x1e + 1x2o + 3x2o + 1x2e + 2x3o";

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUW, Weights = WeightKind.Shared)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor SharedComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUW, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor SharedComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUW, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor SharedNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UUW, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor SharedNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUW, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor SampleComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUW, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor SampleComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUW, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor SampleNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UUW, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor SampleNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUW)]
    [Path(0, 0, 0), Path(1, 1, 0, Weight = 0.5), Path(1, 2, 4, HasWeight = false, Weight = 2), Path(2, 0, 0)]
    [Path(2, 0, 5, Weight = 1.25), Path(2, 3, 2, HasWeight = false), Path(3, 1, 1, Weight = 0.5), Path(3, 2, 3, Weight = 2)]
    public partial Tensor InternalComponentElement(Tensor x, Tensor y);
}

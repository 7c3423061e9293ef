using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.uuu.*: copy by copy.</summary>
[EquivariantModule]
public sealed partial class UuuProducts : nn.Module
{
    private const string X = "3x0e + 2x1o + 3x2e + 2x1e + 1x0o";
    private const string Y = "3x1o + 2x1o + 2x2o + 3x3o + 1x1e";
    private const string Out = "2x0o + 2x0e + 3x1o + 1x1o + 3x2o + 2x2o + 2x2e + 3x3o";

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUU, Weights = WeightKind.Shared)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor SharedComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUU, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor SharedComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUU, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor SharedNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UUU, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor SharedNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor SampleComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUU, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor SampleComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUU, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor SampleNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UUU, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm,
        PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor SampleNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UUU)]
    [Path(0, 0, 2), Path(1, 1, 1, Weight = 0.5), Path(1, 1, 6, HasWeight = false, Weight = 2), Path(1, 2, 6)]
    [Path(2, 0, 2, Weight = 1.25), Path(2, 0, 7, HasWeight = false), Path(2, 3, 4, Weight = 0.5), Path(3, 1, 0, Weight = 2)]
    [Path(3, 1, 5, HasWeight = false), Path(3, 2, 5, Weight = 1.25), Path(4, 4, 3)]
    public partial Tensor InternalComponentElement(Tensor x, Tensor y);
}

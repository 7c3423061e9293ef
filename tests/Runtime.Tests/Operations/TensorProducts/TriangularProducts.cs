using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.uvu_lt_v.*: pairs u &lt; v, each with a result of its own.</summary>
[EquivariantModule]
public sealed partial class TriangularProducts : nn.Module
{
    private const string X = "3x0e + 2x1o + 3x2e + 4x0o";
    private const string Y = "3x1o + 2x1e + 2x2o + 3x2e + 4x1e";
    private const string Out = "1x0o + 3x1o + 3x1e + 1x2o + 1x2e + 3x3o + 3x3e";

#pragma warning disable E3G0204 // e3nn does not mind inputs that nothing reads

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVULessV, Weights = WeightKind.Shared)]
    [Path(0, 0, 1), Path(1, 1, 0, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 4)]
    [Path(2, 0, 1, Weight = 1.25), Path(2, 0, 5, HasWeight = false), Path(2, 3, 2, Weight = 0.5), Path(2, 3, 6, Weight = 2)]
    public partial Tensor SharedComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVULessV, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(1, 1, 0, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 4)]
    [Path(2, 0, 1, Weight = 1.25), Path(2, 0, 5, HasWeight = false), Path(2, 3, 2, Weight = 0.5), Path(2, 3, 6, Weight = 2)]
    public partial Tensor SharedComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVULessV, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(1, 1, 0, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 4)]
    [Path(2, 0, 1, Weight = 1.25), Path(2, 0, 5, HasWeight = false), Path(2, 3, 2, Weight = 0.5), Path(2, 3, 6, Weight = 2)]
    public partial Tensor SharedNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVULessV, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(1, 1, 0, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 4)]
    [Path(2, 0, 1, Weight = 1.25), Path(2, 0, 5, HasWeight = false), Path(2, 3, 2, Weight = 0.5), Path(2, 3, 6, Weight = 2)]
    public partial Tensor SharedNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVULessV, Weights = WeightKind.PerSample)]
    [Path(0, 0, 1), Path(1, 1, 0, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 4)]
    [Path(2, 0, 1, Weight = 1.25), Path(2, 0, 5, HasWeight = false), Path(2, 3, 2, Weight = 0.5), Path(2, 3, 6, Weight = 2)]
    public partial Tensor SampleComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Mode = ConnectionMode.UVULessV, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(1, 1, 0, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 4)]
    [Path(2, 0, 1, Weight = 1.25), Path(2, 0, 5, HasWeight = false), Path(2, 3, 2, Weight = 0.5), Path(2, 3, 6, Weight = 2)]
    public partial Tensor SampleComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVULessV, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 1), Path(1, 1, 0, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 4)]
    [Path(2, 0, 1, Weight = 1.25), Path(2, 0, 5, HasWeight = false), Path(2, 3, 2, Weight = 0.5), Path(2, 3, 6, Weight = 2)]
    public partial Tensor SampleNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Mode = ConnectionMode.UVULessV, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm, PathNormalization = PathNormalization.Path)]
    [Path(0, 0, 1), Path(1, 1, 0, Weight = 0.5), Path(1, 1, 3, HasWeight = false, Weight = 2), Path(1, 2, 4)]
    [Path(2, 0, 1, Weight = 1.25), Path(2, 0, 5, HasWeight = false), Path(2, 3, 2, Weight = 0.5), Path(2, 3, 6, Weight = 2)]
    public partial Tensor SampleNormPath(Tensor x, Tensor y, Tensor weights);
}

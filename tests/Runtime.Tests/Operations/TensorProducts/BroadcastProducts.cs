using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.broadcast.* (leading axes of the arguments are broadcast) and tp.normalization_none.</summary>
[EquivariantModule]
public sealed partial class BroadcastProducts : nn.Module
{
    private const string X = "2x0e + 1x1o + 1x2e";
    private const string Y = "1x0e + 2x1o + 1x1e";
    private const string Out = "2x0e + 1x1o + 3x1e + 1x2e + 1x2o + 2x0o";

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared)]
    [Path(0, 0, 0), Path(0, 1, 1), Path(0, 2, 2), Path(1, 0, 1, Weight = 1.5), Path(1, 1, 0), Path(1, 1, 2, Weight = 1.5)]
    [Path(1, 1, 3), Path(1, 2, 1), Path(1, 2, 4), Path(1, 2, 5, Weight = 1.25), Path(2, 0, 3, Weight = 1.5)]
    [Path(2, 1, 1, Weight = 1.5), Path(2, 1, 4, Weight = 1.5), Path(2, 2, 2, Weight = 1.5), Path(2, 2, 3)]
    public partial Tensor BroadcastShared(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(0, 1, 1), Path(0, 2, 2), Path(1, 0, 1, Weight = 1.5), Path(1, 1, 0), Path(1, 1, 2, Weight = 1.5)]
    [Path(1, 1, 3), Path(1, 2, 1), Path(1, 2, 4), Path(1, 2, 5, Weight = 1.25), Path(2, 0, 3, Weight = 1.5)]
    [Path(2, 1, 1, Weight = 1.5), Path(2, 1, 4, Weight = 1.5), Path(2, 2, 2, Weight = 1.5), Path(2, 2, 3)]
    public partial Tensor BroadcastSample(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.None, PathNormalization = PathNormalization.None)]
    [Path(0, 0, 0), Path(0, 1, 1), Path(0, 2, 2), Path(1, 0, 1, Weight = 1.5), Path(1, 1, 0), Path(1, 1, 2, Weight = 1.5)]
    [Path(1, 1, 3), Path(1, 2, 1), Path(1, 2, 4), Path(1, 2, 5, Weight = 1.25), Path(2, 0, 3, Weight = 1.5)]
    [Path(2, 1, 1, Weight = 1.5), Path(2, 1, 4, Weight = 1.5), Path(2, 2, 2, Weight = 1.5), Path(2, 2, 3)]
    public partial Tensor NormalizationNone(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, IrrepNormalization = IrrepNormalization.None, PathNormalization = PathNormalization.None)]
    [Path(0, 0, 0), Path(0, 1, 1), Path(0, 2, 2), Path(1, 0, 1, Weight = 1.5), Path(1, 1, 0), Path(1, 1, 2, Weight = 1.5)]
    [Path(1, 1, 3), Path(1, 2, 1), Path(1, 2, 4), Path(1, 2, 5, Weight = 1.25), Path(2, 0, 3, Weight = 1.5)]
    [Path(2, 1, 1, Weight = 1.5), Path(2, 1, 4, Weight = 1.5), Path(2, 2, 2, Weight = 1.5), Path(2, 2, 3)]
    public partial Tensor InternalNormalizationNone(Tensor x, Tensor y);
}

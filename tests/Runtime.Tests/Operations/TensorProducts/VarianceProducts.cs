using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases tp.variances.*: inputs and outputs whose variances are not 1.</summary>
[EquivariantModule]
public sealed partial class VarianceProducts : nn.Module
{
    private const string X = "2x0e + 1x1o + 1x2e";
    private const string Y = "1x0e + 2x1o + 1x1e";
    private const string Out = "2x0e + 1x1o + 3x1e + 1x2e + 1x2o + 2x0o";

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared,
        Input1Variances = [0.5, 1, 1.5], Input2Variances = [2, 1.5, 1], OutputVariances = [1, 1.25, 1.5, 1.75, 2, 2.25])]
    [Path(0, 0, 0), Path(0, 1, 1), Path(0, 2, 2), Path(1, 0, 1, Weight = 1.5), Path(1, 1, 0), Path(1, 1, 2, Weight = 1.5), Path(1, 1, 3), Path(1, 2, 1)]
    [Path(1, 2, 4), Path(1, 2, 5, Weight = 1.25), Path(2, 0, 3, Weight = 1.5), Path(2, 1, 1, Weight = 1.5), Path(2, 1, 4, Weight = 1.5), Path(2, 2, 2, Weight = 1.5), Path(2, 2, 3)]
    public partial Tensor Element(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path,
        Input1Variances = [0.5, 1, 1.5], Input2Variances = [2, 1.5, 1], OutputVariances = [1, 1.25, 1.5, 1.75, 2, 2.25])]
    [Path(0, 0, 0), Path(0, 1, 1), Path(0, 2, 2), Path(1, 0, 1, Weight = 1.5), Path(1, 1, 0), Path(1, 1, 2, Weight = 1.5), Path(1, 1, 3), Path(1, 2, 1)]
    [Path(1, 2, 4), Path(1, 2, 5, Weight = 1.25), Path(2, 0, 3, Weight = 1.5), Path(2, 1, 1, Weight = 1.5), Path(2, 1, 4, Weight = 1.5), Path(2, 2, 2, Weight = 1.5), Path(2, 2, 3)]
    public partial Tensor Path(Tensor x, Tensor y, Tensor weights);
}

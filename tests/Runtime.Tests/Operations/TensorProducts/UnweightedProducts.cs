using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases full.* and elementwise.*: products without weights.</summary>
[EquivariantModule]
public sealed partial class UnweightedProducts : nn.Module
{
    private const string X = "2x0e + 1x1o + 2x2e";
    private const string Y = "1x0o + 2x1o + 1x1e";
    private const string Full = "2x0o + 1x0o + 2x0e + 4x1o + 1x1o + 4x1o + 2x1e + 1x1e + 2x1e + 2x1e "
        + "+ 1x2o + 2x2o + 4x2o + 2x2e + 2x2e + 4x3o + 2x3e";
    private const string A = "4x1o + 1x1o + 3x0e + 2x2e";
    private const string B = "4x1e + 1x1o + 3x1o + 2x1o";
    private const string Paired = "4x0o + 4x1o + 4x2o + 1x0e + 1x1e + 1x2e + 3x1o + 2x1o + 2x2o + 2x3o";

    [TensorProduct(X, Y, Full, Mode = ConnectionMode.UVUV, Weights = WeightKind.None)]
    [Path(0, 0, 0), Path(0, 1, 3), Path(0, 2, 6), Path(1, 0, 7), Path(1, 1, 2), Path(1, 1, 8), Path(1, 1, 13)]
    [Path(1, 2, 1), Path(1, 2, 4), Path(1, 2, 10), Path(2, 0, 11), Path(2, 1, 5), Path(2, 1, 12), Path(2, 1, 15)]
    [Path(2, 2, 9), Path(2, 2, 14), Path(2, 2, 16)]
    public partial Tensor FullComponent(Tensor x, Tensor y);

    [TensorProduct(X, Y, Full, Mode = ConnectionMode.UVUV, Weights = WeightKind.None, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 0), Path(0, 1, 3), Path(0, 2, 6), Path(1, 0, 7), Path(1, 1, 2), Path(1, 1, 8), Path(1, 1, 13)]
    [Path(1, 2, 1), Path(1, 2, 4), Path(1, 2, 10), Path(2, 0, 11), Path(2, 1, 5), Path(2, 1, 12), Path(2, 1, 15)]
    [Path(2, 2, 9), Path(2, 2, 14), Path(2, 2, 16)]
    public partial Tensor FullNorm(Tensor x, Tensor y);

    [TensorProduct(A, B, Paired, Mode = ConnectionMode.UUU, Weights = WeightKind.None)]
    [Path(0, 0, 0), Path(0, 0, 1), Path(0, 0, 2), Path(1, 1, 3), Path(1, 1, 4), Path(1, 1, 5), Path(2, 2, 6), Path(3, 3, 7)]
    [Path(3, 3, 8), Path(3, 3, 9)]
    public partial Tensor ElementwiseComponent(Tensor x, Tensor y);

    [TensorProduct(A, B, Paired, Mode = ConnectionMode.UUU, Weights = WeightKind.None, IrrepNormalization = IrrepNormalization.Norm)]
    [Path(0, 0, 0), Path(0, 0, 1), Path(0, 0, 2), Path(1, 1, 3), Path(1, 1, 4), Path(1, 1, 5), Path(2, 2, 6), Path(3, 3, 7)]
    [Path(3, 3, 8), Path(3, 3, 9)]
    public partial Tensor ElementwiseNorm(Tensor x, Tensor y);
}

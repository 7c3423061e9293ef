using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases full.* and elementwise.*, as their own operations.</summary>
[EquivariantModule]
public sealed partial class DerivedProducts : nn.Module
{
    private const string X = "2x0e + 1x1o + 2x2e";
    private const string Y = "1x0o + 2x1o + 1x1e";
    private const string A = "5x1o + 3x0e + 2x2e";
    private const string B = "4x1e + 6x1o";

#pragma warning disable E3G0204 // e3nn does not mind inputs that nothing reads

    [FullTensorProduct(X, Y)]
    public partial Tensor FullComponent(Tensor x, Tensor y);

    [FullTensorProduct(X, Y, IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor FullNorm(Tensor x, Tensor y);

    [FullTensorProduct(X, Y, Keep = "0e + 1o + 2e")]
    public partial Tensor FullFilterComponent(Tensor x, Tensor y);

    [FullTensorProduct(X, Y, Keep = "0e + 1o + 2e", IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor FullFilterNorm(Tensor x, Tensor y);

    [ElementwiseTensorProduct(A, B)]
    public partial Tensor ElementwiseComponent(Tensor x, Tensor y);

    [ElementwiseTensorProduct(A, B, IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor ElementwiseNorm(Tensor x, Tensor y);

    [ElementwiseTensorProduct(A, B, Keep = "0e + 1e + 0o")]
    public partial Tensor ElementwiseFilterComponent(Tensor x, Tensor y);

    [ElementwiseTensorProduct(A, B, Keep = "0e + 1e + 0o", IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor ElementwiseFilterNorm(Tensor x, Tensor y);
}

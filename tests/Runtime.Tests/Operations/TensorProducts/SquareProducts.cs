using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases square.*: products of an argument with itself.</summary>
[EquivariantModule]
public sealed partial class SquareProducts : nn.Module
{
    private const string X = "3x0e + 2x1o + 1x2e";
    private const string Out = "2x0e + 1x1o + 3x2e + 1x1e";

    [TensorSquare(X)]
    public partial Tensor Component(Tensor x);

    [TensorSquare(X, IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor Norm(Tensor x);

    [TensorSquare(X, IrrepNormalization = IrrepNormalization.None)]
    public partial Tensor Unnormalized(Tensor x);

    [TensorSquare(X, Keep = "0e + 2e")]
    public partial Tensor FilterComponent(Tensor x);

    [TensorSquare(X, Keep = "0e + 2e", IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor FilterNorm(Tensor x);

    [TensorSquare(X, Out)]
    public partial Tensor InternalComponent(Tensor x);

    [TensorSquare(X, Out, Weights = WeightKind.Shared)]
    public partial Tensor WeightedComponent(Tensor x, Tensor weights);

    [TensorSquare(X, Out, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor WeightedNorm(Tensor x, Tensor weights);

    [TensorSquare(X, Out, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    public partial Tensor PerSample(Tensor x, Tensor weights);
}

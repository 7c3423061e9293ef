using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>The reference cases fctp.*: every allowed path, in the order in which weights are laid out.</summary>
[EquivariantModule]
public sealed partial class FullyConnectedProducts : nn.Module
{
    private const string X = "3x0e + 2x1o + 1x2e + 1x1e";
    private const string Y = "2x0e + 1x1o + 1x0o";
    private const string Out = "2x0e + 1x0o + 3x1o + 2x1e + 1x2e + 1x3o";

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared)]
    public partial Tensor SharedComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared, PathNormalization = PathNormalization.Path)]
    public partial Tensor SharedComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor SharedNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Weights = WeightKind.Shared, IrrepNormalization = IrrepNormalization.Norm, PathNormalization = PathNormalization.Path)]
    public partial Tensor SharedNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.PerSample)]
    public partial Tensor SampleComponentElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
    public partial Tensor SampleComponentPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor SampleNormElement(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out,
        Weights = WeightKind.PerSample, IrrepNormalization = IrrepNormalization.Norm, PathNormalization = PathNormalization.Path)]
    public partial Tensor SampleNormPath(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, Weights = WeightKind.Shared)]
    [Path("0e x 0e -> 0e"), Path("0e x 1o -> 1o"), Path("0e x 0o -> 0o"), Path("1o x 0e -> 1o"), Path("1o x 1o -> 0e")]
    [Path("1o x 1o -> 1e"), Path("1o x 1o -> 2e"), Path("1o x 0o -> 1e"), Path("2e x 0e -> 2e"), Path("2e x 1o -> 1o")]
    [Path("2e x 1o -> 3o"), Path("1e x 0e -> 1e"), Path("1e x 1o -> 0o"), Path("1e x 1o -> 1o"), Path("1e x 0o -> 1o")]
    public partial Tensor SharedPickedByIrreps(Tensor x, Tensor y, Tensor weights);

    [TensorProduct(X, Y, Out, IrrepNormalization = IrrepNormalization.Norm, PathNormalization = PathNormalization.Path)]
    public partial Tensor InternalNormPath(Tensor x, Tensor y);
}

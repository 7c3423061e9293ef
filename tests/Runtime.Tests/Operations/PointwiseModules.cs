using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Activations and functions of norms: the reference cases activation.* and norm_activation.*, and options that these lack.</summary>
[EquivariantModule]
public sealed partial class PointwiseModules : nn.Module
{
    public const string Scalars = "4x0e + 2x0o + 3x0o + 2x1o + 2x0e", Activated = "4x0e + 2x0o + 3x0e + 2x1o + 2x0e", Norms = "3x0e + 2x1o + 1x2e + 1x0o";

    [Activation(
        Scalars, ActivationFunction.Silu, ActivationFunction.Tanh, ActivationFunction.Abs, ActivationFunction.Identity, ActivationFunction.Gelu, Constants = MomentConstants.E3nn)]
    public partial Tensor Entries(Tensor x);

    [Activation("5x0e + 2x1o + 0x0o + 3x0o")]
    public partial Tensor Defaults(Tensor x);

    [Activation("2x0o + 2x0e", EvenScalars = ActivationFunction.Softplus, OddScalars = ActivationFunction.Square)]
    public partial Tensor ByParity(Tensor x);

    [NormActivation(Norms, ActivationFunction.Sigmoid)]
    public partial Tensor Sigmoid(Tensor x);

    [NormActivation(Norms, ActivationFunction.Silu, Bias = true)]
    public partial Tensor Bias(Tensor x);

    [NormActivation(Norms, ActivationFunction.Tanh, Epsilon = 0.5)]
    public partial Tensor Epsilon(Tensor x);

    [NormActivation(Norms, ActivationFunction.Gelu, Normalize = false, Bias = true)]
    public partial Tensor Factors(Tensor x);

    [NormActivation("2x1o + 0x2e", ActivationFunction.Sigmoid, Normalize = false)]
    public partial Tensor Vectors(Tensor x);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Gates: the reference cases gate.*, with e3nn's constants.</summary>
[EquivariantModule]
public sealed partial class Gates : nn.Module
{
    [Gate("4x0o", "2x1e + 3x1o", Gates = "5x0o", Constants = MomentConstants.E3nn)]
    public partial Tensor Doc(Tensor x);

    [Gate("4x0e + 2x0o", "3x1o + 2x2e + 2x1e", Gates = "3x0e + 4x0e", Constants = MomentConstants.E3nn)]
    public partial Tensor Mixed(Tensor x);

    [Gate("3x0e + 3x0o", "2x1o + 1x2o + 1x3o", Gates = "2x0o + 2x0e", Constants = MomentConstants.E3nn,
        EvenScalars = ActivationFunction.Relu, OddScalars = ActivationFunction.Abs)]
    public partial Tensor OddAbs(Tensor x);

    [Gate("3x0e + 2x0o", "", Constants = MomentConstants.E3nn)]
    public partial Tensor NoGated(Tensor x);

    /// <summary>Gates are given to gated irreps in order: here the first kind of gate ends inside of the second irrep.</summary>
    [Gate("", "2x1o + 3x2e", Gates = "3x0e + 2x0o", OddGates = ActivationFunction.Identity, EvenGates = ActivationFunction.Identity)]
    public partial Tensor Split(Tensor x);

    [Gate("20x0e + 20x0o", "30x1o")]
    public partial Tensor Wide(Tensor x);

    /// <summary>Two kinds of even scalars, and gates with a function for each gated irrep.</summary>
    [Gate("2x0e + 3x0e + 1x0o + 2x0o", "2x1o + 3x2e", ScalarFunctions = [ActivationFunction.Silu, ActivationFunction.Tanh, ActivationFunction.Sin, ActivationFunction.Abs],
        GateFunctions = new[] { ActivationFunction.Sigmoid, ActivationFunction.Gelu }, Constants = MomentConstants.E3nn)]
    public partial Tensor OfEntries(Tensor x);
}

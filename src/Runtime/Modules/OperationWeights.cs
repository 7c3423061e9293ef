using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Kernels;

/// <summary>
/// The parameters of one operation: <c>weight</c>, a flat vector in e3nn's order drawn from a standard normal, and where the operation has
/// biases <c>bias</c>, initially zero. Generated classes hold one such module for each operation, registered under the operation's name.
/// </summary>
public sealed class OperationWeights : nn.Module
{
    // Not readonly: TorchSharp replaces fields of this name when the module changes dtype or device.
    [TorchSharp.Utils.ComponentName(Name = "weight")]
    private Parameter _weight;

    [TorchSharp.Utils.ComponentName(Name = "bias")]
    private Parameter? _bias;

    /// <summary>Creates the parameters in the default dtype on the CPU.</summary>
    /// <param name="weights">Number of weights.</param>
    /// <param name="biases">Number of biases; 0 for none.</param>
    public OperationWeights(long weights, long biases = 0)
        : base(nameof(OperationWeights))
    {
        _weight = nn.Parameter(randn(weights));
        _bias = biases > 0 ? nn.Parameter(zeros(biases)) : null;
        _weight.DetachFromDisposeScope(); // a module made inside a scope outlives it
        _bias?.DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>The weights, shape [weights].</summary>
    public Parameter Weight => _weight;

    /// <summary>The biases, shape [biases].</summary>
    /// <exception cref="InvalidOperationException">The operation has no biases.</exception>
    public Parameter Bias => _bias ?? throw new InvalidOperationException("This operation has no biases.");
}

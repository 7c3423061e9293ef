using System.ComponentModel;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// The parameters of one operation: <c>weight</c>, a flat vector in e3nn's order drawn from a standard normal, and where the operation has
/// biases <c>bias</c>, initially zero. Generated classes hold one such module for each operation, registered under the operation's name.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OperationWeights : ParameterModule
{
    /// <summary>Creates the parameters in the default dtype on the CPU.</summary>
    /// <param name="weights">Number of weights.</param>
    /// <param name="biases">Number of biases; 0 for none.</param>
    /// <param name="deviations">Standard deviations of the weights, block after block; 1 for all where there are none.</param>
    public OperationWeights(long weights, long biases = 0, params (long Count, double Deviation)[] deviations)
        : base(nameof(OperationWeights))
    {
        using var scope = NewDisposeScope();
        var drawn = randn(weights);
        long first = 0;
        foreach (var (count, deviation) in deviations)
        {
            drawn.narrow(0, first, count).mul_(deviation.ToScalar());
            first += count;
        }

        Add("weight", drawn);

        if (biases > 0)
        {
            Add("bias", zeros(biases));
        }
    }

    /// <summary>The weights, shape [weights].</summary>
    public Parameter Weight => get_parameter("weight")!;

    /// <summary>The biases, shape [biases].</summary>
    /// <exception cref="InvalidOperationException">The operation has no biases.</exception>
    public Parameter Bias => get_parameter("bias") ?? throw new InvalidOperationException("This operation has no biases.");
}

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
    /// <param name="channels">Channels of input and output: weights have the shape [input, output, weights], biases [output, biases]; null for flat ones.</param>
    public OperationWeights(long weights, long biases = 0, (long Count, double Deviation)[]? deviations = null, (int Input, int Output)? channels = null)
        : base(nameof(OperationWeights))
    {
        using var scope = NewDisposeScope();
        var drawn = randn(weights);
        long first = 0;
        foreach (var (count, deviation) in deviations ?? [])
        {
            drawn.narrow(0, first, count).mul_(deviation.ToScalar());
            first += count;
        }

        Add("weight", channels is { } pairs ? drawn.view(pairs.Input, pairs.Output, -1).clone() : drawn);

        if (biases > 0)
        {
            Add("bias", channels is { } of ? zeros(of.Output, biases / of.Output) : zeros(biases));
        }
    }

    /// <summary>The weights, shape [weights], or [input channels, output channels, weights].</summary>
    public Parameter Weight => get_parameter("weight")!;

    /// <summary>The biases, shape [biases], or [output channels, biases].</summary>
    /// <exception cref="InvalidOperationException">The operation has no biases.</exception>
    public Parameter Bias => get_parameter("bias") ?? throw new InvalidOperationException("This operation has no biases.");
}

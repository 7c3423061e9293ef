using System.ComponentModel;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>The parameters of an operation that has only biases, under e3nn's name for them: <c>biases</c>, initially zero.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OperationBiases : ParameterModule
{
    /// <summary>Creates the parameters in the default dtype on the CPU.</summary>
    /// <param name="biases">Number of biases.</param>
    public OperationBiases(long biases)
        : base(nameof(OperationBiases)) => Add("biases", zeros(biases));

    /// <summary>The biases, shape [biases].</summary>
    public Parameter Biases => get_parameter("biases")!;
}

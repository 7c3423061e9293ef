using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// What does the work of a declared operation that TorchSharp operations make up. A generated class holds one for each such operation, registered under the operation's name,
/// so that parameters, buffers and the mode (training or evaluation) are those of the class.
/// </summary>
public abstract class Layer : ParameterModule
{
    private protected Layer(string label)
        : base(label) => Label = label;

    /// <summary>The operation's name in messages, such as "Interaction.Normalize".</summary>
    private protected string Label { get; }

    /// <summary>The argument must carry the irreps.</summary>
    private protected void Expect(Tensor x, Irreps irreps, string name) => Check.Features(x, irreps.Dim, irreps.ToString(), Named(name));

    /// <summary>The argument must have the type and the device of what the layer holds.</summary>
    private protected void ExpectLike(Tensor x, Tensor? held, string name)
    {
        if (held is not null)
        {
            Check.Alike(x, held, Label, $"'{Plain(name)}' and the module's weights");
        }
    }

    /// <summary>An argument in messages.</summary>
    private protected string Named(string argument) => $"{Label}, argument '{Plain(argument)}'";

    /// <summary>The name of an argument, as it is written in the call.</summary>
    private protected static string Plain(string argument) => argument.TrimStart('@');

    /// <summary>A parameter that may not be there.</summary>
    private protected Tensor? Parameter(string name) => has_parameter(name) ? get_parameter(name) : null;
}

using E3Gen.Generator.Model;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>
/// An operation that TorchSharp operations make up: a module of the runtime does its work, <c>E3Gen.Operations.{Kind}</c>, which the class holds in a field. Its method is one call
/// of that module with all arguments.
/// </summary>
/// <param name="Method">Its method.</param>
/// <param name="Kind">The name of its attribute and of the runtime's class.</param>
/// <param name="Input">Irreps of the first argument.</param>
/// <param name="Output">Irreps of the result.</param>
/// <param name="Options">What the module is made with.</param>
public record RuntimeModuleModel(MethodModel Method, string Kind, Irreps Input, Irreps Output, EquatableArray<ModuleOption> Options) : OperationModel(Method)
{
    public override string Kind { get; } = Kind;

    public override Irreps Input { get; } = Input;

    public override Irreps Output { get; } = Output;

    public override bool HasModule => true;

    public override bool MayReturnArgument => IsView;

    /// <summary>Whether the result may lie in the memory of the first argument.</summary>
    public bool IsView { get; init; }

    public override (long Weights, long Biases) Parameters => Held;

    /// <summary>Number of weights and of biases that the module holds.</summary>
    public (long Weights, long Biases) Held { get; init; }

    /// <summary>What it does, for the reader of its code.</summary>
    public string Summary { get; init; } = "";

    /// <summary>More of that: formulas, and what the state dict holds.</summary>
    public EquatableArray<string> Facts { get; init; }
}

/// <summary>A constructor argument of a module of the runtime.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Value">Irreps, a number, a flag, a value of an enum of ours, or an <see cref="EquatableArray{T}"/> of whole numbers.</param>
public readonly record struct ModuleOption(string Name, object Value)
{
    /// <summary>The options that are not what the runtime's class takes without them.</summary>
    public static IEnumerable<ModuleOption> Set(params (string Name, object Value, object Default)[] options) =>
        options.Where(o => !o.Value.Equals(o.Default)).Select(o => new ModuleOption(o.Name, o.Value));
}

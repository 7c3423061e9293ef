using E3Gen.Generator.Emission.Portable;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Emission;

/// <summary>Where an operation's body is written: the method, the names in reach, the constants of the file.</summary>
/// <param name="Writer">Receives the lines.</param>
/// <param name="Kernels">Constants of the file.</param>
/// <param name="Method">The method.</param>
/// <param name="Prefix">Start of the names of the operation's tables.</param>
/// <param name="Label">The operation's name in messages of exceptions.</param>
/// <param name="Weights">Expression for the operation's <c>OperationWeights</c>.</param>
/// <param name="StateName">The name under which they stand in the state dict.</param>
internal sealed record EmissionContext(
    SourceWriter Writer, KernelClass Kernels, MethodModel Method, string Prefix, string Label, string Weights, string StateName)
{
    private const string RecordingHook = "global::E3Gen.Operations.RecordingHook";

    public Locals Locals { get; } = new(Method.Arguments);

    public string Argument(int index) => Method.Arguments[index];

    /// <summary>Name of an argument as it stands in messages: "Interaction.Mix, argument 'nodes'".</summary>
    public string Named(int index) => $"\"{Label}, argument '{Method.Arguments[index].TrimStart('@')}'\"";

    /// <summary>Several arguments as they stand in messages: "'x', 'y' and 'weights'".</summary>
    public string Names(params int[] indices)
    {
        var names = indices.Select(i => $"'{Method.Arguments[i].TrimStart('@')}'").ToList();
        return $"\"{string.Join(", ", names.Take(names.Count - 1))} and {names[names.Count - 1]}\"";
    }

    public void CheckFeatures(int index, Irreps irreps) => CheckFeatures(index, irreps.Dim, irreps.ToString());

    public void CheckFeatures(int index, int columns, string what) =>
        Writer.Line($"global::E3Gen.Operations.Check.Features({Argument(index)}, {columns}, \"{what}\", {Named(index)});");

    public void CheckAlike(int first, int second) =>
        Writer.Line($"global::E3Gen.Operations.Check.Alike({Argument(first)}, {Argument(second)}, \"{Label}\", {Names(first, second)});");

    public void CheckWeights(int index) =>
        Writer.Line($"global::E3Gen.Operations.Check.Alike({Argument(index)}, {Weights}.Weight, \"{Label}\", \"'{Argument(index).TrimStart('@')}' and the module's weights\");");

    public void Scope() => Writer.Line($"using var {Locals.Name("scope")} = global::TorchSharp.torch.NewDisposeScope();");

    /// <summary>Name of a table of the operation.</summary>
    public string Table(int index) => char.IsDigit(Prefix[Prefix.Length - 1]) ? $"{Prefix}_{index}" : $"{Prefix}{index}";

    /// <summary>Shows the weights that the caller passes to who records the operation.</summary>
    public void ObserveWeights(int index) => Writer.Line($"{Argument(index)} = {RecordingHook}.Weights(this, \"{Label}\", {Argument(index)});");

    /// <summary>The result, shown to who records the operation.</summary>
    public string Result(string value) => $"{RecordingHook}.Result(this, \"{Label}\", {Argument(0)}, {value})";

    public void Return(string value)
    {
        string result = value;
        if (value.Contains('('))
        {
            result = Locals.Name("result");
            Writer.Line($"var {result} = {value};");
        }

        Writer.Line($"return {Result(result)}.MoveToOuterDisposeScope();");
    }
}

/// <summary>Prints operations: documentation, signature and the body of the portable backend.</summary>
internal static class OperationEmitter
{
    public static void Emit(OperationModel operation, EmissionContext context)
    {
        Documentation.Of(operation, context).Write(context.Writer, operation.Method.IsDocumented);
        if (operation.Method.Header.Contains("partial "))
        {
            context.Writer.Line(WellKnown.GeneratedCode);
        }

        context.Writer.Call($"{operation.Method.Header}(", operation.Method.Parameters, ")");
        using (context.Writer.Braces())
        {
            switch (operation)
            {
                case LinearModel linear:
                    LinearEmitter.Emit(linear, context);
                    break;
                case TensorProductModel product:
                    TensorProductEmitter.Emit(product, context);
                    break;
                case ConvolutionModel convolution:
                    ConvolutionEmitter.Emit(convolution, context);
                    break;
                case SphericalHarmonicsModel harmonics:
                    SphericalHarmonicsEmitter.Emit(harmonics, context);
                    break;
                case SymmetricContractionModel contraction:
                    SymmetricContractionEmitter.Emit(contraction, context);
                    break;
                case GateModel gate:
                    GateEmitter.Emit(gate, context);
                    break;
                case InvalidOperationModel:
                    context.Writer.Line($"throw new global::System.InvalidOperationException(\"{context.Label} was not generated: its declaration has errors.\");");
                    break;
            }
        }
    }
}

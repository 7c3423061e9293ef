using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Emission;

/// <summary>Where an operation's body is written: the method, the names in reach, the constants of the file.</summary>
/// <param name="Writer">Receives the lines.</param>
/// <param name="Kernels">Constants of the file.</param>
/// <param name="Method">The method.</param>
/// <param name="Prefix">Start of the names of the operation's tables.</param>
/// <param name="Label">The operation's name in messages of exceptions.</param>
/// <param name="Weights">Expression for the module that the class holds for the operation.</param>
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

    public void CheckWeights(int index, string parameter = "Weight", string what = "weights") =>
        Writer.Line($"global::E3Gen.Operations.Check.Alike({Argument(index)}, {Weights}.{parameter}, \"{Label}\", \"'{Argument(index).TrimStart('@')}' and the module's {what}\");");

    public void Scope() => Writer.Line($"using var {Locals.Name("scope")} = global::TorchSharp.torch.NewDisposeScope();");

    /// <summary>Flattens the leading axes of the first arguments and returns what restores them on the result.</summary>
    public string Rows(int arguments)
    {
        string rows = Locals.Name("rows");
        int[] rowwise = [.. Enumerable.Range(0, arguments)];
        string references = string.Join(", ", rowwise.Select(i => $"ref {Argument(i)}"));
        Writer.Line(arguments == 1
            ? $"var {rows} = global::E3Gen.Operations.Rows.Flatten({references});"
            : $"var {rows} = global::E3Gen.Operations.Rows.Broadcast({references}, \"{Label}\", {Names(rowwise)});");
        return rows;
    }

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

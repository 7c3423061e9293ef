using E3Gen.Flow.Tests.RandomPrograms.Language;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>A variable that gets the result of an operation.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Code">The operation.</param>
/// <param name="Operands">Names of what it works on.</param>
internal sealed record Step(string Name, Written<Tensor> Code, IReadOnlyList<string> Operands)
{
    public string Text => $"Tensor {Name} = {Code.Print(Operands)};";
}

/// <summary>A method of a few operations, of which each has a variable for its result.</summary>
internal sealed record Sample(int Index, IReadOnlyList<Argument> Arguments, IReadOnlyList<Step> Steps)
{
    public string Name => $"P{Index}";

    public string Text =>
        $"    public static Tensor {Name}({string.Join(", ", Arguments.Select(a => $"{a.Attribute} Tensor {a.Name}"))})\n    {{\n"
        + string.Concat(Steps.Select(s => $"        {s.Text}\n")) + $"        return {Steps[^1].Name};\n    }}\n";

    /// <summary>The values of all variables at the end.</summary>
    public Dictionary<string, Tensor> Run(IReadOnlyList<Tensor> arguments)
    {
        var values = new Dictionary<string, Tensor>();
        for (int i = 0; i < Arguments.Count; i++)
        {
            values[Arguments[i].Name] = arguments[i].detach().clone();
        }

        foreach (var step in Steps)
        {
            values[step.Name] = step.Code.Run([.. step.Operands.Select(o => values[o])]);
        }

        return values;
    }
}

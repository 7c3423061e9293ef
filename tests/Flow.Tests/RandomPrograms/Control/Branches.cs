using E3Gen.Flow.Tests.RandomPrograms.Language;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Control;

/// <summary>Steps that are taken under a condition, or something else instead.</summary>
internal static class Branches
{
    /// <summary>What a choice between a step's expression and another variable looks like.</summary>
    private static readonly Func<Step, string, string, (string Text, string Members)>[] All =
    [
        (s, c, other) => ($"Tensor {s.Name} = {c} ? {s.Value} : {other};", ""),
        (s, c, other) => ($"Tensor {s.Name};\n        if ({c})\n        {{\n            {s.Name} = {s.Value};\n        }}\n        else\n        {{\n            {s.Name} = {other};\n        }}", ""),
        (s, c, other) => ($"Tensor {s.Name} = {other};\n        if ({c})\n        {{\n            {s.Name} = {s.Value};\n        }}", ""),
        (s, c, other) => ($"bool is{s.Number} = {c};\n        Tensor {s.Name} = is{s.Number} switch {{ true => {s.Value}, false => {other} }};", ""),
        (s, c, other) => ($"int case{s.Number} = {c} ? 1 : 0;\n        Tensor {s.Name};\n        switch (case{s.Number})\n        {{\n            case 1:\n                {s.Name} = {s.Value};\n                break;\n            default:\n                {s.Name} = {other};\n                break;\n        }}", ""),
        (s, c, other) => ($"Tensor {s.Name} = Choose{s.Number}({c}, {other}, {s.Arguments});", $"private static Tensor Choose{s.Number}(bool isChosen, Tensor other, {s.Parameters})\n    {{\n        if (!isChosen)\n        {{\n            return other;\n        }}\n\n        return {s.Inner};\n    }}"),
        (s, c, other) => ($"Tensor {s.Name} = ({c} ? null : {other}) ?? {s.Value};", ""),
        (s, c, other) => ($"Tensor {s.Name} = new[] {{ {other}, {s.Value} }}[{c} ? 1 : 0];", ""),
        (s, c, other) => ($"Func<Tensor> choice{s.Number} = () => {other};\n        if ({c})\n        {{\n            choice{s.Number} = () => {s.Value};\n        }}\n        Tensor {s.Name} = choice{s.Number}();", ""),
        (s, c, other) => ($"Tensor {s.Name} = {other};\n        while ({c})\n        {{\n            {s.Name} = {s.Value};\n            break;\n        }}", ""),
    ];

    public static Statement Draw(Dice dice, Step step, Written<bool> condition, string tested, string other)
    {
        var (text, members) = dice.Pick(All)(step, condition.Print([tested]), other);
        return new Statement(text, Run) { Defines = step.Name, Members = members, Plain = Forms.Plain(step), Operands = Forms.Plain(step).Operands };

        void Run(Variables variables)
        {
            if (condition.Run([variables[tested]]))
            {
                step.Run(variables);
            }
            else
            {
                variables[step.Name] = variables[other];
            }
        }
    }

    /// <summary>A write that is done under a condition.</summary>
    public static Statement Guard(Statement write, Written<bool> condition, string tested) => new(
        $"if ({condition.Print([tested])})\n        {{\n            {write.Text}\n        }}",
        variables =>
        {
            if (condition.Run([variables[tested]]))
            {
                write.Run(variables);
            }
        })
    { Plain = write, Operands = write.Operands, Members = write.Members, Types = write.Types };

    /// <summary>A return before the end.</summary>
    public static Statement Return(string other, Written<bool> condition, string tested) => new(
        $"if ({condition.Print([tested])})\n        {{\n            return {other};\n        }}",
        variables =>
        {
            if (condition.Run([variables[tested]]))
            {
                variables.Returned ??= variables[other];
            }
        });
}

using E3Gen.Flow.Tests.RandomPrograms.Language;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Control;

/// <summary>Steps that are taken several times.</summary>
internal static class Loops
{
    /// <summary>A step applied again to what it yields.</summary>
    private static readonly Func<Step, int, string, (string Text, string Members)>[] Repetitions =
    [
        (s, n, body) => ($"Tensor {s.Name} = {s.Operands[0]};\n        for (int i{s.Number} = 0; i{s.Number} < {n}; i{s.Number}++)\n        {{\n            {s.Name} = {body};\n        }}", ""),
        (s, n, body) => ($"Tensor {s.Name} = {s.Operands[0]};\n        int left{s.Number} = {n};\n        while (left{s.Number}-- > 0)\n        {{\n            {s.Name} = {body};\n        }}", ""),
        (s, n, body) => ($"Tensor {s.Name} = {s.Operands[0]};\n        foreach (int i{s.Number} in Enumerable.Range(0, {n}))\n        {{\n            {s.Name} = {body};\n        }}", ""),
        (s, n, body) => ($"Tensor {s.Name} = {s.Operands[0]};\n        int done{s.Number} = 0;\n        do\n        {{\n            Tensor next{s.Number} = {body};\n            {s.Name} = next{s.Number};\n            done{s.Number}++;\n        }}\n        while (done{s.Number} < {n});", ""),
        (s, n, body) => ($"Tensor {s.Name} = {s.Operands[0]};\n        for (int i{s.Number} = 0; ; i{s.Number}++)\n        {{\n            if (i{s.Number} == {n})\n            {{\n                break;\n            }}\n\n            {s.Name} = {body};\n        }}", ""),
        (s, n, _) => ($"Tensor {s.Name} = Again{s.Number}({s.Arguments}, {n});", $"private static Tensor Again{s.Number}({s.Parameters}, int times) =>\n        times == 0 ? a0 : Again{s.Number}({s.Inner}{string.Concat(s.Operands.Skip(1).Select((_, i) => $", a{i + 1}"))}, times - 1);"),
        (s, n, _) => ($"Tensor {s.Name} = Enumerable.Range(0, {n}).Aggregate({s.Operands[0]}, (seen{s.Number}, _) => {s.Code.Print(["seen" + s.Number, .. s.Operands.Skip(1)])});", ""),
        (s, n, body) => ($"var list{s.Number} = new List<Tensor> {{ {s.Operands[0]} }};\n        for (int i{s.Number} = 0; i{s.Number} < {n}; i{s.Number}++)\n        {{\n            list{s.Number}.Add({s.Code.Print([$"list{s.Number}[^1]", .. s.Operands.Skip(1)])});\n        }}\n        Tensor {s.Name} = list{s.Number}[{n}];", ""),
    ];

    /// <summary>A step for every row of its first operand.</summary>
    private static readonly Func<Step, (string Text, Func<Step, Variables, Tensor> Run)>[] Rows =
    [
        s => ($"var rows{s.Number} = new List<Tensor>();\n        foreach (Tensor row{s.Number} in {s.Operands[0]}.unbind(0))\n        {{\n            rows{s.Number}.Add({OnRow(s)});\n        }}\n        Tensor {s.Name} = torch.stack(rows{s.Number}, 0);", (step, v) => stack(Each(step, v), 0)),
        s => ($"Tensor {s.Name} = torch.stack({s.Operands[0]}.unbind(0).Select(row{s.Number} => {OnRow(s)}).ToArray(), 0);", (step, v) => stack(Each(step, v), 0)),
        s => ($"var rows{s.Number} = new Tensor[{s.Operands[0]}.shape[0]];\n        for (int i{s.Number} = 0; i{s.Number} < rows{s.Number}.Length; i{s.Number}++)\n        {{\n            rows{s.Number}[i{s.Number}] = {s.Code.Print([$"{s.Operands[0]}[i{s.Number}]", .. s.Operands.Skip(1)])};\n        }}\n        Tensor {s.Name} = torch.stack(rows{s.Number}, 0);", (step, v) => stack(Each(step, v), 0)),
        s => ($"Tensor {s.Name} = torch.zeros(1, dtype: ScalarType.Float64);\n        foreach (Tensor row{s.Number} in {s.Operands[0]}.unbind(0))\n        {{\n            {s.Name} = {s.Name} + {OnRow(s)};\n        }}", (step, v) => Each(step, v).Aggregate(zeros(1, dtype: ScalarType.Float64), (a, b) => a + b)),
        s => ($"Tensor {s.Name} = torch.zeros_like({s.Operands[0]});\n        for (int i{s.Number} = 0; i{s.Number} < {s.Operands[0]}.shape[0]; i{s.Number}++)\n        {{\n            {s.Name}[i{s.Number}] = {s.Code.Print([$"{s.Operands[0]}[i{s.Number}]", .. s.Operands.Skip(1)])};\n        }}", (step, v) => zeros_like(v[step.Operands[0]]).copy_(stack(Each(step, v), 0))),
        s => ($"Tensor {s.Name} = {s.Operands[0]}.clone();\n        foreach (Tensor row{s.Number} in {s.Name}.unbind(0))\n        {{\n            row{s.Number}.copy_({OnRow(s)});\n        }}", (step, v) => v[step.Operands[0]].clone().copy_(stack(Each(step, v), 0))),
    ];

    /// <summary>A repetition, or a loop over rows; what does not fit throws when it is tried.</summary>
    public static Statement Draw(Dice dice, Step step)
    {
        if (dice.Chance(50))
        {
            int times = dice.Between(1, 3);
            var (text, members) = dice.Pick(Repetitions)(step, times, step.Code.Print([step.Name, .. step.Operands.Skip(1)]));
            return new Statement(text, v => v[step.Name] = Repeat(step, v, times)) { Defines = step.Name, Members = members, Plain = Forms.Plain(step), Operands = Forms.Plain(step).Operands };
        }

        var (loop, run) = dice.Pick(Rows)(step);
        return new Statement(loop, v => v[step.Name] = run(step, v)) { Defines = step.Name, Plain = Forms.Plain(step), Operands = Forms.Plain(step).Operands };
    }

    private static string OnRow(Step s) => s.Code.Print([$"row{s.Number}", .. s.Operands.Skip(1)]);

    private static Tensor Repeat(Step step, Variables variables, int times)
    {
        Tensor[] operands = variables.Of(step.Operands);
        for (int i = 0; i < times; i++)
        {
            operands[0] = step.Code.Run(operands);
        }

        return operands[0];
    }

    private static Tensor[] Each(Step step, Variables variables) => [.. variables[step.Operands[0]].unbind(0).Select(row => step.Code.Run([row, .. variables.Of(step.Operands.Skip(1))]))];
}

using E3Gen.Flow.Tests.RandomPrograms.Language;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Control;

/// <summary>The many ways to write into a tensor under another name than that under which it is read later.</summary>
internal static class WriteForms
{
    /// <summary>The step's name is that of a variable that is not declared; its number makes names unique.</summary>
    private static readonly Func<Step, Statement>[] All =
    [
        s => Of(s, $"Write{s.Number}({s.Arguments});", $"private static void Write{s.Number}({s.Parameters})\n    {{\n        {s.Inner};\n    }}"),
        s => Of(s, $"Write{s.Number}({s.Arguments});", $"private Tensor Write{s.Number}({s.Parameters}) => {s.Inner};"),
        s => Of(s, $"{s.Operands[0]}.Write{s.Number}({string.Join(", ", s.Operands.Skip(1))});", types: $"internal static class Writer{s.Number}\n{{\n    public static void Write{s.Number}(this {s.Parameters})\n    {{\n        {s.Inner};\n    }}\n}}"),
        s => Of(s, $"void Write{s.Number}({s.Parameters})\n        {{\n            {s.Inner};\n        }}\n\n        Write{s.Number}({s.Arguments});"),
        s => Of(s, $"void Write{s.Number}()\n        {{\n            {s.Value};\n        }}\n\n        Write{s.Number}();"),
        s => Of(s, $"Action write{s.Number} = () => {s.Value};\n        write{s.Number}();"),
        s => Of(s, $"Action<Tensor> write{s.Number} = target{s.Number} => {On(s, "target" + s.Number)};\n        write{s.Number}({s.Operands[0]});"),
        s => Of(s, $"Tensor same{s.Number} = {s.Operands[0]};\n        {On(s, "same" + s.Number)};"),
        s => Of(s, $"var array{s.Number} = new[] {{ {s.Operands[^1]}, {s.Operands[0]} }};\n        {On(s, $"array{s.Number}[1]")};"),
        s => Of(s, $"var list{s.Number} = new List<Tensor> {{ {s.Operands[0]} }};\n        {On(s, $"list{s.Number}[0]")};"),
        s => Of(s, $"var map{s.Number} = new Dictionary<int, Tensor> {{ [3] = {s.Operands[0]} }};\n        {On(s, $"map{s.Number}[3]")};"),
        s => Of(s, $"foreach (Tensor each{s.Number} in new[] {{ {s.Operands[0]} }})\n        {{\n            {On(s, "each" + s.Number)};\n        }}"),
        s => Of(s, $"var pair{s.Number} = (Target: {s.Operands[0]}, Other: {s.Operands[^1]});\n        {On(s, $"pair{s.Number}.Target")};"),
        s => Of(s, $"var (target{s.Number}, _) = ({s.Operands[0]}, {s.Operands[^1]});\n        {On(s, "target" + s.Number)};"),
        s => Of(s, $"var box{s.Number} = new Box{s.Number}({s.Operands[0]});\n        {On(s, $"box{s.Number}.Value")};", types: $"internal sealed record Box{s.Number}(Tensor Value);"),
        s => Of(s, $"_target{s.Number} = {s.Operands[0]};\n        {On(s, "_target" + s.Number)};", $"private Tensor _target{s.Number} = torch.zeros(1);"),
        s => Of(s, $"{On(s, $"Find{s.Number}({s.Operands[0]})")};", $"private static Tensor Find{s.Number}(Tensor a0) => a0;"),
        s => Of(s, $"{On(s, $"{s.Operands[0]}.view({s.Operands[0]}.shape)")};"),
        s => Of(s, $"{On(s, $"{s.Operands[0]}.alias()")};"),
        s => Of(s, $"{On(s, $"{s.Operands[0]}.detach()")};"),
        s => Of(s, $"for (int i{s.Number} = 0; i{s.Number} < 1; i{s.Number}++)\n        {{\n            {s.Value};\n        }}"),
        s => Of(s, $"using (torch.no_grad())\n        {{\n            {s.Value};\n        }}"),
    ];

    public static Statement Draw(Dice dice, Step step) => dice.Chance(60) ? Plain(step) : dice.Pick(All)(step);

    private static Statement Plain(Step step) => new(step.Value + ";", v => Run(step, v)) { Operands = (step.Operands, others => Plain(new Step(step.Name, step.Code, others))) };

    private static string On(Step step, string target) => step.Code.Print([target, .. step.Operands.Skip(1)]);

    private static Statement Of(Step step, string text, string members = "", string types = "") =>
        new(text, v => Run(step, v)) { Members = members, Types = types, Plain = Plain(step), Operands = Plain(step).Operands };

    private static void Run(Step step, Variables variables) => step.Code.Run(variables.Of(step.Operands));
}

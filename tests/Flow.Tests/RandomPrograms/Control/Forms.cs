using E3Gen.Flow.Tests.RandomPrograms.Language;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Control;

/// <summary>An expression that is about to become a variable.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Code">The expression.</param>
/// <param name="Operands">Its operands.</param>
internal sealed record Step(string Name, Written<Tensor> Code, IReadOnlyList<string> Operands)
{
    /// <summary>The expression.</summary>
    public string Value { get; } = Code.Print(Operands);

    /// <summary>The expression with names for the operands that do not occur elsewhere.</summary>
    public string Inner { get; } = Code.Print([.. Operands.Select((_, i) => $"a{i}")]);

    public string Parameters => string.Join(", ", Operands.Select((_, i) => $"Tensor a{i}"));

    public string Arguments => string.Join(", ", Operands);

    /// <summary>A part of names that no other step has.</summary>
    public string Number => Name.TrimStart('t');

    public void Run(Variables variables) => variables[Name] = Code.Run(variables.Of(Operands));
}

/// <summary>The many ways to write one step: all of them mean the same.</summary>
internal static class Forms
{
    private static readonly Func<Step, Statement>[] All =
    [
        s => Of(s, $"Tensor {s.Name} = Step{s.Number}({s.Arguments});", $"private static Tensor Step{s.Number}({s.Parameters}) => {s.Inner};"),
        s => Of(s, $"Tensor {s.Name} = Step{s.Number}({s.Arguments});", $"private Tensor Step{s.Number}({s.Parameters})\n    {{\n        Tensor result = {s.Inner};\n        return result;\n    }}"),
        s => Of(s, $"Tensor {s.Name} = this.Step{s.Number}({s.Arguments}, scale: 1.0);", $"private Tensor Step{s.Number}({s.Parameters}, bool isUnused = false, double scale = 2.0) => scale * ({s.Inner});"),
        s => Of(s, $"Step{s.Number}({s.Arguments}, out Tensor {s.Name});", $"private static void Step{s.Number}({s.Parameters}, out Tensor result) => result = {s.Inner};"),
        s => Of(s, $"Tensor {s.Name} = {s.Operands[0]};\n        Step{s.Number}(ref {s.Name}{string.Concat(s.Operands.Skip(1).Select(o => ", " + o))});", $"private static void Step{s.Number}(ref {s.Parameters}) => a0 = {s.Inner};"),
        s => Of(s, $"Tensor {s.Name} = Helper{s.Number}.Apply({s.Arguments});", types: $"internal static class Helper{s.Number}\n{{\n    public static Tensor Apply({s.Parameters}) => {s.Inner};\n}}"),
        s => Of(s, $"Tensor {s.Name} = {s.Operands[0]}.Apply{s.Number}({string.Join(", ", s.Operands.Skip(1))});", types: $"internal static class Helper{s.Number}\n{{\n    public static Tensor Apply{s.Number}(this {s.Parameters}) => {s.Inner};\n}}"),
        s => Of(s, $"Tensor {s.Name} = new Worker{s.Number}({s.Operands[0]}).Apply({s.Arguments});", types: $"internal sealed class Worker{s.Number}(Tensor seen)\n{{\n    public Tensor Seen => seen;\n\n    public Tensor Apply({s.Parameters}) => {s.Inner};\n}}"),
        s => Of(s, $"Base{s.Number} worker{s.Number} = new Derived{s.Number}();\n        Tensor {s.Name} = worker{s.Number}.Apply({s.Arguments});", types: $"internal abstract class Base{s.Number}\n{{\n    public abstract Tensor Apply({s.Parameters});\n}}\n\ninternal sealed class Derived{s.Number} : Base{s.Number}\n{{\n    public override Tensor Apply({s.Parameters}) => {s.Inner};\n}}"),
        s => Of(s, $"Tensor {s.Name} = _inner{s.Number}.call({s.Arguments});", $"private readonly Inner{s.Number} _inner{s.Number} = new();", $"public sealed class Inner{s.Number}() : nn.Module<{string.Concat(s.Operands.Select(_ => "Tensor, "))}Tensor>(\"inner\")\n{{\n    public override Tensor forward({s.Parameters}) => {s.Inner};\n}}"),
        s => Of(s, $"Tensor Step{s.Number}({s.Parameters}) => {s.Inner};\n        Tensor {s.Name} = Step{s.Number}({s.Arguments});"),
        s => Of(s, $"Tensor Step{s.Number}() {{ return {s.Value}; }}\n        Tensor {s.Name} = Step{s.Number}();"),
        s => Of(s, $"Tensor {s.Name} = {s.Operands[0]};\n        void Step{s.Number}() {{ {s.Name} = {s.Value}; }}\n        Step{s.Number}();"),
        s => Of(s, $"Func<{string.Concat(s.Operands.Select(_ => "Tensor, "))}Tensor> step{s.Number} = ({s.Parameters}) => {s.Inner};\n        Tensor {s.Name} = step{s.Number}({s.Arguments});"),
        s => Of(s, $"Func<Tensor> step{s.Number} = () => {s.Value};\n        Tensor {s.Name} = step{s.Number}();"),
        s => Of(s, $"Tensor[] array{s.Number} = new[] {{ {s.Operands[0]}, {s.Value} }};\n        Tensor {s.Name} = array{s.Number}[1];"),
        s => Of(s, $"var array{s.Number} = new Tensor[2];\n        array{s.Number}[0] = {s.Operands[^1]};\n        array{s.Number}[1] = {s.Value};\n        Tensor {s.Name} = array{s.Number}[^1];"),
        s => Of(s, $"var list{s.Number} = new List<Tensor> {{ {s.Value} }};\n        list{s.Number}.Add({s.Operands[0]});\n        Tensor {s.Name} = list{s.Number}[0];"),
        s => Of(s, $"var map{s.Number} = new Dictionary<string, Tensor> {{ [\"seen\"] = {s.Operands[0]} }};\n        map{s.Number}[\"made\"] = {s.Value};\n        Tensor {s.Name} = map{s.Number}[\"made\"];"),
        s => Of(s, $"(Tensor {s.Name}, Tensor _) = ({s.Value}, {s.Operands[0]});"),
        s => Of(s, $"var pair{s.Number} = (First: {s.Value}, Second: {s.Operands[0]});\n        Tensor {s.Name} = pair{s.Number}.First;"),
        s => Of(s, $"var (_, {s.Name}) = Step{s.Number}({s.Arguments});", $"private static (Tensor Seen, Tensor Made) Step{s.Number}({s.Parameters}) => (a0, {s.Inner});"),
        s => Of(s, $"Tensor {s.Name} = new Holder{s.Number}({s.Operands[0]}, {s.Value}).Made;", types: $"internal sealed record Holder{s.Number}(Tensor Seen, Tensor Made);"),
        s => Of(s, $"var box{s.Number} = new Box{s.Number} {{ Value = {s.Operands[0]} }};\n        box{s.Number}.Value = {s.Value};\n        Tensor {s.Name} = box{s.Number}.Value;", types: $"internal sealed class Box{s.Number}\n{{\n    public required Tensor Value {{ get; set; }}\n}}"),
        s => Of(s, $"Tensor {s.Name} = new Rows{s.Number}({s.Operands[0]}, {s.Value})[1];", types: $"internal sealed class Rows{s.Number}(Tensor first, Tensor second)\n{{\n    public Tensor this[int i] => i == 0 ? first : second;\n}}"),
        s => Of(s, $"_field{s.Number} = {s.Value};\n        Tensor {s.Name} = _field{s.Number};", $"private Tensor? _field{s.Number};"),
        s => Of(s, $"Tensor {s.Name} = Step{s.Number}(() => {s.Value});", $"private static T Step{s.Number}<T>(Func<T> make) => make();"),
        s => Of(s, $"Tensor {s.Name};\n        using (torch.no_grad())\n        {{\n            {s.Name} = {s.Value};\n        }}"),
        s => Of(s, $"Tensor {s.Name};\n        try\n        {{\n            {s.Name} = {s.Value};\n        }}\n        finally\n        {{\n            GC.KeepAlive({s.Operands[0]});\n        }}"),
        s => Of(s, $"Tensor? maybe{s.Number} = {s.Value};\n        Tensor {s.Name} = maybe{s.Number} ?? {s.Operands[0]};"),
        s => Of(s, $"Tensor {s.Name} = new[] {{ {s.Operands[0]} }}.Select(seen{s.Number} => {s.Code.Print(["seen" + s.Number, .. s.Operands.Skip(1)])}).First();"),
        s => Of(s, $"Tensor {s.Name} = Parts{s.Number}({s.Arguments}).First();", $"private static IEnumerable<Tensor> Parts{s.Number}({s.Parameters})\n    {{\n        yield return {s.Inner};\n        yield return a0;\n    }}"),
        s => Of(s, $"Tensor {s.Name} = {s.Operands[0]};\n        {s.Name} = {s.Value};"),
        s => Of(s, $"object boxed{s.Number} = {s.Value};\n        Tensor {s.Name} = (Tensor)boxed{s.Number};"),
        s => Of(s, $"Tensor {s.Name} = {s.Value} is {{ }} made{s.Number} ? made{s.Number} : {s.Operands[0]};"),
        s => Of(s, $"Tensor {s.Name};\n        do\n        {{\n            {s.Name} = {s.Value};\n        }}\n        while ({s.Name} is null);"),
        s => Of(s, $"Tensor {s.Name};\n        using (torch.NewDisposeScope())\n        {{\n            {s.Name} = ({s.Value}).MoveToOuterDisposeScope();\n        }}"),
        s => Of(s, $"Tensor late{s.Number} = {s.Operands[0]};\n        Func<Tensor> get{s.Number} = () => late{s.Number};\n        late{s.Number} = {s.Value};\n        Tensor {s.Name} = get{s.Number}();"),
        s => Of(s, $"Tensor {s.Name} = {s.Value};\n        var kept{s.Number} = new[] {{ {s.Name} }};\n        {s.Name} = {s.Operands[0]};\n        {s.Name} = kept{s.Number}[0];"),
        // What is kept from one call to the next is of another frame, but only the measurement knows.
        s => Of(s, $"_kept{s.Number} ??= {s.Value};\n        Tensor {s.Name} = _kept{s.Number};", $"private Tensor? _kept{s.Number};"),
        s => Of(s, $"Tensor {s.Name} = _last{s.Number} ?? {s.Value};\n        _last{s.Number} = {s.Value};", $"private Tensor? _last{s.Number};"),
        s => Of(s, $"Tensor {s.Name} = _seen{s.Number}.TryGetValue({s.Operands[0]}.shape.Length, out Tensor? seen{s.Number}) ? seen{s.Number} : _seen{s.Number}[{s.Operands[0]}.shape.Length] = {s.Value};", $"private readonly Dictionary<int, Tensor> _seen{s.Number} = new();"),
        s => Of(s, $"IReadOnlyList<Tensor> parts{s.Number} = [{s.Value}, {s.Operands[0]}];\n        Tensor {s.Name} = parts{s.Number}[0];"),
        s => Of(s, $"Value{s.Number} = {s.Value};\n        Tensor {s.Name} = Value{s.Number};", $"private Tensor Value{s.Number} {{ get; set; }} = torch.zeros(1);"),
    ];

    /// <summary>The plain declaration.</summary>
    public static Statement Plain(Step step, bool isVar = false) => new($"{(isVar ? "var" : "Tensor")} {step.Name} = {step.Value};", step.Run) { Defines = step.Name, Value = step.Value, Operands = (step.Operands, others => Plain(new Step(step.Name, step.Code, others))) };

    /// <summary>Some form.</summary>
    public static Statement Draw(Dice dice, Step step) =>
        dice.Chance(60) ? Plain(step, dice.Chance(30)) : dice.Pick(All)(step);

    private static Statement Of(Step step, string text, string members = "", string types = "") =>
        new(text, step.Run) { Defines = step.Name, Members = members, Types = types, Plain = Plain(step), Operands = Plain(step).Operands };
}

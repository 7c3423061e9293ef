namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>The parts of an operation's declaration, as mistakes change them.</summary>
internal sealed class MethodText
{
    public required List<string> Attributes { get; set; }

    public required string Modifiers { get; set; }

    public string Result { get; set; } = "Tensor";

    public required string Name { get; set; }

    public required List<string> Parameters { get; set; }

    public string Body { get; set; } = ";";

    public static MethodText Of(Dice dice, RandomOperation operation)
    {
        List<string> attributes = [.. operation.Attributes];
        string documentation = dice.Chance(15) ? "/// <summary>An operation.</summary>\n    " : "";
        string[] names = [.. dice.Shuffle(["x", "y", "weights", "graph", "@class", "nodes", "rows", "scope", "value", "r", "z0", "_", "Tensor", "größe", "@record"])];
        attributes[0] = documentation + attributes[0];
        if (dice.Chance(10))
        {
            attributes.Add("[System.Obsolete]");
        }

        return new MethodText
        {
            Attributes = attributes,
            Modifiers = dice.Pick("private partial", "private partial", "public partial", "internal partial", "public virtual partial", "protected internal partial"),
            Name = operation.Name,
            Parameters = [.. operation.Arguments.Select((a, i) => $"{(a.Irreps is null ? "Graph" : "Tensor")} {names[i]}")],
        };
    }

    public override string ToString() => $"{string.Join("\n    ", Attributes)}\n    {Modifiers} {Result} {Name}({string.Join(", ", Parameters)}){Body}";
}

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>A random class that is a module or a network.</summary>
/// <param name="Text">Its file; <see cref="Number"/> stands for a number that keeps modules apart.</param>
/// <param name="Forward">Its forward, where the class has one that takes features: what it takes and is declared to return.</param>
/// <param name="Operations">Its operations, where they are known to be right.</param>
/// <param name="IsDoubtful">Whether the forward has a step that may be wrong.</param>
/// <param name="Network">The irreps of a network's features, attributes and output, where they are known to be right.</param>
internal sealed record RandomModule(
    string Text, (Irreps Input, Irreps Output)? Forward, IReadOnlyList<RandomOperation> Operations, bool IsDoubtful = false, (Irreps? Nodes, Irreps? Attributes, Irreps Output)? Network = null)
{
    public const string Number = "%N%";

    public string Source(int number) => Text.Replace(Number, NumberOf(number));

    public static string NumberOf(int number) => $"N{number:D4}";
}

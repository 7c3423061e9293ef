namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>An argument of an operation.</summary>
/// <param name="Irreps">What it carries; null for a graph.</param>
/// <param name="Rows">What its first axis counts.</param>
internal sealed record RandomArgument(Irreps? Irreps, RandomRows Rows = RandomRows.Nodes);

internal enum RandomRows
{
    Nodes,
    Edges,

    /// <summary>No such axis: a vector for all rows.</summary>
    None,
}

/// <summary>A random operation that E3Gen must accept, with what is known of it.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Attributes">Its attributes, a line each.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Output">What it yields.</param>
internal sealed record RandomOperation(string Name, IReadOnlyList<string> Attributes, IReadOnlyList<RandomArgument> Arguments, Irreps Output)
{
    /// <summary>What <c>@Name.Input</c> stands for.</summary>
    public Irreps Input => Arguments[0].Irreps!;
}

namespace E3Gen.Generator.Parsing;

/// <summary>What an operation's parameter may be.</summary>
internal enum ParameterKind
{
    Tensor,
    Graph,
}

/// <summary>A parameter that an operation expects.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Name">The name to suggest.</param>
internal readonly record struct ExpectedParameter(ParameterKind Kind, string Name);

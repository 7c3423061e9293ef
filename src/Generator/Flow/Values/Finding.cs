using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow.Values;

/// <summary>Why something is not proven, or wrong.</summary>
/// <param name="Rule">The rule that says so.</param>
/// <param name="At">The expression.</param>
/// <param name="Arguments">The arguments of the rule's message.</param>
internal sealed record Finding(DiagnosticDescriptor Rule, SyntaxNode At, params object[] Arguments)
{
    /// <summary>The irreps that a value had before it was lost sight of: what a light bulb writes into AssumeIrreps.</summary>
    public Irreps? Before { get; init; }

    /// <summary>Where the values involved got their irreps.</summary>
    public IEnumerable<Location> Origins { get; init; } = [];

    /// <summary>Whether it only follows from what other rules report as an error: nothing is proven, and nothing is said twice.</summary>
    public bool IsReportedElsewhere { get; init; }

    public bool Equals(Finding? other) => other is not null && Rule.Id == other.Rule.Id && At == other.At;

    public override int GetHashCode() => At.GetHashCode();
}

using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Operations;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>Something to report.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="At">What is wrong.</param>
/// <param name="Origins">Where the values involved got their irreps.</param>
/// <param name="Arguments">Arguments of the rule's message.</param>
internal sealed record Finding(DiagnosticDescriptor Rule, SyntaxNode At, IEnumerable<Location?> Origins, params object[] Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, At.GetLocation(), Origins.Where(o => o is not null).Distinct()!, Properties, Arguments);

    /// <summary>For the light bulb: the irreps that a value had before it was lost sight of.</summary>
    private ImmutableDictionary<string, string?>? Properties => Rule == EquivarianceRules.CannotVerify && Arguments.OfType<Known>().FirstOrDefault() is { } known
        ? ImmutableDictionary<string, string?>.Empty.Add(Suggestion.Assume, Describe.Sum(known.Irreps))
        : null;
}

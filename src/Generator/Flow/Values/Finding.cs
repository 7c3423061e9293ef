using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Rules;
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

    /// <summary>The irreps that a value should have, for a light bulb.</summary>
    public Irreps? Wanted { get; init; }

    /// <summary>What a light bulb needs to know. Of an operation that is wrong for all its tensors alike, what they carry.</summary>
    public ImmutableDictionary<string, string?> Properties
    {
        get
        {
            var properties = ImmutableDictionary<string, string?>.Empty;
            var carried = Arguments.OfType<TensorValue>().Select(StatedAs).Distinct().ToList();
            Irreps? actual = Before ?? (carried is [var alike] ? alike : null);
            properties = actual is null ? properties : properties.Add(Suggestion.Irreps, Operations.Describe.Sum(actual));
            properties = Wanted is null ? properties : properties.Add(Suggestion.Wanted, Operations.Describe.Sum(Wanted));
            return Rule == EquivarianceRules.Slice && Before is { } cut && Arguments is [long start, long last, ..]
                && Indexing.Nearest(cut, start, last + 1) is var (from, to)
                    ? properties.Add(Suggestion.Columns, $"{from}..{to}")
                    : properties;
        }
    }

    /// <summary>The irreps that could be stated of a tensor [rows, irreps].</summary>
    public static Irreps? StatedAs(TensorValue tensor) =>
        tensor.Written is not null || tensor.Weight != 0 || tensor.FromLast(0) is not { } last
        || tensor.Axes.Take(tensor.Axes.Length - 1).Any(a => a.Turns) ? null
        : last.Irreps is { } irreps ? irreps
        : last.Extent.Known is > 0 and < int.MaxValue and var columns ? Times(columns, new Irrep(0, tensor.Parity))
        : null;

    private static Irreps Times(long copies, Irrep irrep) => new([new MulIrrep((int)copies, irrep)]);

    /// <summary>Where the values involved got their irreps.</summary>
    public IEnumerable<Location> Origins { get; init; } = [];

    /// <summary>Whether it only follows from what other rules report as an error: nothing is proven, and nothing is said twice.</summary>
    public bool IsReportedElsewhere { get; init; }

    public bool Equals(Finding? other) => other is not null && Rule.Id == other.Rule.Id && At == other.At;

    public override int GetHashCode() => At.GetHashCode();
}

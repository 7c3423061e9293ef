using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>Why something is not proven, in words.</summary>
internal static class Reasons
{
    private const string Assume = "state the result with .AssumeIrreps(\"…\")";

    /// <summary>Code that the analysis does not follow.</summary>
    public static Finding NotFollowed(SyntaxNode at, string why, string? way = null) =>
        new(EquivarianceRules.NotVerified, at, ExpressionText.Of(at), why, way ?? Assume);

    public static Finding NotTheSame(SyntaxNode at) => NotFollowed(
        at, "may be one thing or another, depending on the path taken to this point", "let all paths yield the same kind of value");

    public static Finding Ambiguous(SyntaxNode at, TensorValue a, TensorValue b) =>
        new(FlowRules.Ambiguous, at, ExpressionText.Of(at), a, b) { Origins = From(a, b) };

    /// <summary>Where tensors got what they carry.</summary>
    public static IEnumerable<Location> From(params TensorValue?[] tensors) =>
        [.. tensors.Select(t => t?.From).OfType<Location>().Distinct()];

    /// <summary>An operation of which it is not known what it does to irreps.</summary>
    public static Finding CannotVerify(SyntaxNode at, string operation, TensorValue? x) =>
        new(EquivarianceRules.CannotVerify, at, operation, x?.ToString() ?? "its arguments") { Before = x?.Irreps, Origins = From(x) };

    /// <summary>A factor of irreps that may be one number for each of them, or as many as they have components.</summary>
    public static Finding ColumnsNotKnown(SyntaxNode at, bool isQuotient) => NotFollowed(
        at,
        $"{(isQuotient ? "divides" : "multiplies")} irreps by an invariant of which it is not known how many columns it has",
        "state that with [Irreps(\"0e\")], or make it one column: unsqueeze(-1)");

    /// <summary>A tensor whose number of axes is not known, where it decides.</summary>
    public static Finding AxisNotKnown(SyntaxNode at, string operation, TensorValue x) =>
        new(
            EquivarianceRules.CannotVerify, at,
            $"{operation} along an axis that is not known to leave the irreps alone (count from the end: -1, -2)", x.ToString())
        {
            Before = x.Irreps,
            Origins = From(x),
        };

    public static Finding Branch(SyntaxNode at, Unknown condition) =>
        new(EquivarianceRules.Branch, at, ExpressionText.Of(at)) { Origins = [.. condition.Because.Select(b => b.At.GetLocation())] };

    public static Finding Origin(SyntaxNode at, string operation) => new(EquivarianceRules.Origin, at, operation);

    public static Finding SeenByOthers(SyntaxNode at, string what) => new(EquivarianceRules.SeenByOthers, at, ExpressionText.Of(at), what);
}

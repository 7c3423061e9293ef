using System.Runtime.CompilerServices;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>
/// A few lines that stand where a rule ends. Just inside, all variables must be claimed, and what is claimed must be so. Just outside,
/// something must not be claimed: with the condition left out that holds the rule back, a claim would be made, and it would be wrong.
/// </summary>
/// <param name="Name">What the lines are about.</param>
/// <param name="IsInside">Whether all of it must be claimed.</param>
/// <param name="Arguments">What they work on.</param>
/// <param name="Lines">The lines; their results are called t0, t1, …</param>
internal sealed record Edge(string Name, bool IsInside, IReadOnlyList<Argument> Arguments, IReadOnlyList<Step> Lines)
{
    /// <summary>So many rows have all arguments that do not say otherwise.</summary>
    public const int Rows = 4;

    public static Edge Inside(string name, IReadOnlyList<Argument> arguments, params IReadOnlyList<Step> lines) =>
        new(name, true, arguments, Numbered(lines));

    public static Edge Outside(string name, IReadOnlyList<Argument> arguments, params IReadOnlyList<Step> lines) =>
        new(name, false, arguments, Numbered(lines));

    public static Argument X(Irreps irreps, params long[] rows) => Argument.Features("x", irreps, rows.Length == 0 ? [Rows] : rows);

    /// <summary>One row without an axis of rows.</summary>
    public static Argument Row(string name, Irreps irreps) => Argument.Features(name, irreps);

    public static Argument Y(Irreps irreps, params long[] rows) => Argument.Features("y", irreps, rows.Length == 0 ? [Rows] : rows);

    public static Argument Z(Irreps irreps) => Argument.Features("z", irreps, Rows);

    public static Argument P() => Argument.Points("p", Rows);

    /// <summary>Invariants of which the number of columns is known.</summary>
    public static Argument D(params long[] shape) => Columns("d", shape);

    public static Argument E(params long[] shape) => Columns("e", shape);

    /// <summary>Invariants of which only the number of axes is known.</summary>
    public static Argument N(params long[] shape) => Argument.Invariant("n", shape);

    /// <summary>An invariant tensor of which nobody knows how many axes it has.</summary>
    public static Argument U(params long[] shape) => Argument.Invariant("u", shape) with { Attribute = "[Invariant]" };

    /// <summary>Numbers of rows.</summary>
    public static Argument I(long count) => Argument.Indexes("i", count, Rows);

    public static Argument K(params long[] shape) => Argument.Mask("k", shape);

    /// <summary>A line. Its operands are the parameters of the lambda, which have the names of variables.</summary>
    public static Step Do(Func<Tensor, Tensor> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new("", Written.Of(run, text), Names(text));

    public static Step Do(Func<Tensor, Tensor, Tensor> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new("", Written.Of(run, text), Names(text));

    public static Step Do(Func<Tensor, Tensor, Tensor, Tensor> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new("", Written.Of(run, text), Names(text));

    private static Argument Columns(string name, long[] shape) =>
        shape.Length == 0 ? Argument.Invariant(name) : Argument.Features(name, $"{shape[^1]}x0e", shape[..^1]);

    private static string[] Names(string lambda) =>
        lambda[..lambda.IndexOf("=>", StringComparison.Ordinal)].Trim(' ', '(', ')').Split(", ");

    private static Step[] Numbered(IReadOnlyList<Step> lines) => [.. lines.Select((l, i) => l with { Name = $"t{i}" })];
}

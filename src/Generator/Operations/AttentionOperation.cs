using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[Attention]: values averaged over incoming edges, with weights by the products of queries and keys.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Keys">Irreps of queries and keys.</param>
/// <param name="Values">Irreps of the values and the result.</param>
/// <param name="Heads">Number of heads.</param>
/// <param name="TakesCutoff">Whether the last argument is a factor of each edge.</param>
public sealed record AttentionModel(MethodModel Method, Irreps Keys, Irreps Values, int Heads, bool TakesCutoff) : RuntimeModuleModel(
    Method, "Attention", Keys, Values, new[] { new ModuleOption("keys", Keys), new ModuleOption("values", Values), new ModuleOption("heads", Heads) }.ToEquatable())
{
    public override IReadOnlyList<Irreps?> Arguments => [Keys, Keys, Values, null, .. TakesCutoff ? [null] : (Irreps?[])[]];

    /// <summary>The queries, one a node: keys and values belong to edges.</summary>
    public override int RowArguments => 1;

    public override bool EndsWithInvariant => TakesCutoff;

    public override string Map => $"{Keys} ⊗ {Values} → {Output}";
}

internal sealed class AttentionOperation : OperationDefinition
{
    private static readonly (ParameterKind Kind, string Name)[] Parameters =
        [(ParameterKind.Tensor, "queries"), (ParameterKind.Tensor, "keys"), (ParameterKind.Tensor, "values"), (ParameterKind.Graph, "graph"), (ParameterKind.Tensor, "cutoff")];

    public override OperationModel? Parse(OperationContext context)
    {
        bool takesCutoff = context.Method.Parameters.Count == Parameters.Length;
        context.Expect([.. Parameters.Take(takesCutoff ? 5 : 4)]);
        const string Option = nameof(AttentionAttribute.Heads);
        int heads = context.Integer(Option, 1, 1, int.MaxValue);
        var keys = context.Irreps("keys");
        var values = context.Irreps("values");
        if (keys is null || values is null || !context.IsValid)
        {
            return null;
        }

        if (keys.Irreps.Concat(values.Irreps).FirstOrDefault(e => e.Multiplicity % heads != 0) is { Multiplicity: > 0 } undivided)
        {
            int nearest = Enumerable.Range(1, heads).Last(h => h <= undivided.Multiplicity && keys.Irreps.Concat(values.Irreps).All(e => e.Multiplicity % h == 0));
            context.Report(
                DeclarationRules.OptionOutOfRange, context.Attribute.LocationOf(Option), Option, context.Name, heads,
                $"a divisor of every multiplicity, which it is not of {undivided}", Suggestion.Of(Suggestion.Option, $"{Option} = {nearest}"));
            return null;
        }

        string factor = takesCutoff ? "c[e] " : "";
        return new AttentionModel(context.Method, keys.Irreps, values.Irreps, heads, takesCutoff)
        {
            Summary = $"Attention of {heads} {(heads == 1 ? "head" : "heads")} over incoming edges, queries and keys {keys.Irreps}, values {values.Irreps}.",
            Facts = new[]
            {
                $"y[n] = Σ_e α[e] v[e] with α[e] = {factor}exp(s[e]) / Σ_e′ {factor.Replace("e", "e′")}exp(s[e′]) for each head, over the edges that arrive at n.",
                $"s[e] = √({heads}/{keys.Irreps.Dim}) Σ q[n] k[e] over the components of the head's copies.",
            }.ToEquatable(),
        };
    }
}

using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Operations;

/// <summary>[TensorSquare]: the product of an argument with itself.</summary>
internal sealed class TensorSquareOperation : OperationDefinition
{
    public override bool PassesWeights(AttributeReader attribute) =>
        attribute.Get(nameof(TensorSquareAttribute.Weights), WeightKind.Internal) is WeightKind.Shared or WeightKind.PerSample;

    public override OperationModel? Parse(OperationContext context)
    {
        var weights = context.Enum(nameof(TensorSquareAttribute.Weights), WeightKind.Internal);
        var irrepNormalization = context.Enum(nameof(TensorSquareAttribute.IrrepNormalization), IrrepNormalization.Component);
        var pathNormalization = context.Enum(nameof(TensorSquareAttribute.PathNormalization), PathNormalization.Element);
        bool isMixed = context.Attribute.String("output") is not null || context.Attribute.IsRejected("output");
        if (isMixed && weights is WeightKind.Shared or WeightKind.PerSample)
        {
            context.Expect((ParameterKind.Tensor, "x"), (ParameterKind.Tensor, "weights"));
        }
        else
        {
            context.Expect((ParameterKind.Tensor, "x"));
        }

        var keep = context.OptionalIrreps(nameof(TensorSquareAttribute.Keep));
        var input = context.Irreps("input");
        var output = isMixed ? context.Irreps("output") : null;
        if (input is null || (isMixed && output is null) || !context.IsValid)
        {
            return null;
        }

        var kept = new KeptIrreps(context, isMixed ? null : keep);
        var reachable = Reachable(input.Irreps);
        if (!isMixed)
        {
            kept.Check(reachable, $"the square of {Describe.List(input.Irreps)}");
        }

        if (!context.IsValid || !context.CheckPaths(Count(input.Irreps, output?.Irreps)))
        {
            return null;
        }

        CheckOptions(context, isMixed);
        var plan = output is null ? ProductPlan.Square(input.Irreps, kept.Wants) : ProductPlan.Square(input.Irreps, output.Irreps, weights != WeightKind.None);
        bool allowMissing = context.Attribute.Get(nameof(TensorSquareAttribute.AllowMissingPaths), false);
        if (output is not null)
        {
            CheckReached(context, plan, output, reachable, weights, allowMissing);
        }

        if (!allowMissing)
        {
            kept.CheckRead(input, i => plan.Paths.Any(p => p.Input1 == i || p.Input2 == i));
        }

        return new TensorProductModel(context.Method, "TensorSquare", plan)
        {
            Title = "Tensor square",
            Weights = isMixed ? weights : WeightKind.None,
            IrrepNormalization = irrepNormalization,
            PathNormalization = isMixed ? pathNormalization : PathNormalization.Element,
            AllowsMissingPaths = allowMissing,
        };
    }

    /// <summary>What the square holds: of one copy alone only what is symmetric in both factors.</summary>
    private static IReadOnlyList<Irrep> Reachable(Irreps x) =>
        [.. ProductPlan.Square(x.RemoveZeroMultiplicities(), _ => true).Output.Select(e => e.Irrep).Distinct().OrderBy(r => r)];

    private static long Count(Irreps x, Irreps? output) =>
        x.Sum(a => x.Sum(b => (a.Irrep * b.Irrep).Sum(r => output is { } z ? (long)z.Count(e => e.Irrep == r) : 1)));

    private static void CheckOptions(OperationContext context, bool isMixed)
    {
        string[] unused = isMixed
            ? [nameof(TensorSquareAttribute.Keep)]
            : [nameof(TensorSquareAttribute.Weights), nameof(TensorSquareAttribute.PathNormalization), nameof(TensorSquareAttribute.AllowMissingPaths)];
        foreach (string option in unused.Where(context.Attribute.Has))
        {
            string what = isMixed ? "irreps to choose from besides its output" : "output that weights mix pairs into";
            context.Report(SelectionRules.UnusedOption, context.Attribute.LocationOf(option), context.Name, what, option);
        }
    }

    private static void CheckReached(OperationContext context, ProductPlan plan, IrrepsText output, IReadOnlyList<Irrep> reachable, WeightKind weights, bool allowMissing)
    {
        for (int c = 0; c < output.Irreps.Count; c++)
        {
            var entry = output.Irreps[c];
            if (entry.Multiplicity > 0 && !plan.Paths.Any(p => p.Output == c))
            {
                if (allowMissing)
                {
                    continue;
                }

                string advice = $"the square of {Describe.List(plan.Input1)} gives {Describe.List(reachable)}";
                var suggestion = Suggestion.Entry(output, c, reachable, remove: true, o => plan.Paths.Any(p => p.Output == o));
                context.ReportAt(output, c, SelectionRules.Unreached, context.Name, entry, advice, suggestion);
            }
            else if (weights == WeightKind.None && entry.Multiplicity > 1)
            {
                context.ReportAt(
                    output, c, SelectionRules.Multiplicities, ConnectionMode.UVW, "weights, or an output of multiplicity 1", Describe.List(plan.Input1),
                    Describe.List(plan.Input1), entry, $"no weights and multiplicity {entry.Multiplicity}");
            }
        }
    }
}

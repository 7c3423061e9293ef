using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[SymmetricContraction]: MACE's products of several copies of one argument.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Input">Irreps of the argument.</param>
/// <param name="Output">Irreps of the result.</param>
/// <param name="Correlation">The most factors.</param>
/// <param name="Elements">Number of elements with weights of their own; 0 where it is known at run time only, by the weights.</param>
public sealed record SymmetricContractionModel(MethodModel Method, Irreps Input, Irreps Output, int Correlation, int Elements) : OperationModel(Method)
{
    public override string Kind => "SymmetricContraction";

    public override Irreps Input { get; } = Input;

    public override Irreps Output { get; } = Output;

    public override IReadOnlyList<Irreps?> Arguments => TakesSpecies ? [Input, null] : [Input];

    public override bool EndsWithInvariant => TakesSpecies;

    /// <summary>Whether the last argument is the element of each row.</summary>
    public bool TakesSpecies => Elements != 1;

    /// <summary>The features; the species have the same rows, but no last axis.</summary>
    public override int RowArguments => 1;

    /// <summary>The paths, with the order of their weights.</summary>
    internal SymmetricContraction Contraction => Once(() => SymmetricContractionPlanner.Plan(Input, Output, Correlation, Layout));

    public override SegmentedPolynomial Plan => Contraction.Polynomial;

    /// <summary>Elements come first in each block.</summary>
    public override bool WeightsLiePathByPath => Elements == 1;

    public override IEnumerable<(long Count, double Deviation)> Deviations => Contraction.Blocks.Where(b => b.Count > 0)
        .Select(b => ((long)Elements * b.Count * Input[0].Multiplicity, 1.0 / b.Count));

    /// <summary>None: its coefficients are products of couplings.</summary>
    public override IEnumerable<CouplingUse> Couplings => [];

    public override (long Weights, long Biases) Parameters => ((long)Elements * WeightCount, 0);
}

internal sealed class SymmetricContractionOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        int correlation = context.Integer(nameof(SymmetricContractionAttribute.Correlation), 3, 1, 4);
        int elements = context.Integer(nameof(SymmetricContractionAttribute.Elements), 1, 1, 1000);
        if (elements > 1)
        {
            context.Expect((ParameterKind.Tensor, "x"), (ParameterKind.Tensor, "species"));
        }
        else
        {
            context.Expect((ParameterKind.Tensor, "x"));
        }

        var input = context.Irreps("input");
        var output = context.Irreps("output");
        if (input is null || output is null || !context.IsValid)
        {
            return null;
        }

        CheckCopies(context, input, input.Irreps);
        CheckCopies(context, output, input.Irreps);
        if (!context.IsValid)
        {
            return null;
        }

        var model = new SymmetricContractionModel(context.Method, input.Irreps, output.Irreps, correlation, elements);
        SymmetricContraction plan;
        try
        {
            plan = model.Contraction;
        }
        catch (OverflowException exception)
        {
            string message = $"'{context.Name}' is too large: {exception.Message} Use a lower Correlation or fewer irreps";
            context.Report(IrrepsRules.TooLarge, context.Attribute.Location, message);
            return null;
        }

        CheckReached(context, plan, output, correlation);
        return model;
    }

    /// <summary>All irreps must have the copies of the first: they are multiplied copy by copy.</summary>
    private static void CheckCopies(OperationContext context, IrrepsText text, Irreps input)
    {
        for (int i = 0; i < text.Irreps.Count; i++)
        {
            var entry = text.Irreps[i];
            int copies = input.Count == 0 ? entry.Multiplicity : input[0].Multiplicity;
            if (entry.Multiplicity != copies || copies == 0)
            {
                var wanted = new MulIrrep(Math.Max(1, copies), entry.Irrep);
                context.ReportAt(text, i, SelectionRules.UnequalCopies, context.Name, entry, Math.Max(1, copies), Suggestion.Edit(
                    text.Argument, text.Entries[i], [wanted.ToString()]));
            }
        }
    }

    private static void CheckReached(OperationContext context, SymmetricContraction plan, IrrepsText output, int correlation)
    {
        var live = plan.Polynomial.Collect();
        for (int o = 0; o < output.Irreps.Count; o++)
        {
            if (!live.Paths.Any(p => p.Result.Segment == o))
            {
                string advice = $"no product of {(correlation == 1 ? "one factor" : $"up to {correlation} factors")} of {Describe.List(plan.Polynomial.Inputs[0])} contains it";
                context.ReportAt(output, o, SelectionRules.Unreached, context.Name, output.Irreps[o], advice, Suggestion.Removal(output, o));
            }
        }
    }
}

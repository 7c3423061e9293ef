using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[Linear]: mixes copies of equal irreps.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Input">Irreps of the argument.</param>
/// <param name="Output">Irreps of the result.</param>
/// <param name="Bias">Whether even scalars get a bias.</param>
public sealed record LinearModel(MethodModel Method, Irreps Input, Irreps Output, bool Bias) : OperationModel(Method)
{
    public override string Kind => "Linear";

    public override Irreps Input { get; } = Input;

    public override Irreps Output { get; } = Output;

    public override SegmentedPolynomial Plan => Once(() => LinearPlanner.Plan(Input, Output));

    public override long Cost => Planning.Cost.Linear(Plan);

    public override (long Weights, long Biases) Parameters =>
        (WeightCount, Bias ? Output.Where(e => e.Irrep.IsScalar).Sum(e => e.Multiplicity) : 0);
}

internal sealed class LinearOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"));
        var input = context.Irreps("input");
        var output = context.Irreps("output");
        if (input is null || output is null
            || !context.CheckPaths(input.Irreps.Sum(i => (long)output.Irreps.Count(o => o.Irrep == i.Irrep))))
        {
            return null;
        }

        bool bias = context.Attribute.Get(nameof(LinearAttribute.Bias), false);
        bool IsReached(int o) =>
            input.Irreps.Any(e => e.Irrep == output.Irreps[o].Irrep && e.Multiplicity > 0) || (bias && output.Irreps[o].Irrep.IsScalar);
        for (int o = 0; o < output.Irreps.Count; o++)
        {
            var entry = output.Irreps[o];
            if (!IsReached(o) && entry.Multiplicity > 0)
            {
                var there = input.Irreps.Where(e => e.Multiplicity > 0).Select(e => e.Irrep);
                context.ReportAt(
                    output, o, SelectionRules.Unreached, context.Name, entry, Advice(entry.Irrep, input.Irreps),
                    Suggestion.Entry(output, o, there, remove: true, IsReached));
            }
        }

        for (int i = 0; i < input.Irreps.Count; i++)
        {
            var entry = input.Irreps[i];
            if (entry.Multiplicity > 0 && !output.Irreps.Any(e => e.Irrep == entry.Irrep && e.Multiplicity > 0))
            {
                context.ReportAt(
                    input, i, SelectionRules.Unread, context.Name, entry,
                    $"a linear map keeps irreps, and the output {Describe.List(output.Irreps)} has no {entry.Irrep}",
                    Suggestion.Entry(input, i, output.Irreps.Where(e => e.Multiplicity > 0).Select(e => e.Irrep), remove: true));
            }
        }

        return new LinearModel(context.Method, input.Irreps, output.Irreps, bias);
    }

    private static string Advice(Irrep wanted, Irreps input)
    {
        string only = $"a linear map keeps irreps, and the input is {Describe.List(input)}";
        return input.Any(e => e.Irrep.L == wanted.L)
            ? $"{only}: {new Irrep(wanted.L, -wanted.Parity)} differs from {wanted} in parity"
            : only;
    }
}

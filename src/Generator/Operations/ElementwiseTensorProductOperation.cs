using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Operations;

/// <summary>[ElementwiseTensorProduct]: the product copy by copy, without weights.</summary>
internal sealed class ElementwiseTensorProductOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"), (ParameterKind.Tensor, "y"));
        var normalization = context.Enum(nameof(ElementwiseTensorProductAttribute.IrrepNormalization), IrrepNormalization.Component);
        var keep = context.OptionalIrreps(nameof(ElementwiseTensorProductAttribute.Keep));
        var input1 = context.Irreps("input1");
        var input2 = context.Irreps("input2");
        if (input1 is null || input2 is null || !context.IsValid)
        {
            return null;
        }

        var (x, y) = (input1.Irreps, input2.Irreps);
        if (x.NumIrreps != y.NumIrreps)
        {
            context.Report(
                SelectionRules.UnpairedCopies, input2.Argument.Location, context.Name, Describe.List(x), x.NumIrreps, Describe.List(y), y.NumIrreps);
            return null;
        }

        var kept = new KeptIrreps(context, keep);
        var every = ProductPlan.Elementwise(x, y, _ => true);
        kept.Check([.. every.Output.Select(e => e.Irrep).Distinct().OrderBy(r => r)], $"{Describe.List(x)} x {Describe.List(y)}, copy by copy,");
        if (!context.IsValid || !context.CheckPaths(every.Paths.Count))
        {
            return null;
        }

        var plan = ProductPlan.Elementwise(x, y, kept.Wants);
        kept.CheckRead(input1, i => IsRead(plan, plan.Input1, x, i));
        kept.CheckRead(input2, i => IsRead(plan, plan.Input2!, y, i));
        return new TensorProductModel(context.Method, "ElementwiseTensorProduct", plan) { Title = "Elementwise tensor product", IrrepNormalization = normalization };
    }

    /// <summary>Whether a path reads a segment that an entry was cut into.</summary>
    private static bool IsRead(ProductPlan plan, Irreps segments, Irreps written, int entry)
    {
        int first = written.Take(entry).Sum(e => e.Multiplicity), end = first + written[entry].Multiplicity, copy = 0;
        for (int s = 0; s < segments.Count; copy += segments[s].Multiplicity, s++)
        {
            if (copy >= first && copy < end && plan.Paths.Any(p => p.Input1 == s))
            {
                return true;
            }
        }

        return false;
    }
}

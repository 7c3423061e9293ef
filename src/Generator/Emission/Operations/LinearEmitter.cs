using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Emission;

/// <summary>Linear maps: one call with a table of paths.</summary>
internal static class LinearEmitter
{
    public static void Emit(LinearModel model, EmissionContext context)
    {
        string x = context.Argument(0);
        var (weightCount, biasCount) = model.Parameters;
        context.CheckFeatures(0, model.Input);
        if (weightCount > 0)
        {
            context.CheckWeights(0);
        }

        context.Scope();
        string rows = context.Rows(1);
        var arguments = new List<string> { x, weightCount > 0 ? $"{context.Weights}.Weight" : "null" };
        if (biasCount > 0)
        {
            arguments.Add($"{context.Weights}.Bias");
        }

        context.Return($"{rows}.Restore({Table(model, context)}.Apply({string.Join(", ", arguments)}))");
    }

    /// <summary>Declares the table of paths.</summary>
    private static string Table(LinearModel model, EmissionContext context)
    {
        var plan = model.Plan;
        var properties = new List<string>();
        if (LayoutText.Matters(model.Layout, model.Input))
        {
            properties.Add("InputLayout = Layout.IrMul");
        }

        if (LayoutText.Matters(model.Layout, model.Output))
        {
            properties.Add("OutputLayout = Layout.IrMul");
        }

        if (model.Parameters.Biases > 0)
        {
            properties.Add($"Biased = [{string.Join(", ", Enumerable.Range(0, model.Output.Count).Where(o => model.Output[o] is { Irrep.IsScalar: true, Multiplicity: > 0 }))}]");
        }

        return context.Kernels.Field(
            "LinearProgram",
            $"{context.Prefix}Program",
            "y = W x: copies and degree of each segment, and the paths between them",
            properties,
            [
                $"\"{context.Label}\"",
                $"x: {SegmentText.Of(plan.Inputs[0])}",
                $"y: {SegmentText.Of(plan.Outputs[0])}",
                .. plan.Paths.Select(p =>
                    $"// {Formula.Path(plan, p)}\nnew LinearPath(Input: {p.Factors[0].Segment}, Output: {p.Result.Segment}, " +
                    $"Scale: {context.Kernels.Surd(p.Scale)}, Weight: {plan.InputSegment(p.Factors[1]).Offset})"),
            ]);
    }
}

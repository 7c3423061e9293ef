using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Emission;

/// <summary>Linear maps: one call with a table of paths, on every backend.</summary>
internal static class LinearEmitter
{
    public static void Emit(LinearModel model, EmissionContext context)
    {
        string x = context.Argument(0), rows = context.Locals.Name("rows");
        var (weightCount, biasCount) = model.Parameters;
        context.CheckFeatures(0, model.Input);
        if (weightCount > 0)
        {
            context.CheckWeights(0);
        }

        context.Scope();
        context.Writer.Line($"var {rows} = global::E3Gen.Operations.Rows.Flatten(ref {x});");
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
            "Paths of a linear map: x's and y's copies and degree of each segment",
            properties,
            [
                $"\"{context.Label}\"",
                $"x: {SegmentText.Of(plan.Inputs[0])}",
                $"y: {SegmentText.Of(plan.Outputs[0])}",
                .. plan.Paths.Select(p =>
                    $"new LinearPath(Input: {p.Factors[0].Segment}, Output: {p.Result.Segment}, Scale: {context.Kernels.Surd(p.Scale)}, Weight: {plan.InputSegment(p.Factors[1]).Offset})"),
            ]);
    }
}

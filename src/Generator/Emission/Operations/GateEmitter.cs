using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission;

/// <summary>Gates and activations: one call with a table of what is activated and what is multiplied.</summary>
internal static class GateEmitter
{
    public static void Emit(GateModel model, EmissionContext context) =>
        Emit(model, model.Constants, GatePlan.Of(model).Paths(model), "Scalars that are activated, and those that gate a segment: columns and copies", context);

    public static void Emit(ActivationModel model, EmissionContext context) =>
        Emit(model, model.Constants, model.Paths(), "Columns and their functions", context);

    private static void Emit(OperationModel model, MomentConstants constants, IEnumerable<GatePlanPath> paths, string comment, EmissionContext context)
    {
        context.CheckFeatures(0, model.Input);
        context.Scope();
        string rows = context.Rows(1);
        string table = context.Kernels.Field(
            "GateProgram",
            $"{context.Prefix}Program",
            comment,
            LayoutText.Matters(model.Layout, model.Input) ? ["Layout = Layout.IrMul"] : [],
            [
                $"\"{context.Label}\"",
                $"columns: {model.Input.Dim}",
                $"results: {model.Output.Dim}",
                $"MomentConstants.{constants}",
                .. paths.Select(Row),
            ]);
        context.Return($"{rows}.Restore({table}.Apply({context.Argument(0)}))");
    }

    private static string Row(GatePlanPath path)
    {
        var arguments = new List<string> { $"ActivationFunction.{path.Function}", $"Column: {path.Column}", $"Copies: {path.Copies}", $"Result: {path.Result}" };
        if (path.Gated is { } gated)
        {
            arguments.AddRange([$"Segment: {gated.Column}", $"L: {gated.L}"]);
            if (gated.Pitch != path.Copies)
            {
                arguments.Add($"Pitch: {gated.Pitch}");
            }
        }

        if (!path.IsScaled)
        {
            arguments.Add("IsScaled: false");
        }

        return $"new GatePath({string.Join(", ", arguments)})";
    }
}

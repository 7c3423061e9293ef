using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Emission;

/// <summary>Convolutions: one call with a table of paths that gathers, couples, weights and sums.</summary>
internal static class ConvolutionEmitter
{
    public static void Emit(ConvolutionModel model, EmissionContext context)
    {
        var writer = context.Writer;
        string nodes = context.Argument(0), edges = context.Argument(1), weights = context.Argument(2), graph = context.Argument(3);
        context.CheckFeatures(0, model.Nodes);
        context.CheckFeatures(1, model.Edges);
        context.CheckFeatures(2, model.Plan.Inputs[model.Plan.Inputs.Count - 1].Dimension, "weights");
        context.CheckAlike(0, 1);
        context.CheckAlike(0, 2);
        writer.Line($"global::System.ArgumentNullException.ThrowIfNull({graph}, {context.Named(3)});");
        writer.Line($"global::E3Gen.Operations.Check.RowsOf({nodes}, {graph}.NodeCount, \"nodes\", {context.Named(0)});");
        writer.Line($"global::E3Gen.Operations.Check.RowsOf({edges}, {graph}.EdgeCount, \"edges\", {context.Named(1)});");
        writer.Line($"global::E3Gen.Operations.Check.EdgeRows({weights}, {graph}, {context.Named(2)});");
        if (model.Plan.Paths.Count > 0)
        {
            context.ObserveWeights(2);
        }

        string table = ProductTable.Declare(model, model.Plan, model.Runs, context);
        writer.Line($"return {context.Result($"{table}.Convolve({nodes}, {edges}, {weights}, {graph})")};");
    }
}

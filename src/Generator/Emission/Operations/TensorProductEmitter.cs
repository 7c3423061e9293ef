using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Emission;

/// <summary>Tensor products: one call with a table of paths.</summary>
internal static class TensorProductEmitter
{
    public static void Emit(TensorProductModel model, EmissionContext context)
    {
        var (writer, plan) = (context.Writer, model.Plan);
        bool passed = model.Weights is WeightKind.Shared or WeightKind.PerSample, perRow = model.Weights == WeightKind.PerSample;
        int second = plan.Inputs.Count - 2, weightArgument = second + 1; // a square has one argument
        int weightCount = plan.Inputs[weightArgument].Dimension;
        context.CheckFeatures(0, model.Input);
        if (model.Input2 is { } input2)
        {
            context.CheckFeatures(1, input2);
            context.CheckAlike(0, 1);
        }

        if (passed)
        {
            context.CheckFeatures(weightArgument, weightCount, "weights");
            context.CheckAlike(0, weightArgument);
            if (!perRow)
            {
                writer.Line($"global::E3Gen.Operations.Check.Vector({context.Argument(weightArgument)}, {context.Named(weightArgument)});");
            }

            if (weightCount > 0)
            {
                context.ObserveWeights(weightArgument);
            }
        }
        else if (weightCount > 0)
        {
            context.CheckWeights(0);
        }

        context.Scope();
        string rows = context.Rows(perRow ? weightArgument + 1 : weightArgument);
        string[] weights = weightCount == 0 ? [] : [passed ? context.Argument(weightArgument) : $"{context.Weights}.Weight"];
        string table = ProductTable.Declare(model, plan, model.Product.Output.Select(_ => 1), context);
        string product = $"{table}.Apply({string.Join(", ", [context.Argument(0), context.Argument(second), .. weights])})";
        context.Return($"{rows}.Restore({(model.Then is { } function ? $"global::E3Gen.Operations.Pointwise.{function}({product})" : product)})");
    }
}

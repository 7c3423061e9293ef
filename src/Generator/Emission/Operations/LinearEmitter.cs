using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Emission;

/// <summary>Linear maps: one call with a table of paths.</summary>
internal static class LinearEmitter
{
    public static void Emit(LinearModel model, EmissionContext context)
    {
        string x = context.Argument(0);
        bool hasWeights = model.Connections.Count > 0, hasBias = model.BiasCount > 0;
        context.CheckFeatures(0, model.Input);
        if (model.Channels is { } channels)
        {
            context.Writer.Line($"global::E3Gen.Operations.Check.Channels({x}, {channels.Input}, {context.Named(0)});");
        }

        string flat = model.Channels is null ? "" : ".flatten()";
        string?[] parameters = model.IsPassedWeights
            ? Passed(model, context)
            : [hasWeights ? $"{context.Weights}.Weight{flat}" : "null", hasBias ? $"{context.Weights}.Bias{flat}" : null];
        if (model.Parameters != (0, 0))
        {
            context.CheckWeights(0);
        }

        context.Scope();
        if (model.Channels is not null)
        {
            context.Writer.Line($"{x} = global::E3Gen.Operations.Channels.Join({x});");
        }

        string rows = context.Rows(model.RowArguments);
        string result = $"{rows}.Restore({Table(model, context)}.Apply({string.Join(", ", [x, .. parameters.Where(p => p is not null)])}))";
        context.Return(model.Channels is { } c ? $"global::E3Gen.Operations.Channels.Split({result}, {c.Output}, {model.Output.Dim})" : result);
    }

    /// <summary>Checks weights and biases that are arguments; their channels become one axis, as the table has them.</summary>
    private static string?[] Passed(LinearModel model, EmissionContext context)
    {
        var (writer, perRow) = (context.Writer, model.Weights == WeightKind.PerSample);
        var shapes = new List<(int Argument, int Columns, string What, string Channels)> { (1, model.PassedWeights!.Value, "weights", $"{model.Channels?.Input}, {model.Channels?.Output}") };
        if (model.BiasCount > 0)
        {
            shapes.Add((2, model.BiasCount, "biases", $"{model.Channels?.Output}"));
        }

        foreach (var (argument, columns, what, channels) in shapes)
        {
            context.CheckFeatures(argument, columns, what);
            context.CheckAlike(0, argument);
            string name = context.Argument(argument);
            if (argument == 1 && columns > 0)
            {
                context.ObserveWeights(1); // as they are passed: channels are axes in front
            }

            if (model.Channels is not null)
            {
                writer.Line($"{name} = global::E3Gen.Operations.Check.FlatChannels({name}, [{channels}], {context.Named(argument)});");
            }

            if (!perRow)
            {
                writer.Line($"global::E3Gen.Operations.Check.Vector({name}, {context.Named(argument)});");
            }
        }

        return [model.Connections.Count > 0 ? context.Argument(1) : "null", model.BiasCount > 0 ? context.Argument(2) : null];
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

        if (model.Weights == WeightKind.PerSample)
        {
            properties.Add("HasWeightsPerRow = true");
        }

        if (model.BiasCount > 0)
        {
            var biased = Enumerable.Range(0, model.Channels?.Output ?? 1).SelectMany(channel => model.Biased.Select(o => (channel * model.Output.Count) + o));
            properties.Add($"Biased = [{string.Join(", ", biased)}]");
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

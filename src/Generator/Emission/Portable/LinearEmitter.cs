using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>Linear maps as one matrix product a path.</summary>
internal static class LinearEmitter
{
    public static void Emit(LinearModel model, EmissionContext context)
    {
        var (writer, locals, plan) = (context.Writer, context.Locals, model.Plan);
        string x = context.Argument(0), rows = locals.Name("rows"), segments = locals.Name("segments"), weights = locals.Name("weights");
        var (weightCount, biasCount) = model.Parameters;
        context.CheckFeatures(0, model.Input);
        if (weightCount > 0)
        {
            context.CheckWeights(0);
        }

        context.Scope();
        writer.Line($"var {rows} = global::E3Gen.Kernels.Rows.Flatten(ref {x});");
        if (plan.Paths.Count > 0)
        {
            writer.Line($"var {segments} = {x}.split({Literals.Longs(model.Input.Select(e => e.Dim))}, 1);");
            writer.Line($"var {weights} = {context.Weights}.Weight.split({Literals.Longs(plan.Operands[LinearPlanner.Weights].Segments.Select(s => s.Length))}, 0);");
        }

        var terms = model.Output.Select(_ => new List<string>()).ToList();
        for (int p = 0; p < plan.Paths.Count; p++)
        {
            var path = plan.Paths[p];
            var (input, output) = (model.Input[path.Slots[LinearPlanner.Input].Segment], model.Output[path.Slots[LinearPlanner.Output].Segment]);
            string block = context.Kernels.Field(
                "LinearBlock",
                $"{context.Prefix}{p}",
                $"{Formula.Path(plan, path)}: y[w] = {Formula.Times(path.Scale, "Σ_u W[u,w] x[u]")}",
                $"inputs: {input.Multiplicity}, outputs: {output.Multiplicity}, dimension: {input.Irrep.Dim}, scale: {context.Kernels.Surd(path.Scale)}");
            string term = locals.Name($"y{p}");
            writer.Line();
            writer.Line($"// {Formula.Path(plan, path)}");
            writer.Line($"var {term} = {block}.Apply({segments}[{path.Slots[LinearPlanner.Input].Segment}], {weights}[{p}]);");
            terms[path.Slots[LinearPlanner.Output].Segment].Add(term);
        }

        int bias = 0;
        for (int o = 0; o < model.Output.Count && biasCount > 0; o++)
        {
            if (model.Output[o] is { Irrep.IsScalar: true, Multiplicity: > 0 and var count })
            {
                string slice = count == biasCount ? $"{context.Weights}.Bias" : $"{context.Weights}.Bias.narrow(0, {bias}, {count})";
                terms[o].Add(terms[o].Count == 0 ? $"{slice}.expand({x}.size(0), {count})" : slice);
                bias += count;
            }
        }

        writer.Line();
        var results = model.Output.Select((e, o) => (e.Dim, Terms: terms[o])).Where(r => r.Dim > 0);
        context.Return($"{rows}.Restore({Assembly.Join(results, x)})");
    }
}

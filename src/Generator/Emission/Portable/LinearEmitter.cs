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
        Func<int, string> segment = _ => x, weight = _ => x;
        if (plan.Paths.Count > 0)
        {
            segment = Pieces.Cut(writer, segments, x, Pieces.Of(model.Input), 1);
            weight = Pieces.Cut(writer, weights, $"{context.Weights}.Weight", [.. plan.Operands[LinearPlanner.Weights].Segments.Select(s => s.Length)], 0);
        }

        var terms = model.Output.Select(_ => new List<string>()).ToList();
        for (int p = 0; p < plan.Paths.Count; p++)
        {
            var path = plan.Paths[p];
            var (input, output) = (model.Input[path.Slots[LinearPlanner.Input].Segment], model.Output[path.Slots[LinearPlanner.Output].Segment]);
            string block = context.Kernels.Field(
                "LinearBlock",
                context.Table(p),
                $"{Formula.Path(plan, path)}: y[w] = {Formula.Times(path.Scale, "Σ_u W[u,w] x[u]")}",
                LayoutText.Matters(model.Layout, input.Multiplicity * output.Multiplicity, input.Irrep.Dim) ? [$"Layout = {LayoutText.IrMul}"] : [],
                [$"inputs: {input.Multiplicity}, outputs: {output.Multiplicity}, dimension: {input.Irrep.Dim}, scale: {context.Kernels.Surd(path.Scale)}"]);
            string term = locals.Name($"y{p}");
            writer.Line($"var {term} = {block}.Apply({segment(path.Slots[LinearPlanner.Input].Segment)}, {weight(p)}); // {Formula.Path(plan, path)}");
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

        var results = model.Output.Select((e, o) => (e.Dim, Terms: terms[o])).Where(r => r.Dim > 0);
        context.Return($"{rows}.Restore({Assembly.Join(results, x)})");
    }
}

using E3Gen.Generator.Emission.Cpu;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>Tensor products block by block: couple every path of a block in two matrix products, then contract copies with weights.</summary>
internal static class TensorProductEmitter
{
    public static void Emit(TensorProductModel model, EmissionContext context)
    {
        var (writer, locals, plan) = (context.Writer, context.Locals, model.Plan);
        var emitter = new BlockEmitter(plan, model.Layout, context);
        var blocks = BilinearBlock.Of(plan);
        bool passed = model.Weights is WeightKind.Shared or WeightKind.PerSample, perRow = model.Weights == WeightKind.PerSample;
        int weightCount = plan.Inputs[plan.Inputs.Count - 1].Dimension;
        string x = context.Argument(0), y = context.Argument(1), rows = locals.Name("rows");
        string xs = locals.Name("xs"), ys = locals.Name("ys"), ws = locals.Name("ws");

        context.CheckFeatures(0, model.Input1);
        context.CheckFeatures(1, model.Input2);
        context.CheckAlike(0, 1);
        if (passed)
        {
            context.CheckFeatures(2, weightCount, "weights");
            context.CheckAlike(0, 2);
            if (!perRow)
            {
                writer.Line($"global::E3Gen.Kernels.Check.Vector({context.Argument(2)}, {context.Named(2)});");
            }

            if (weightCount > 0)
            {
                context.ObserveWeights(2);
            }
        }
        else if (weightCount > 0)
        {
            context.CheckWeights(0);
        }

        context.Scope();
        var rowwise = perRow ? new[] { 0, 1, 2 } : [0, 1];
        string references = string.Join(", ", rowwise.Select(i => $"ref {context.Argument(i)}"));
        writer.Line($"var {rows} = global::E3Gen.Kernels.Rows.Broadcast({references}, \"{context.Label}\", {context.Names(rowwise)});");
        CpuEmitter.TensorProduct(model, context, rows);
        var segment1 = blocks.Count > 0 ? Pieces.Cut(writer, xs, x, Pieces.Of(model.Input1), 1) : _ => x;
        var segment2 = blocks.Any(b => b.Input2 is not null) ? Pieces.Cut(writer, ys, y, Pieces.Of(model.Input2), 1) : _ => y;
        var (lengths, pieceOfPath) = emitter.WeightPieces(blocks);
        var weight = Pieces.Cut(writer, ws, passed ? context.Argument(2) : $"{context.Weights}.Weight", lengths, perRow ? 1 : 0);

        var terms = model.Output.Select(_ => new List<string>()).ToList();
        for (int b = 0; b < blocks.Count; b++)
        {
            var block = blocks[b];
            string table = emitter.Table(block, b), z = locals.Name($"z{b}"), p = locals.Name($"p{b}");
            writer.Line();
            emitter.CommentPaths(block);
            string second = block.Input2 is { } j ? segment2(j) : y;
            string first = $"{table}.IrMul({segment1(block.Input1)})";
            if (block.IsElementwise)
            {
                string weights = emitter.BlockWeights(block, weight, pieceOfPath, perRow ? 1 : 0);
                writer.Line($"var {z} = {table}.Weigh({table}.Couple({first}, {second}), {weights});");
            }
            else
            {
                writer.Line($"var {z} = {table}.Couple({first}, {second}, copies: {block.Copies});");
            }

            var piece = emitter.Split(block, table, z, p);
            for (int i = 0; i < block.Paths.Count; i++)
            {
                int path = block.Paths[i];
                bool weighted = plan.Paths[path].Factors.Count > 2;
                terms[plan.Paths[path].Result.Segment].Add(block.IsElementwise
                    ? piece(i)
                    : emitter.Contract(path, piece(i), weighted ? weight(pieceOfPath(path)) : null, perRow));
            }
        }

        writer.Line();
        var sums = new List<(int, List<string>)>();
        for (int o = 0; o < model.Output.Count; o++)
        {
            if (model.Output[o].Dim > 0)
            {
                string result = locals.Name($"out{o}");
                writer.Line($"// {model.Output[o]}");
                if (terms[o].Count == 0)
                {
                    writer.Line($"var {result} = {Assembly.Sum(model.Output[o].Dim, [], x)};");
                }
                else if (terms[o].Count == 1)
                {
                    writer.Line($"var {result} = {LayoutText.Columns(model.Layout, terms[o][0])};");
                }
                else
                {
                    string[] around = LayoutText.Columns(model.Layout, "global::E3Gen.Kernels.Layouts.Sum(|)").Split('|');
                    writer.Call($"var {result} = {around[0]}", terms[o], $"{around[1]};");
                }

                sums.Add((model.Output[o].Dim, [result]));
            }
        }

        context.Return($"{rows}.Restore({Assembly.Join(sums, x)})");
    }
}

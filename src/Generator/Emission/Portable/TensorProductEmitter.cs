using E3Gen.Generator.Emission.Cpu;
using E3Gen.Generator.Lowering;
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
        var blocks = PortableBlock.Of(plan);
        bool passed = model.Weights is WeightKind.Shared or WeightKind.PerSample, perRow = model.Weights == WeightKind.PerSample;
        int second = plan.Inputs.Count - 2, weightArgument = second + 1; // a square has one argument
        int weightCount = plan.Inputs[weightArgument].Dimension;
        string x = context.Argument(0), y = context.Argument(second), rows = locals.Name("rows");
        string xs = locals.Name("xs"), ys = locals.Name("ys"), ws = locals.Name("ws");

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
        int[] rowwise = [.. Enumerable.Range(0, perRow ? weightArgument + 1 : weightArgument)];
        string references = string.Join(", ", rowwise.Select(i => $"ref {context.Argument(i)}"));
        writer.Line(rowwise.Length == 1
            ? $"var {rows} = global::E3Gen.Operations.Rows.Flatten({references});"
            : $"var {rows} = global::E3Gen.Operations.Rows.Broadcast({references}, \"{context.Label}\", {context.Names(rowwise)});");
        CpuEmitter.TensorProduct(model, context, rows);
        var segment1 = blocks.Count > 0 ? Pieces.Cut(writer, xs, x, Pieces.Of(plan.Inputs[0]), 1) : _ => x;
        var segment2 = second == 0 ? segment1
            : blocks.Any(b => b.Input2 is not null) ? Pieces.Cut(writer, ys, y, Pieces.Of(plan.Inputs[1]), 1) : _ => y;
        var (lengths, pieceOfPath) = emitter.WeightPieces(blocks);
        var weight = Pieces.Cut(writer, ws, passed ? context.Argument(weightArgument) : $"{context.Weights}.Weight", lengths, perRow ? 1 : 0);

        var output = model.Product.Output;
        var terms = output.Select(_ => new List<string>()).ToList();
        for (int b = 0; b < blocks.Count; b++)
        {
            var block = blocks[b];
            string table = emitter.Table(block, b), z = locals.Name($"z{b}"), p = locals.Name($"p{b}");
            writer.Line();
            emitter.CommentPaths(block);
            string right = block.Input2 is { } j ? segment2(j) : y;
            string left = $"{table}.IrMul({segment1(block.Input1)})";
            if (block.IsElementwise)
            {
                string weights = emitter.BlockWeights(block, weight, pieceOfPath, perRow ? 1 : 0);
                writer.Line($"var {z} = {table}.Weigh({table}.Couple({left}, {right}), {weights});");
            }
            else
            {
                writer.Line($"var {z} = {table}.Couple({left}, {right}, copies: {block.Copies});");
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
        for (int o = 0; o < output.Count; o++)
        {
            if (output[o].Dim > 0)
            {
                string result = locals.Name($"out{o}");
                writer.Line($"// {output[o]}");
                if (terms[o].Count == 0)
                {
                    writer.Line($"var {result} = {Assembly.Sum(output[o].Dim, [], x)};");
                }
                else if (terms[o].Count == 1)
                {
                    writer.Line($"var {result} = {LayoutText.Columns(model.Layout, terms[o][0])};");
                }
                else
                {
                    string[] around = LayoutText.Columns(model.Layout, "global::E3Gen.Operations.Layouts.Sum(|)").Split('|');
                    writer.Call($"var {result} = {around[0]}", terms[o], $"{around[1]};");
                }

                sums.Add((output[o].Dim, [result]));
            }
        }

        context.Return($"{rows}.Restore({Assembly.Join(sums, x)})");
    }
}

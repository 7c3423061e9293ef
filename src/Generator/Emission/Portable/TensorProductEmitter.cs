using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>Tensor products block by block: couple every path of a block in two matrix products, then contract copies with weights.</summary>
internal static class TensorProductEmitter
{
    public static void Emit(TensorProductModel model, EmissionContext context)
    {
        var (writer, locals, plan) = (context.Writer, context.Locals, model.Plan);
        var emitter = new BlockEmitter(plan, context);
        var blocks = BilinearBlock.Of(plan);
        bool passed = model.Weights is WeightKind.Shared or WeightKind.PerSample, perRow = model.Weights == WeightKind.PerSample;
        int weightCount = plan.Operands[BilinearPlanner.Weights].Dimension;
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
        }
        else if (weightCount > 0)
        {
            context.CheckWeights(0);
        }

        context.Scope();
        var rowwise = perRow ? new[] { 0, 1, 2 } : [0, 1];
        string references = string.Join(", ", rowwise.Select(i => $"ref {context.Argument(i)}"));
        writer.Line($"var {rows} = global::E3Gen.Kernels.Rows.Broadcast({references}, \"{context.Label}\", {context.Names(rowwise)});");
        writer.Line($"var {xs} = {x}.split({Literals.Longs(model.Input1.Select(e => e.Dim))}, 1);");
        if (blocks.Any(b => b.Input2 is not null))
        {
            writer.Line($"var {ys} = {y}.split({Literals.Longs(model.Input2.Select(e => e.Dim))}, 1);");
        }

        var (lengths, pieceOfPath) = emitter.WeightPieces(blocks);
        if (lengths.Count > 0)
        {
            string weights = passed ? context.Argument(2) : $"{context.Weights}.Weight";
            writer.Line($"var {ws} = {weights}.split({Literals.Longs(lengths)}, {(perRow ? 1 : 0)});");
        }

        var terms = model.Output.Select(_ => new List<string>()).ToList();
        for (int b = 0; b < blocks.Count; b++)
        {
            var block = blocks[b];
            string table = emitter.Table(block, b), z = locals.Name($"z{b}"), p = locals.Name($"p{b}");
            writer.Line();
            emitter.CommentPaths(block);
            string second = block.Input2 is { } j ? $"{ys}[{j}]" : y;
            string first = $"{table}.IrMul({xs}[{block.Input1}])";
            if (block.IsElementwise)
            {
                string weights = emitter.BlockWeights(block, ws, pieceOfPath, perRow ? 1 : 0);
                writer.Line($"var {z} = {table}.Weigh({table}.Couple({first}, {second}), {weights});");
            }
            else
            {
                writer.Line($"var {z} = {table}.Couple({first}, {second}, copies: {block.Copies});");
            }

            writer.Line($"var {p} = {table}.Split({z});");
            for (int i = 0; i < block.Paths.Count; i++)
            {
                int path = block.Paths[i];
                bool weighted = plan.Paths[path].Slots[BilinearPlanner.Weights].Segment >= 0;
                terms[plan.Paths[path].Slots[BilinearPlanner.Output].Segment].Add(block.IsElementwise
                    ? $"global::E3Gen.Kernels.Layouts.ToMulIr({p}[{i}])"
                    : emitter.Contract(path, $"{p}[{i}]", weighted ? $"{ws}[{pieceOfPath(path)}]" : null, perRow));
            }
        }

        writer.Line();
        writer.Line($"// {model.Output}");
        var sums = new List<(int, List<string>)>();
        for (int o = 0; o < model.Output.Count; o++)
        {
            if (model.Output[o].Dim > 0)
            {
                string result = locals.Name($"out{o}");
                writer.Line($"var {result} = {Assembly.Sum(model.Output[o].Dim, terms[o], x)};");
                sums.Add((model.Output[o].Dim, [result]));
            }
        }

        context.Return($"{rows}.Restore({Assembly.Join(sums, x)})");
    }
}

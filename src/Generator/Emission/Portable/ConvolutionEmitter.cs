using E3Gen.Generator.Emission.Cpu;
using E3Gen.Generator.Lowering;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>Convolutions block by block: gather the source nodes, couple with the edges, weigh, sum over incoming edges. Layout changes happen on nodes, not on edges.</summary>
internal static class ConvolutionEmitter
{
    public static void Emit(ConvolutionModel model, EmissionContext context)
    {
        var (writer, locals, plan) = (context.Writer, context.Locals, model.Plan);
        var emitter = new BlockEmitter(plan, model.Layout, context);
        var blocks = PortableBlock.Of(plan);
        string nodes = context.Argument(0), edges = context.Argument(1), weights = context.Argument(2), graph = context.Argument(3);
        string xs = locals.Name("xs"), ys = locals.Name("ys"), ws = locals.Name("ws");

        context.CheckFeatures(0, model.Nodes);
        context.CheckFeatures(1, model.Edges);
        context.CheckFeatures(2, plan.Inputs[plan.Inputs.Count - 1].Dimension, "weights");
        context.CheckAlike(0, 1);
        context.CheckAlike(0, 2);
        writer.Line($"global::System.ArgumentNullException.ThrowIfNull({graph}, {context.Named(3)});");
        writer.Line($"global::E3Gen.Operations.Check.RowsOf({nodes}, {graph}.NodeCount, \"nodes\", {context.Named(0)});");
        writer.Line($"global::E3Gen.Operations.Check.RowsOf({edges}, {graph}.EdgeCount, \"edges\", {context.Named(1)});");
        writer.Line($"global::E3Gen.Operations.Check.EdgeRows({weights}, {graph}, {context.Named(2)});");
        if (plan.Paths.Count > 0)
        {
            context.ObserveWeights(2);
        }

        CpuEmitter.Convolution(model, context);
        context.Scope();
        writer.Line($"{weights} = global::E3Gen.Operations.Edges.PerEdge({weights}, {graph});");
        var (lengths, pieceOfPath) = emitter.WeightPieces(blocks);
        var node = blocks.Count > 0 ? Pieces.Cut(writer, xs, nodes, Pieces.Of(model.Nodes), 1) : _ => nodes;
        var edge = blocks.Any(b => b.Input2 is not null) ? Pieces.Cut(writer, ys, edges, Pieces.Of(model.Edges), 1) : _ => edges;
        var weight = Pieces.Cut(writer, ws, weights, lengths, 1);

        var terms = model.Messages.Select(_ => new List<string>()).ToList();
        for (int b = 0; b < blocks.Count; b++)
        {
            var block = blocks[b];
            string table = emitter.Table(block, b), x = locals.Name($"x{b}"), z = locals.Name($"z{b}"), p = locals.Name($"p{b}");
            writer.Line();
            emitter.CommentPaths(block);
            writer.Line($"var {x} = {table}.IrMul({node(block.Input1)}).index_select(0, {graph}.Source);");
            if (block.IsElementwise)
            {
                writer.Line($"var {z} = {table}.Weigh({table}.Couple({x}, {edges}), {emitter.BlockWeights(block, weight, pieceOfPath, 1)});");
                z = $"global::E3Gen.Operations.Messages.Sum({z}, {graph})";
            }
            else
            {
                string second = block.Input2 is { } j ? edge(j) : edges;
                writer.Line($"var {z} = {table}.Couple({x}, {second}, copies: {block.Copies});");
            }

            var piece = emitter.Split(block, table, z, p);
            for (int i = 0; i < block.Paths.Count; i++)
            {
                int path = block.Paths[i];
                terms[plan.Paths[path].Result.Segment].Add(block.IsElementwise
                    ? piece(i)
                    : $"global::E3Gen.Operations.Messages.Sum({emitter.Contract(path, piece(i), weight(pieceOfPath(path)), perRow: true)}, {graph})");
            }
        }

        writer.Line();
        var sorted = Columns(model, context, terms.ConvertAll(t => t[0]));
        if (sorted.Count <= 1)
        {
            context.Return(sorted.Count == 0 ? $"global::E3Gen.Operations.Layouts.Zeros({nodes}, 0)" : sorted[0]);
            return;
        }

        writer.Line($"// {model.Output}, each irrep's paths side by side");
        string result = locals.Name("sorted");
        writer.Call($"var {result} = global::E3Gen.Operations.Layouts.Join(", sorted, ");");
        context.Return(result);
    }

    /// <summary>The segments of the result. In mul_ir copies of an irrep that follow each other are segments that follow each other; in ir_mul they are joined first.</summary>
    private static List<string> Columns(ConvolutionModel model, EmissionContext context, List<string> blocks)
    {
        var columns = new List<string>();
        int first = 0;
        foreach (int run in model.Layout == Layout.IrMul ? model.Runs : blocks.Select(_ => 1))
        {
            if (run == 1)
            {
                columns.Add(LayoutText.Columns(model.Layout, blocks[first]));
            }
            else
            {
                string segment = context.Locals.Name($"out{columns.Count}");
                context.Writer.Line($"// {model.Output[columns.Count]}");
                context.Writer.Call($"var {segment} = global::E3Gen.Operations.Layouts.JoinCopies(", blocks.GetRange(first, run), ").flatten(1);");
                columns.Add(segment);
            }

            first += run;
        }

        return columns;
    }
}

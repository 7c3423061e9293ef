using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>What tensor products and convolutions share: the path tables of a plan's blocks and how weights are cut.</summary>
internal sealed class BlockEmitter(MultilinearPlan plan, Layout layout, EmissionContext context)
{
    public MultilinearPlan Plan { get; } = plan;

    private Operand X => Plan.Operands[BilinearPlanner.Input1];

    private Operand Y => Plan.Operands[BilinearPlanner.Input2];

    public Segment Input1(BilinearBlock block) => X.Segments[block.Input1];

    /// <summary>Declares the path table of a block.</summary>
    public string Table(BilinearBlock block, int index)
    {
        var x = Input1(block);
        int columns = block.Input2 is { } j ? Y.Segments[j].Components : Y.Dimension;
        var paths = block.Paths.Select(p =>
        {
            var path = Plan.Paths[p];
            var l = path.Coupling.Degrees;
            int column = block.Input2 is null ? Y.Segments[path.Slots[BilinearPlanner.Input2].Segment].Offset : 0;
            string coupling = context.Kernels.Coupling(l[0], l[1], l[2]);
            return $"new global::E3Gen.Kernels.PathTerm({coupling}, Column: {column}, Scale: {context.Kernels.Surd(path.Scale)})";
        });
        return context.Kernels.Field(
            "PathBlock",
            context.Table(index),
            Title(block),
            LayoutText.Matters(layout, x.Multiplicity, x.Components) ? [$"Layout = {LayoutText.IrMul}"] : [],
            [$"\"{context.Label}\"", $"multiplicity: {x.Multiplicity}, dimension: {x.Components}, columns: {columns}", .. paths]);
    }

    /// <summary>"16x1o × (1x0e, 1x1o)".</summary>
    private string Title(BilinearBlock block)
    {
        var x = Input1(block);
        var ys = block.Paths.Select(p => Plan.Paths[p].Slots[BilinearPlanner.Input2].Segment).Distinct().Select(j => $"{Y.Segments[j].Multiplicity}x{Y.Segments[j].Irrep}");
        return $"{x.Multiplicity}x{x.Irrep} × ({string.Join(", ", ys)})";
    }

    public void CommentPaths(BilinearBlock block)
    {
        foreach (int p in block.Paths)
        {
            context.Writer.Line($"// {Formula.Path(Plan, Plan.Paths[p])} : {Formula.Couple(Plan.Paths[p])}");
        }
    }

    /// <summary>Lengths of the weight pieces: one for an elementwise block whose paths follow each other, else one for each path.</summary>
    public (IReadOnlyList<int> Lengths, Func<int, int> PieceOfPath) WeightPieces(IReadOnlyList<BilinearBlock> blocks)
    {
        var weighted = Enumerable.Range(0, Plan.Paths.Count).Where(p => Plan.Paths[p].Slots[BilinearPlanner.Weights].Segment >= 0).ToList();
        var lengths = new List<int>();
        var pieces = new Dictionary<int, int>();
        var blockOfPath = blocks.SelectMany((b, index) => b.Paths.Select(p => (p, index))).ToDictionary(e => e.p, e => e.index);
        int last = -1;
        foreach (int p in weighted)
        {
            var block = blocks[blockOfPath[p]];
            int length = Plan.Operands[BilinearPlanner.Weights].Segments[Plan.Paths[p].Slots[BilinearPlanner.Weights].Segment].Length;
            if (block.IsElementwise && blockOfPath[p] == last)
            {
                lengths[lengths.Count - 1] += length;
            }
            else
            {
                lengths.Add(length);
            }

            pieces[p] = lengths.Count - 1;
            last = blockOfPath[p];
        }

        return (lengths, p => pieces[p]);
    }

    /// <summary>The weights of an elementwise block.</summary>
    public string BlockWeights(BilinearBlock block, Func<int, string> weights, Func<int, int> pieceOfPath, int axis)
    {
        var pieces = block.Paths.Select(pieceOfPath).Distinct().Select(weights).ToList();
        return pieces.Count == 1 ? pieces[0] : $"global::TorchSharp.torch.cat(new global::TorchSharp.torch.Tensor[] {{ {string.Join(", ", pieces)} }}, {axis})";
    }

    /// <summary>Cuts what a block yields into its paths.</summary>
    public Func<int, string> Split(BilinearBlock block, string table, string coupled, string name)
    {
        if (block.Paths.Count == 1)
        {
            return _ => coupled;
        }

        context.Writer.Line($"var {name} = {table}.Split({coupled});");
        return i => $"{name}[{i}]";
    }

    /// <summary>The contraction of one path over copies, [rows, v, k, u] and weights → [rows, k, copies of the output].</summary>
    public string Contract(int p, string coupled, string? weights, bool perRow)
    {
        var path = Plan.Paths[p];
        string u = path.Slots[BilinearPlanner.Input1].Indices, v = path.Slots[BilinearPlanner.Input2].Indices, output = path.Slots[BilinearPlanner.Output].Indices;
        if (weights is null)
        {
            // Without weights an output index of its own has one copy.
            string kept = output == "w" ? "" : output;
            return $"global::E3Gen.Kernels.Contraction.Of(\"b{v}k{u}->bk{kept}\", {coupled})";
        }

        var segment = Plan.Operands[BilinearPlanner.Weights].Segments[path.Slots[BilinearPlanner.Weights].Segment];
        string indices = path.Slots[BilinearPlanner.Weights].Indices;
        return $"global::E3Gen.Kernels.Contraction.Of(\"b{v}k{u},{(perRow ? "b" : "")}{indices}->bk{output}\", {coupled}, {weights}, {string.Join(", ", segment.Multiplicities)})";
    }
}

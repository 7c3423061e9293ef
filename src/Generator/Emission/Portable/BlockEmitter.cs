using E3Gen.Generator.Lowering;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>What tensor products and convolutions share: the path tables of a product's blocks and how weights are cut.</summary>
internal sealed class BlockEmitter(SegmentedPolynomial product, Layout layout, EmissionContext context)
{
    private readonly IReadOnlyList<ProductPath> _paths = ProductPath.Of(product);

    /// <summary>Declares the path table of a block.</summary>
    public string Table(PortableBlock block, int index)
    {
        var x = _paths[block.Paths[0]].XSegment;
        int columns = block.Input2 is null ? product.Inputs[_paths[block.Paths[0]].Y.Operand].Dimension : _paths[block.Paths[0]].YSegment.Components;
        var terms = block.Paths.Select(p =>
        {
            var path = _paths[p];
            int column = block.Input2 is null ? path.YSegment.Offset : 0;
            return $"new PathTerm({context.Kernels.Coupling(path.Coupling)}, Column: {column}, Scale: {context.Kernels.Surd(path.Path.Scale)})";
        });
        return context.Kernels.Field(
            "PathBlock",
            context.Table(index),
            Title(block),
            LayoutText.Matters(layout, x.Multiplicity, x.Components) ? ["Layout = Layout.IrMul"] : [],
            [$"\"{context.Label}\"", $"multiplicity: {x.Multiplicity}, dimension: {x.Components}, columns: {columns}", .. terms]);
    }

    /// <summary>"16x1o × (1x0e, 1x1o)".</summary>
    private string Title(PortableBlock block)
    {
        static string Entry(Segment segment) => $"{segment.Multiplicity}x{segment.Irrep}";
        var ys = block.Paths.GroupBy(p => _paths[p].Y.Segment).Select(g => Entry(_paths[g.First()].YSegment));
        return $"{Entry(_paths[block.Paths[0]].XSegment)} × ({string.Join(", ", ys)})";
    }

    public void CommentPaths(PortableBlock block)
    {
        foreach (int p in block.Paths)
        {
            context.Writer.Line($"// {Formula.Path(product, product.Paths[p])} : {Formula.Couple(_paths[p])}");
        }
    }

    /// <summary>Lengths of the weight pieces: one for an elementwise block whose paths follow each other, else one for each path.</summary>
    public (IReadOnlyList<int> Lengths, Func<int, int> PieceOfPath) WeightPieces(IReadOnlyList<PortableBlock> blocks)
    {
        var weighted = Enumerable.Range(0, _paths.Count).Where(p => _paths[p].W is not null).ToList();
        var lengths = new List<int>();
        var pieces = new Dictionary<int, int>();
        var blockOfPath = blocks.SelectMany((b, index) => b.Paths.Select(p => (p, index))).ToDictionary(e => e.p, e => e.index);
        int last = -1;
        foreach (int p in weighted)
        {
            var block = blocks[blockOfPath[p]];
            int length = _paths[p].WSegment!.Length;
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
    public string BlockWeights(PortableBlock block, Func<int, string> weights, Func<int, int> pieceOfPath, int axis)
    {
        var pieces = block.Paths.Select(pieceOfPath).Distinct().Select(weights).ToList();
        return pieces.Count == 1 ? pieces[0] : $"global::TorchSharp.torch.cat(new global::TorchSharp.torch.Tensor[] {{ {string.Join(", ", pieces)} }}, {axis})";
    }

    /// <summary>Cuts what a block yields into its paths.</summary>
    public Func<int, string> Split(PortableBlock block, string table, string coupled, string name)
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
        var path = _paths[p];
        string u = path.X.Indices, v = path.Y.Indices, output = path.Z.Indices;
        if (path.Path.Pairs == Pairs.Ascending)
        {
            // One index for the pairs u < v: these of both factors' copies are picked first.
            (u, v, coupled) = ("p", "", $"global::E3Gen.Operations.Contraction.Pairs({coupled})");
            output = output.Replace("uv", "p");
        }

        if (weights is null)
        {
            // Without weights an output index of its own has one copy.
            string kept = output == "w" ? "" : output;
            return v + "k" + u == "k" + kept ? coupled : $"global::E3Gen.Operations.Contraction.Of(\"b{v}k{u}->bk{kept}\", {coupled})";
        }

        string indices = path.Path.Pairs == Pairs.Ascending ? path.W!.Value.Indices.Replace("uv", "p") : path.W!.Value.Indices;
        return $"global::E3Gen.Operations.Contraction.Of(\"b{v}k{u},{(perRow ? "b" : "")}{indices}->bk{output}\", {coupled}, {weights}, {string.Join(", ", path.WSegment!.Multiplicities)})";
    }
}

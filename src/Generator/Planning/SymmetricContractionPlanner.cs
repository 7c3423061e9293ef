using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>
/// Plans MACE's symmetric contraction: <c>z[k,u] = Σ_ν Σ_q W[q,u] Σ U[k,i1,…,iν] x[i1,u] … x[iν,u]</c>. The tensors U are products of Wigner 3j symbols, one
/// for each way ((i1 i2) i3) … to couple ν irreps of the input to one of the output, of norm 2l+1, in MACE's order; they are not symmetrised.
/// </summary>
/// <remarks>Batatia, Kovács, Simm, Ortner, Csányi, <i>MACE</i>, NeurIPS 2022, eq. 10; the order is that of its implementation.</remarks>
internal static class SymmetricContractionPlanner
{
    /// <summary>Entries of all coupling tensors together, beyond which a declaration is refused: planning would take minutes.</summary>
    public const int MostEntries = 200_000;

    /// <param name="input">Irreps of the argument: each of the same multiplicity.</param>
    /// <param name="output">Irreps of the result, of that multiplicity.</param>
    /// <param name="correlation">The highest ν.</param>
    /// <param name="layout">Order of the columns.</param>
    /// <returns>Of x and the weights of the row's element: the paths, output after output, from the highest ν to the lowest.</returns>
    /// <exception cref="OverflowException">The tensors have more than <see cref="MostEntries"/> entries.</exception>
    public static SymmetricContraction Plan(Irreps input, Irreps output, int correlation, Layout layout)
    {
        var trees = new List<CouplingTree>();
        var blocks = new List<ContractionBlock>();
        for (int o = 0; o < output.Count; o++)
        {
            for (int degree = correlation; degree >= 1; degree--)
            {
                var found = CouplingTree.To(input, output[o].Irrep, degree, filtered: degree == 4);
                blocks.Add(new ContractionBlock(o, degree, trees.Count, found.Count));
                trees.AddRange(found);
                if (trees.Sum(t => (long)t.Entries.Count) > MostEntries)
                {
                    throw new OverflowException($"The coupling tensors have more than {MostEntries} entries.");
                }
            }
        }

        int copies = input.Count == 0 ? 0 : input[0].Multiplicity;
        var weights = Operand.OfWeights("W", trees.Select(_ => new[] { copies }.ToEquatable()), RowSource.Indexed);
        var paths =
            from block in blocks
            from q in Enumerable.Range(block.First, block.Count)
            let factors = trees[q].Factors.Select(segment => new Slot(0, segment, "u")).Append(new Slot(1, q, "u"))
            select new Path(factors.ToEquatable(), new Slot(0, block.Output, "u"), trees[q].Coefficients(input, output[block.Output].Irrep), Surd.One);
        return new SymmetricContraction(
            new SegmentedPolynomial([Operand.Of("x", input, layout: layout), weights], [Operand.Of("z", output, layout: layout)], paths),
            blocks.ToEquatable(),
            trees.Select(t => t.Name).ToEquatable());
    }
}

/// <summary>A planned symmetric contraction.</summary>
/// <param name="Polynomial">The polynomial.</param>
/// <param name="Blocks">Which of its paths are of one output and degree.</param>
/// <param name="Names">How each path couples: "((1o*1o->0e)*0e->0e)".</param>
internal sealed record SymmetricContraction(SegmentedPolynomial Polynomial, EquatableArray<ContractionBlock> Blocks, EquatableArray<string> Names);

/// <summary>The paths of one output irrep that multiply one number of factors. Their weights lie together: [elements, paths, copies].</summary>
/// <param name="Output">Index of the output irrep.</param>
/// <param name="Degree">Number of factors ν.</param>
/// <param name="First">Its first path.</param>
/// <param name="Count">Number of its paths.</param>
internal readonly record struct ContractionBlock(int Output, int Degree, int First, int Count);

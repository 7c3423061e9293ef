namespace E3Gen.Benchmarks.Kernels.Operations;

/// <summary>A path of a tensor product, by position, as e3nn's instructions.</summary>
/// <param name="Input1">Segment of the first input.</param>
/// <param name="Input2">Segment of the second input.</param>
/// <param name="Output">Segment of the output.</param>
/// <param name="Mode">How multiplicities are connected.</param>
/// <param name="Scale">What the path is multiplied by, beside the Wigner 3j symbol.</param>
internal sealed record ProductPath(int Input1, int Input2, int Output, ConnectionMode Mode, double Scale);

/// <summary>A tensor product as data: what the peers are written from, and what operations are counted from.</summary>
internal sealed record Product(Irreps Input1, Irreps Input2, Irreps Output, bool Weighted, IReadOnlyList<ProductPath> Paths)
{
    /// <summary>One weight vector for all rows; else one a row.</summary>
    public bool SharedWeights { get; private init; }

    /// <summary>Entries of a weight vector.</summary>
    public int Weights => Paths.Sum(WeightsOf);

    /// <summary>Every path nodes ⊗ Y_l that ends in an irrep to keep, one output segment each, sorted; weights a row. What e3nn's networks convolve with.</summary>
    public static Product Uvu(string nodes, int lmax, Func<Irrep, bool> keep) =>
        SegmentAPath(nodes, Irreps.SphericalHarmonics(lmax), keep, ConnectionMode.UVU, weighted: true);

    /// <summary>Every pair of copies and every path, one output segment each, sorted; no weights.</summary>
    public static Product Full(string input1, string input2) => SegmentAPath(input1, input2, _ => true, ConnectionMode.UVUV, weighted: false);

    /// <summary>Every path from every pair of segments to every output segment, all copies mixed; one weight vector.</summary>
    public static Product FullyConnected(Irreps input1, Irreps input2, Irreps output)
    {
        var paths = new List<ProductPath>();
        for (int i = 0; i < input1.Count; i++)
        {
            for (int j = 0; j < input2.Count; j++)
            {
                for (int k = 0; k < output.Count; k++)
                {
                    if (output[k].Irrep.IsIn(input1[i].Irrep, input2[j].Irrep))
                        paths.Add(new ProductPath(i, j, k, ConnectionMode.UVW, Math.Sqrt(output[k].Irrep.Dim)));
                }
            }
        }
        // Every summed product counts the same.
        double Products(int k) => paths.Where(p => p.Output == k).Sum(p => (double)input1[p.Input1].Multiplicity * input2[p.Input2].Multiplicity);
        return new Product(input1, input2, output, true, [.. paths.Select(p => p with { Scale = p.Scale / Math.Sqrt(Products(p.Output)) })]) { SharedWeights = true };
    }

    private static Product SegmentAPath(Irreps first, Irreps second, Func<Irrep, bool> keep, ConnectionMode mode, bool weighted)
    {
        var segments = new List<MulIrrep>();
        var paths = new List<ProductPath>();
        for (int i = 0; i < first.Count; i++)
        {
            for (int j = 0; j < second.Count; j++)
            {
                foreach (Irrep irrep in (first[i].Irrep * second[j].Irrep).Where(keep))
                {
                    paths.Add(new ProductPath(i, j, segments.Count, mode, Math.Sqrt(irrep.Dim)));
                    segments.Add(new MulIrrep(first[i].Multiplicity * (mode == ConnectionMode.UVUV ? second[j].Multiplicity : 1), irrep));
                }
            }
        }
        (Irreps sorted, int[] permutation, _) = new Irreps(segments).Sort();
        return new Product(first, second, sorted, weighted, [.. paths.Select(p => p with { Output = permutation[p.Output] })]);
    }

    /// <summary>The products of copies that a path adds up or keeps, in a row.</summary>
    public double Pairs(ProductPath path) => (double)Input1[path.Input1].Multiplicity * Input2[path.Input2].Multiplicity;

    public int WeightsOf(ProductPath path)
    {
        if (!Weighted)
            return 0;
        int pairs = Input1[path.Input1].Multiplicity * Input2[path.Input2].Multiplicity;
        return path.Mode == ConnectionMode.UVW ? pairs * Output[path.Output].Multiplicity : pairs;
    }
}

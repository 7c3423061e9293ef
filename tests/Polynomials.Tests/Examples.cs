namespace E3Gen.Polynomials.Tests;

/// <summary>Polynomials of every kind that operations are.</summary>
internal static class Examples
{
    private static readonly Irreps X = "2x0e + 3x1o", Y = "2x1o + 2e", Z = "4x0e + 3x1o";

    /// <summary>y[w] = Σ_u W[u,w] x[u].</summary>
    public static SegmentedPolynomial Linear => new(
        [Operand.Of("x", X), Weights([2, 4], [3, 3])],
        [Operand.Of("z", Z)],
        [Path([new(0, 0, "u"), new(1, 0, "uw")], "w", Coefficients.Identity(0), 0), Path([new(0, 1, "u"), new(1, 1, "uw")], "w", Coefficients.Identity(1), 1)]);

    /// <summary>z[w] = Σ_uv W[u,v,w] x[u]·y[v].</summary>
    public static SegmentedPolynomial FullyConnected => new(
        [Operand.Of("x", X, layout: Layout.IrMul), Operand.Of("y", Y), Weights([3, 2, 4])],
        [Operand.Of("z", Z)],
        [Path([new(0, 1, "u"), new(1, 0, "v"), new(2, 0, "uvw")], "w", Coefficients.Wigner(1, 1, 0), 0)]);

    /// <summary>z[u] = Σ_v W[u,v] x[u]×y[v], of sources, into destinations.</summary>
    public static SegmentedPolynomial Convolution => new(
        [Operand.Of("x", X, RowSource.Source), Operand.Of("y", Y), Operand.OfWeights("W", [Shape(3, 2), Shape(3, 1)], RowSource.Own)],
        [Operand.Of("z", Z, RowSource.Destination, Layout.IrMul)],
        [
            Path([new(0, 1, "u"), new(1, 0, "v"), new(2, 0, "uv")], "u", Coefficients.Wigner(1, 1, 1), 1),
            Path([new(0, 1, "u"), new(1, 1, "v"), new(2, 1, "uv")], "u", Coefficients.Wigner(1, 2, 1), 1),
        ]);

    /// <summary>z[w] = Σ_u&lt;v W[uv,w] x[u]·x[v].</summary>
    public static SegmentedPolynomial Square => new(
        [Operand.Of("x", X), Weights([3, 4])],
        [Operand.Of("z", Z)],
        [Path([new(0, 1, "u"), new(0, 1, "v"), new(1, 0, "uvw")], "w", Coefficients.Wigner(1, 1, 0), 0) with { Pairs = Pairs.Ascending }]);

    /// <summary>z[u] = W[u] (x[u]·x[u]) x[u] + x[u]×x[u], the second of which is zero.</summary>
    public static SegmentedPolynomial Cube => new(
        [Operand.Of("x", X), Weights([3])],
        [Operand.Of("z", Z)],
        [
            Path([new(0, 1, "u"), new(0, 1, "u"), new(0, 1, "u"), new(1, 0, "u")], "u", Dot(), 1),
            Path([new(0, 1, "u"), new(0, 1, "u")], "u", Coefficients.Wigner(1, 1, 1), 1),
        ]);

    public static TheoryData<string> Names => ["Linear", "FullyConnected", "Convolution", "Square", "Cube"];

    public static SegmentedPolynomial Of(string name) => (SegmentedPolynomial)typeof(Examples).GetProperty(name)!.GetValue(null)!;

    /// <summary>A row for each input.</summary>
    public static double[][] Rows(IEnumerable<Operand> operands, int seed)
    {
        var random = new Random(seed);
        return [.. operands.Select(o => Enumerable.Range(0, o.Dimension).Select(_ => random.NextDouble() - 0.5).ToArray())];
    }

    private static Operand Weights(params int[][] blocks) => Operand.OfWeights("W", blocks.Select(b => b.ToEquatable()), RowSource.Shared);

    private static EquatableArray<int> Shape(params int[] extents) => extents.ToEquatable();

    private static Path Path(Slot[] factors, string result, Coefficients coefficients, int segment) =>
        new(factors.ToEquatable(), new Slot(0, segment, result), coefficients, Surd.Sqrt(1, 3));

    /// <summary>C[i,j,k,l] = δ[i,j] δ[k,l].</summary>
    private static Coefficients Dot() => new(
        Shape(3, 3, 3, 3), from i in Enumerable.Range(0, 3) from k in Enumerable.Range(0, 3) select new Coefficient(Shape(i, i, k, k), 1));
}

using System.Collections.Concurrent;
using E3Gen.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Spherical harmonics out of TorchSharp operations, degree by degree: <c>Y_l[k] = a_l Σ C[i,j,k] Y_(l−1)[i] r[j]</c>, an outer product and a product with a constant matrix.
/// </summary>
internal static class PortableHarmonics
{
    private static readonly Scalar NoLength = 0.0;
    private static readonly Scalar AnyLength = 1.0;
    private static readonly ConcurrentDictionary<int, ConstantTable> Steps = new();
    private static readonly ConcurrentDictionary<string, ConstantTable> Scales = new();

    /// <summary>Square of the length below which a vector counts as zero.</summary>
    internal static readonly Scalar ShortestSquare = ShortVectors.Shortest * ShortVectors.Shortest;

    /// <summary>The harmonics of vectors.</summary>
    /// <param name="degrees">The columns of the result: copies of a degree and the length of its harmonics for a unit vector.</param>
    /// <param name="normalize">Of the direction v/|v| (true) or of the vector v itself (false).</param>
    /// <param name="vectors">[..., 3].</param>
    /// <returns>[..., columns].</returns>
    public static Tensor Apply(IReadOnlyList<(int Copies, int L, double Length)> degrees, bool normalize, Tensor vectors)
    {
        using var scope = NewDisposeScope();
        if (degrees.Count == 0)
        {
            return vectors.narrow(-1, 0, 0).clone().MoveToOuterDisposeScope();
        }

        var wide = HalfPrecision.Widen(vectors);
        var r = normalize ? Direction(wide) : wide;
        var byDegree = new Tensor[degrees.Max(d => d.L) + 1];
        byDegree[0] = ones_like(wide.narrow(-1, 0, 1));
        for (int l = 1; l < byDegree.Length; l++)
        {
            byDegree[l] = l == 1 ? r : byDegree[l - 1].unsqueeze(-1).mul(r.unsqueeze(-2)).flatten(-2, -1).matmul(Next(l).Like(wide));
        }

        var joined = cat([.. degrees.SelectMany(d => Enumerable.Repeat(byDegree[d.L], d.Copies))], -1);
        return HalfPrecision.Return(degrees.All(d => d.Length == 1) ? joined : joined.mul(Scale(degrees).Like(wide)), vectors.dtype);
    }

    /// <summary>
    /// v/|v|. A vector shorter than 1e-12 has no direction: it gives zero with derivatives of zero, so that an edge from a node to itself
    /// does no harm in forces.
    /// (e3nn's zero vector gives zero too, but a gradient of 1e12 and a second derivative that is not a number.)
    /// </summary>
    /// <param name="vectors">[..., 3].</param>
    public static Tensor Direction(Tensor vectors)
    {
        var square = vectors.square().sum(-1, keepdim: true);
        var isShort = square.lt(ShortestSquare);
        return vectors.mul(square.masked_fill(isShort, AnyLength).rsqrt().masked_fill(isShort, NoLength));
    }

    /// <summary>The matrix [(2l−1)·3, 2l+1] with entries scale · C(l−1,1,l), which takes Y_(l−1) ⊗ r to a multiple of Y_l.</summary>
    /// <param name="l">The degree l.</param>
    /// <param name="scale">The constant in front.</param>
    public static ConstantTable Step(int l, double scale)
    {
        int columns = (2 * l) + 1;
        var values = new double[((2 * l) - 1) * 3 * columns];
        foreach (var term in Wigner3j.Nonzero(l - 1, 1, l))
        {
            values[(((term.I * 3) + term.J) * columns) + term.K] = scale * term.ToDouble();
        }

        return new ConstantTable(values, ((2 * l) - 1) * 3, columns);
    }

    /// <summary>The step to the Y_l of length 1 for a unit vector: along the polar axis it has one component, and there C(l−1,1,l) = √(l/((2l−1)(2l+1))).</summary>
    private static ConstantTable Next(int l) => Steps.GetOrAdd(l, static l => Step(l, Math.Sqrt(((2 * l) - 1.0) * ((2 * l) + 1) / l)));

    /// <summary>The length of each column.</summary>
    private static ConstantTable Scale(IReadOnlyList<(int Copies, int L, double Length)> degrees) => Scales.GetOrAdd(
        string.Join(", ", degrees), static (_, d) => Columns(d), degrees);

    private static ConstantTable Columns(IReadOnlyList<(int Copies, int L, double Length)> degrees)
    {
        double[] values = [.. degrees.SelectMany(d => Enumerable.Repeat(d.Length, d.Copies * ((2 * d.L) + 1)))];
        return new ConstantTable(values, values.Length);
    }
}

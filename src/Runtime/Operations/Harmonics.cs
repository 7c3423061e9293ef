using E3Gen.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>The start of the recursion of spherical harmonics.</summary>
public static class Harmonics
{
    /// <summary>Square of the length below which a vector counts as zero.</summary>
    internal static readonly Scalar ShortestSquare = ShortVectors.Shortest * ShortVectors.Shortest;

    private static readonly Scalar NoLength = 0.0;
    private static readonly Scalar AnyLength = 1.0;

    /// <summary>
    /// v/|v|. A vector shorter than 1e-12 has no direction: it gives zero with derivatives of zero, so that an edge from a node to itself
    /// does no harm in forces.
    /// (e3nn's zero vector gives zero too, but a gradient of 1e12 and a second derivative that is not a number.)
    /// </summary>
    /// <param name="vectors">[rows, 3].</param>
    public static Tensor Direction(Tensor vectors)
    {
        var square = vectors.square().sum(1, keepdim: true);
        var isShort = square.lt(ShortestSquare);
        return vectors.mul(square.masked_fill(isShort, AnyLength).rsqrt().masked_fill(isShort, NoLength));
    }

    /// <summary>Y_0 = 1.</summary>
    /// <param name="vectors">[rows, 3].</param>
    /// <returns>[rows, 1].</returns>
    public static Tensor One(Tensor vectors) => ones(vectors.size(0), 1, vectors.dtype, vectors.device);
}

/// <summary>One step of the recursion: <c>Y_l[k] = Scale · Σ C[i,j,k] Y_(l−1)[i] r[j]</c>.</summary>
public sealed class HarmonicStep
{
    private readonly ConstantTable _table;
    private readonly int _lower;

    /// <summary>Describes the step.</summary>
    /// <param name="coupling">Wigner 3j coefficients of (l − 1, 1, l).</param>
    /// <param name="scale">The constant in front.</param>
    public HarmonicStep(Coupling coupling, double scale)
    {
        _lower = 2 * coupling.L1 + 1;
        int upper = 2 * coupling.L3 + 1;
        var values = new double[3 * _lower * upper];
        foreach (var (i, j, k, value) in coupling.Terms)
        {
            values[(i * 3 + j) * upper + k] = scale * value;
        }

        _table = new ConstantTable(values, 3 * _lower, upper);
    }

    /// <summary>The harmonics of the next degree.</summary>
    /// <param name="lower">Y_(l−1), [rows, 2l−1].</param>
    /// <param name="r">The vector, [rows, 3].</param>
    /// <returns>[rows, 2l+1].</returns>
    public Tensor Apply(Tensor lower, Tensor r) =>
        lower.unsqueeze(2).mul(r.unsqueeze(1)).view(r.size(0), 3 * _lower).matmul(_table.Like(r));
}

/// <summary>A constant factor for each column.</summary>
/// <param name="runs">Numbers of columns and their factors.</param>
public sealed class ColumnScale(params (int Columns, double Factor)[] runs)
{
    private readonly ConstantTable _factors = new(
        [.. runs.SelectMany(r => Enumerable.Repeat(r.Factor, r.Columns))], runs.Sum(r => r.Columns));

    /// <summary>Multiplies the columns.</summary>
    /// <param name="x">[rows, columns].</param>
    public Tensor Apply(Tensor x) => x.mul(_factors.Like(x));
}

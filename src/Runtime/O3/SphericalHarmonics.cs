using System.Collections.Concurrent;
using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

public static partial class O3
{
    private static readonly Scalar IntegralOfOne = 1 / Math.Sqrt(4 * Math.PI);

    // Two sets of step matrices: ratios between degrees are the same for the normalisations Component and Integral.
    private static readonly ConcurrentDictionary<(int L, bool Norm), ConstantTable> HarmonicSteps = new();

    /// <summary>
    /// Real spherical harmonics of degrees 0 … <paramref name="lmax"/>, one after another: [..., 3] → [..., (lmax+1)²]. See the other
    /// overload.
    /// </summary>
    /// <param name="lmax">Largest degree, 0 … 11.</param>
    /// <param name="vectors">[..., 3].</param>
    /// <param name="normalize">Take directions, the vectors divided by their lengths.</param>
    /// <param name="normalization">Length of the harmonics of a unit vector.</param>
    /// <exception cref="ArgumentException">A degree beyond 11, or vectors of another shape or type.</exception>
    public static Tensor SphericalHarmonics(
        int lmax, Tensor vectors, bool normalize = true, Normalization normalization = Normalization.Component)
    {
        if (lmax is < 0 or > SolidHarmonics.MaxL)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lmax), lmax, $"Spherical harmonics are available for degrees 0 to {SolidHarmonics.MaxL}, not {lmax}.");
        }
        return Harmonics(Enumerable.Range(0, lmax + 1), vectors, normalize, normalization);
    }

    /// <summary>
    /// Real spherical harmonics of vectors: [..., 3] → [..., irreps.Dim]. Without normalisation of the vectors they are the solid harmonics
    /// |r|^l Y_l(r/|r|), polynomials in r. Differentiable to any order. In place of the direction of a vector shorter than 1e-12 stands 0
    /// (with gradient 0), so that all but l = 0 vanish there, as in e3nn for the zero vector.
    /// </summary>
    /// <param name="irreps">
    /// Which ones, in this order: even degrees even; odd degrees all odd (of vectors, <c>0e+1o+2e</c>) or all even (of pseudovectors).
    /// </param>
    /// <param name="vectors">[..., 3] as (x, y, z).</param>
    /// <param name="normalize">Take directions, the vectors divided by their lengths.</param>
    /// <param name="normalization">Length of the harmonics of a unit vector.</param>
    /// <exception cref="ArgumentException">
    /// Parities that no vector's harmonics have, a degree beyond 11, or vectors of another shape or type.
    /// </exception>
    public static Tensor SphericalHarmonics(
        Irreps irreps, Tensor vectors, bool normalize = true, Normalization normalization = Normalization.Component)
    {
        ArgumentNullException.ThrowIfNull(irreps);
        CheckHarmonics(irreps);
        return Harmonics(irreps.Ls, vectors, normalize, normalization);
    }

    // The solid harmonic of degree l is the part of degree l of that of l−1 times r: an outer product and a product with a constant matrix.
    private static Tensor Harmonics(IEnumerable<int> degrees, Tensor vectors, bool normalize, Normalization normalization)
    {
        using var scope = NewDisposeScope();
        CheckVectors(vectors, nameof(vectors));
        if (!Enum.IsDefined(normalization))
            throw new ArgumentOutOfRangeException(nameof(normalization), normalization, $"Unknown normalisation {normalization}.");
        int[] order = [.. degrees];
        Tensor r = (normalize ? Unit(vectors) : vectors).unsqueeze(-2);
        var byDegree = new Tensor[order.Length == 0 ? 1 : order.Max() + 1];
        byDegree[0] = ones_like(vectors.narrow(-1, 0, 1));
        if (normalization == Normalization.Integral)
            byDegree[0] = byDegree[0] * IntegralOfOne;
        for (int l = 1; l < byDegree.Length; l++)
        {
            Tensor outer = (byDegree[l - 1].unsqueeze(-1) * r).flatten(-2, -1);
            byDegree[l] = matmul(outer, HarmonicStep(l, normalization == Normalization.Norm).Like(vectors));
        }
        Tensor[] blocks = [.. order.Select(l => byDegree[l])];
        return (blocks.Length == 0 ? vectors.narrow(-1, 0, 0) : cat(blocks, -1)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The matrix [(2l−1)·3, 2l+1] that takes Y_(l−1) ⊗ r to Y_l. Along the polar axis Y_l has one component, and there
    /// w(l−1,1,l) = √(l/((2l−1)(2l+1))): dividing by that gives the length 1 of normalisation Norm.
    /// </summary>
    private static ConstantTable HarmonicStep(int l, bool norm) => HarmonicSteps.GetOrAdd((l, norm), static key =>
    {
        (int l, bool norm) = key;
        double scale = Math.Sqrt((2 * l - 1.0) * (2 * l + 1) / l) * (norm ? 1 : Math.Sqrt((2 * l + 1) / (2 * l - 1.0)));
        return CouplingMatrix(l, scale);
    });

    /// <summary>scale · w(l−1,1,l) as a matrix [(2l−1)·3, 2l+1].</summary>
    private static ConstantTable CouplingMatrix(int l, double scale)
    {
        int columns = 2 * l + 1;
        var values = new double[(2 * l - 1) * 3 * columns];
        foreach (CouplingTerm term in E3Gen.Wigner3j.Nonzero(l - 1, 1, l))
            values[(term.I * 3 + term.J) * columns + term.K] = scale * term.ToDouble();
        return new ConstantTable(values, (2 * l - 1) * 3, columns);
    }

    private static void CheckHarmonics(Irreps irreps)
    {
        int odd = 0;
        foreach ((int multiplicity, Irrep irrep) in irreps)
        {
            if (multiplicity == 0)
                continue;
            string? mistake = null;
            if (irrep.L > SolidHarmonics.MaxL)
                mistake = $"Spherical harmonics are available for degrees 0 to {SolidHarmonics.MaxL}, not for {irrep}.";
            else if (irrep.L % 2 == 0 && irrep.Parity < 0)
                mistake = $"No spherical harmonic is {irrep}: those of even degree are even. Write {irrep.L}e.";
            else if (irrep.L % 2 == 1 && odd != 0 && irrep.Parity != odd)
                mistake = $"\"{irreps}\" has odd degrees of both parities: write all with o (of vectors) or all with e (of pseudovectors).";
            if (mistake is not null)
                throw new ArgumentException(mistake, nameof(irreps));
            if (irrep.L % 2 == 1)
                odd = irrep.Parity;
        }
    }
}

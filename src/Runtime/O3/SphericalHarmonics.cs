using E3Gen.Operations;
using static TorchSharp.torch;

namespace E3Gen;

public static partial class O3
{
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
    /// |r|^l Y_l(r/|r|), polynomials in r. Differentiable to any order. The direction of a vector shorter than 1e-12 is replaced by 0
    /// (with gradient 0), so all but l = 0 vanish there, as in e3nn for the zero vector. A vector whose square overflows
    /// (longer than 1e19 in float32, 1e154 in float64) has no direction either. float16 and
    /// bfloat16 are computed in float32 and rounded once.
    /// </summary>
    /// <param name="irreps">
    /// The harmonics, in this order. Even degrees are even; odd degrees are all odd (of vectors, <c>0e+1o+2e</c>) or all even (of pseudovectors).
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

    private static Tensor Harmonics(IEnumerable<int> degrees, Tensor vectors, bool normalize, Normalization normalization)
    {
        CheckVectors(vectors, nameof(vectors));
        return PortableHarmonics.Apply([.. degrees.Select(l => (1, l, Length(l, normalization)))], normalize, vectors);
    }

    private static double Length(int l, Normalization normalization) => normalization switch
    {
        Normalization.Norm => 1,
        Normalization.Component => Math.Sqrt((2 * l) + 1),
        Normalization.Integral => Math.Sqrt(((2 * l) + 1) / (4 * Math.PI)),
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, $"Unknown normalisation {normalization}."),
    };

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

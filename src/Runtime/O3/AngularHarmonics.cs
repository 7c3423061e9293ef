using System.Collections.Concurrent;
using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

// Harmonics as functions of angles: Y_lm(α, β) = S_m(α) P_l|m|(cos β). A product, so that a transform between harmonics and a grid of angles is two small ones.
public static partial class O3
{
    private static readonly ConcurrentDictionary<int, (ConstantTable Previous, ConstantTable BeforeThat)> LegendreSteps = new();
    private static readonly ConstantTable LegendreStart = new([Math.Sqrt(1 / (4 * Math.PI))], 1);
    private static readonly Scalar Root2 = Math.Sqrt(2);

    /// <summary>
    /// Real spherical harmonics of degrees 0 … <paramref name="lmax"/> at angles, one after another: [...] each → [..., (lmax+1)²]. See the other overload.
    /// </summary>
    /// <param name="lmax">Largest degree, 0 or more; there is no upper limit.</param>
    /// <param name="alpha">Longitude in radians, from z towards x.</param>
    /// <param name="beta">Angle to the polar axis y in radians.</param>
    /// <param name="normalization">Length of the harmonics.</param>
    /// <exception cref="ArgumentException">A negative degree, or angles of other types or shapes that do not broadcast.</exception>
    public static Tensor SphericalHarmonicsAlphaBeta(int lmax, Tensor alpha, Tensor beta, Normalization normalization = Normalization.Component)
    {
        CheckAngularDegree(lmax, nameof(lmax));
        return Angular([.. Enumerable.Range(0, lmax + 1)], alpha, beta, normalization);
    }

    /// <summary>
    /// Real spherical harmonics of the direction R_y(α) R_x(β) e_y = (sin β sin α, cos β, sin β cos α): [...] each → [..., irreps.Dim], the numbers of
    /// <see cref="SphericalHarmonics(Irreps, Tensor, bool, Normalization)"/> at <see cref="AnglesToXyz"/>, as e3nn's <c>spherical_harmonics_alpha_beta</c>
    /// (whose default is <see cref="Normalization.Integral"/>). Smooth in the angles, so differentiable any number of times, also at the poles.
    /// </summary>
    /// <param name="irreps">The harmonics, in this order. Their parities are those of a vector's or of a pseudovector's harmonics.</param>
    /// <param name="alpha">Longitude in radians, from z towards x.</param>
    /// <param name="beta">Angle to the polar axis y in radians.</param>
    /// <param name="normalization">Length of the harmonics.</param>
    /// <exception cref="ArgumentException">Parities that no vector's harmonics have, or angles of other types or shapes that do not broadcast.</exception>
    public static Tensor SphericalHarmonicsAlphaBeta(Irreps irreps, Tensor alpha, Tensor beta, Normalization normalization = Normalization.Component)
    {
        ArgumentNullException.ThrowIfNull(irreps);
        CheckHarmonics(irreps);
        return Angular(irreps.Ls, alpha, beta, normalization);
    }

    /// <summary>
    /// The part of harmonics that depends on α: √2 sin |m|α for m = −l … −1, 1 for m = 0, √2 cos mα for m = 1 … l; [...] → [..., 2·lmax+1].
    /// </summary>
    /// <param name="lmax">Largest |m|, 0 or more.</param>
    /// <param name="alpha">Longitude in radians.</param>
    /// <exception cref="ArgumentException">A negative degree, or angles of another type.</exception>
    public static Tensor SphericalHarmonicsAlpha(int lmax, Tensor alpha)
    {
        CheckAngularDegree(lmax, nameof(lmax));
        using var scope = NewDisposeScope();
        ScalarType type = Common(alpha);
        Tensor angle = HalfPrecision.Widen(alpha).unsqueeze(-1);
        if (lmax == 0)
            return HalfPrecision.Return(ones_like(angle), type);
        Tensor multiples = angle * tensor(Enumerable.Range(1, lmax).Select(m => (double)m).ToArray(), angle.dtype, angle.device);
        return HalfPrecision.Return(cat([multiples.sin().flip(-1) * Root2, ones_like(angle), multiples.cos() * Root2], -1), type);
    }

    /// <summary>
    /// The part of harmonics that depends on β: associated Legendre functions √((2l+1)/4π · (l−m)!/(l+m)!) P_lm with m = |−l| … |l| for each degree
    /// l = 0 … <paramref name="lmax"/>, without the Condon-Shortley sign; [...] each → [..., (lmax+1)²]. e3nn's <c>Legendre</c>: polynomials in both arguments,
    /// sin^m β times one in cos β, also where the arguments are no sine and cosine. ∫ (S_m P_lm)² dΩ = 1 with <see cref="SphericalHarmonicsAlpha"/>'s S.
    /// </summary>
    /// <remarks>
    /// By the recurrence in l at constant m, which is stable in floating-point numbers
    /// (W. H. Press et al., <i>Numerical Recipes</i>, 3rd edition, 6.7): P_lm = √((4l²−1)/(l²−m²)) (cos β P_(l−1)m − √(((l−1)²−m²)/(4(l−1)²−1)) P_(l−2)m).
    /// </remarks>
    /// <param name="lmax">Largest degree, 0 or more.</param>
    /// <param name="cosBeta">cos β.</param>
    /// <param name="sinBeta">sin β.</param>
    /// <exception cref="ArgumentException">A negative degree, or arguments of other types or shapes that do not broadcast.</exception>
    public static Tensor Legendre(int lmax, Tensor cosBeta, Tensor sinBeta)
    {
        CheckAngularDegree(lmax, nameof(lmax));
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref cosBeta, ref sinBeta);
        Tensor rows = LegendreRows(lmax, cosBeta, sinBeta);
        return HalfPrecision.Return(rows.index_select(-1, Index(rows, Enumerable.Range(0, lmax + 1), LegendreColumn)), type);
    }

    /// <summary>P_lm with m = 0 … l for each l, one after another: [..., (lmax+1)(lmax+2)/2].</summary>
    private static Tensor LegendreRows(int lmax, Tensor cosBeta, Tensor sinBeta)
    {
        Tensor[] both = [.. broadcast_tensors(cosBeta.unsqueeze(-1), sinBeta.unsqueeze(-1))];
        (Tensor cos, Tensor sin) = (both[0], both[1]);
        var rows = new Tensor[lmax + 1];
        rows[0] = ones_like(cos) * LegendreStart.Like(cos);
        for (int l = 1; l <= lmax; l++)
        {
            (ConstantTable previous, ConstantTable beforeThat) = LegendreSteps.GetOrAdd(l, LegendreStep);
            Tensor row = cat([cos * rows[l - 1], sin * rows[l - 1].narrow(-1, l - 1, 1)], -1) * previous.Like(cos);
            rows[l] = l == 1 ? row : row - nn.functional.pad(rows[l - 2] * beforeThat.Like(cos), [0, 2]);
        }
        return cat(rows, -1);
    }

    /// <summary>The factors of P_(l−1)m (the last: of P_(l−1)(l−1) in P_ll) and of P_(l−2)m.</summary>
    private static (ConstantTable, ConstantTable) LegendreStep(int l)
    {
        double Factor(int m) => Math.Sqrt(((4.0 * l * l) - 1) / (((double)l * l) - ((double)m * m)));
        double before = (double)(l - 1) * (l - 1);
        double[] previous = [.. Enumerable.Range(0, l).Select(Factor), Math.Sqrt(((2 * l) + 1.0) / (2 * l))];
        double[] beforeThat = [.. Enumerable.Range(0, l - 1).Select(m => Factor(m) * Math.Sqrt((before - ((double)m * m)) / ((4 * before) - 1)))];
        return (new ConstantTable(previous, l + 1), new ConstantTable(beforeThat, l - 1));
    }

    private static Tensor Angular(IReadOnlyList<int> degrees, Tensor alpha, Tensor beta, Normalization normalization)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref alpha, ref beta);
        int lmax = degrees.DefaultIfEmpty(0).Max();
        Tensor legendre = LegendreRows(lmax, beta.cos(), beta.sin()), angular = SphericalHarmonicsAlpha(lmax, alpha);
        double[] scale = [.. degrees.SelectMany(l => Enumerable.Repeat(Length(l, normalization) / Length(l, Normalization.Integral), (2 * l) + 1))];
        Tensor product = legendre.index_select(-1, Index(legendre, degrees, LegendreColumn)) * angular.index_select(-1, Index(angular, degrees, (_, m) => lmax + m));
        return HalfPrecision.Return(product * tensor(scale, legendre.dtype, legendre.device), type);
    }

    private static long LegendreColumn(int l, int m) => (l * (l + 1) / 2) + Math.Abs(m);

    /// <summary>A column for each m = −l … l of each degree.</summary>
    private static Tensor Index(Tensor on, IEnumerable<int> degrees, Func<int, int, long> column)
        => tensor(degrees.SelectMany(l => Enumerable.Range(-l, (2 * l) + 1).Select(m => column(l, m))).ToArray(), device: on.device);

    private static void CheckAngularDegree(int l, string name)
    {
        if (l < 0)
            throw new ArgumentOutOfRangeException(name, l, $"Degrees of harmonics are 0 or more, not {l}.");
    }
}

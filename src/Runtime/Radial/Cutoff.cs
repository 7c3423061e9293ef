using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Functions of x = r/r_max, the length of an edge in units of the cutoff radius, that fall from 1 at x = 0 smoothly to 0 at x = 1 and stay
/// there. Multiplied into messages, they make energies and forces continuous when neighbours enter or leave. Pointwise and
/// differentiable.
/// </summary>
public static class Cutoff
{
    /// <summary>Largest exponent whose polynomial is summed term by term.</summary>
    private const int MostTerms = 100;

    private static readonly Scalar Zero = 0.0;
    private static readonly Scalar Half = 0.5;
    private static readonly Scalar One = 1.0;
    private static readonly Scalar Pi = Math.PI;
    private static readonly Scalar TwoPi = 2 * Math.PI;
    private static readonly Scalar Ten = 10.0;
    private static readonly Scalar E = Math.E;

    /// <summary>A cutoff by name.</summary>
    /// <param name="kind">The function.</param>
    /// <param name="x">Length over cutoff radius, of any shape, not negative.</param>
    /// <param name="power">Exponent of <see cref="CutoffKind.Polynomial"/>, at least 2.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is none, or <paramref name="power"/> is less than 2 or not finite.</exception>
    public static Tensor Of(CutoffKind kind, Tensor x, double power = 6) => kind switch
    {
        CutoffKind.None => ones_like(x),
        CutoffKind.Smooth => Smooth(x),
        CutoffKind.Cosine => Cosine(x),
        CutoffKind.Polynomial => Polynomial(x, power),
        CutoffKind.Mollifier => Mollifier(x),
        CutoffKind.SoftStep => SoftStep(x),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown cutoff."),
    };

    /// <summary>1 up to x = ½, then (1 − cos 2πx)/2: the cutoff of e3nn's gate-points networks. Once continuously differentiable.</summary>
    /// <param name="x">Length over cutoff radius, of any shape.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor Smooth(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        // With x clamped to [½, 1] one formula serves all three pieces: its ends are exactly 1 and 0, and the clamp's derivative is 0
        // outside.
        return HalfPrecision.Return(HalfPrecision.Widen(x).clamp(Half, One).mul(TwoPi).cos().neg().Plus(One).mul(Half), x.dtype);
    }

    /// <summary>(1 + cos πx)/2 (Behler and Parrinello 2007). Once continuously differentiable.</summary>
    /// <param name="x">Length over cutoff radius, of any shape, not negative.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor Cosine(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        return HalfPrecision.Return(HalfPrecision.Widen(x).clamp(Zero, One).mul(Pi).cos().Plus(One).mul(Half), x.dtype);
    }

    /// <summary>
    /// 1 − (p+1)(p+2)/2·x^p + p(p+2)·x^(p+1) − p(p+1)/2·x^(p+2): DimeNet's envelope (Gasteiger et al. 2020), used by NequIP and MACE; PhysNet's
    /// is that of p = 3. Twice continuously differentiable at x = 1, and ⌈p⌉ − 1 times at x = 0.
    /// </summary>
    /// <param name="x">Length over cutoff radius, of any shape, not negative.</param>
    /// <param name="p">The exponent, at least 2; larger values stay near 1 for longer. Need not be a whole number.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is less than 2 or not finite.</exception>
    public static Tensor Polynomial(Tensor x, double p = 6)
    {
        if (!(p >= 2 && double.IsFinite(p)))
            throw new ArgumentOutOfRangeException(nameof(p), p, "The exponent must be a number of at least 2.");
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        return p == Math.Floor(p) && p <= MostTerms
            ? HalfPrecision.Return(Factored(HalfPrecision.Widen(x).clamp(Zero, One), (int)p), x.dtype)
            : Powers(x.to(ScalarType.Float64).clamp(Zero, One), p).to(x.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>exp(1 − 1/(1 − x²)): SpookyNet's cutoff (Unke et al. 2021), SchNetPack's mollifier. Infinitely differentiable.</summary>
    /// <param name="x">Length over cutoff radius, of any shape, not negative.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor Mollifier(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        Tensor inside = HalfPrecision.Widen(x).clamp(Zero, One);
        return HalfPrecision.Return(RadialBasis.SoftUnitStep(inside.mul(inside).neg().Plus(One)).mul(E), x.dtype);
    }

    /// <summary>
    /// exp(−1/(10 (1 − x))): e3nn's <c>soft_unit_step(10 * (1 - x))</c>, the cutoff of its transformer. Infinitely differentiable. Alone among
    /// the cutoffs, it is not 1 but exp(−0.1) ≈ 0.905 at x = 0.
    /// </summary>
    /// <param name="x">Length over cutoff radius, of any shape, not negative.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor SoftStep(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        return HalfPrecision.Return(RadialBasis.SoftUnitStep(HalfPrecision.Widen(x).neg().Plus(One).mul(Ten)), x.dtype);
    }

    /// <summary>(1 − x)³ Σ_(k&lt;p) (k+1)(k+2)/2 · x^k: the envelope of a whole p without large terms that cancel near x = 1.</summary>
    private static Tensor Factored(Tensor x, int p)
    {
        Tensor rest = x.neg().Plus(One), sum = zeros_like(x);
        for (int k = p - 1; k >= 0; k--)
        {
            using Scalar coefficient = ((k + 1) * (k + 2) / 2).ToScalar();
            sum = sum.mul(x).Plus(coefficient);
        }

        return rest.mul(rest).mul(rest).mul(sum);
    }

    /// <summary>The envelope of any p; the sum of the other form would not end. In float64, where what cancels near x = 1 leaves enough digits.</summary>
    private static Tensor Powers(Tensor x, double p)
    {
        using Scalar power = p, constant = (p + 1) * (p + 2) / 2, linear = -p * (p + 2), quadratic = p * (p + 1) / 2;
        return x.pow(power).mul(x.mul(quadratic).Plus(linear).mul(x).Plus(constant)).neg().Plus(One);
    }
}

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
    private static readonly Scalar Zero = 0.0;
    private static readonly Scalar Half = 0.5;
    private static readonly Scalar One = 1.0;
    private static readonly Scalar Pi = Math.PI;
    private static readonly Scalar TwoPi = 2 * Math.PI;

    /// <summary>A cutoff by name.</summary>
    /// <param name="kind">The function.</param>
    /// <param name="x">Length over cutoff radius, of any shape, not negative.</param>
    /// <param name="power">Exponent of <see cref="CutoffKind.Polynomial"/>, at least 2.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is none, or <paramref name="power"/> is less than 2.</exception>
    public static Tensor Of(CutoffKind kind, Tensor x, int power = 6) => kind switch
    {
        CutoffKind.None => ones_like(x),
        CutoffKind.Smooth => Smooth(x),
        CutoffKind.Cosine => Cosine(x),
        CutoffKind.Polynomial => Polynomial(x, power),
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
        return HalfPrecision.Return(HalfPrecision.Widen(x).clamp(Half, One).mul(TwoPi).cos().neg().add(One).mul(Half), x.dtype);
    }

    /// <summary>(1 + cos πx)/2 (Behler and Parrinello 2007). Once continuously differentiable.</summary>
    /// <param name="x">Length over cutoff radius, of any shape, not negative.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor Cosine(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        return HalfPrecision.Return(HalfPrecision.Widen(x).clamp(Zero, One).mul(Pi).cos().add(One).mul(Half), x.dtype);
    }

    /// <summary>
    /// 1 − (p+1)(p+2)/2·x^p + p(p+2)·x^(p+1) − p(p+1)/2·x^(p+2): DimeNet's envelope (Gasteiger et al. 2020), used by NequIP and MACE. Twice
    /// continuously differentiable at x = 1.
    /// </summary>
    /// <param name="x">Length over cutoff radius, of any shape, not negative.</param>
    /// <param name="p">The exponent, at least 2; larger values stay near 1 for longer.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is less than 2.</exception>
    public static Tensor Polynomial(Tensor x, int p = 6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 2);
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        // (1 − x)³ Σ_(k<p) (k+1)(k+2)/2 · x^k: the same polynomial without large terms that cancel near x = 1.
        Tensor inside = HalfPrecision.Widen(x).clamp(Zero, One), rest = inside.neg().add(One);
        Tensor sum = zeros_like(inside);
        for (int k = p - 1; k >= 0; k--)
        {
            using Scalar coefficient = ((k + 1) * (k + 2) / 2).ToScalar();
            sum = sum.mul(inside).add(coefficient);
        }

        return HalfPrecision.Return(rest.mul(rest).mul(rest).mul(sum), x.dtype);
    }
}

using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Changes of the length of an edge before it is expanded in a radial basis, which spread short bonds over the basis, relative to a length r0
/// that elements set (<see cref="Elements"/>). Cutoffs take the length itself. Pointwise and differentiable; MACE's <c>distance_transform</c>.
/// </summary>
public static class RadialTransform
{
    private static readonly Scalar Zero = 0.0;
    private static readonly Scalar Half = 0.5;
    private static readonly Scalar One = 1.0;
    private static readonly Scalar Lower = 0.75;
    private static readonly Scalar Middle = 0.5 * (3.0 / 4 + 4.0 / 3);

    /// <summary>At ∓ this, tanh is ∓1 and its derivative 0 in every type; powers of more could overflow.</summary>
    private static readonly Scalar Saturated = 50.0, MinusSaturated = -50.0;

    /// <summary>
    /// 1/(1 + a s^q/(1 + s^(q−p))) with s = r/r0: from 1 at r = 0 down to 0 (Witt et al., ACEpotentials.jl, J. Chem. Phys. 159, 164101, 2023; MACE's <c>Agnesi</c> with its default constants). Near 0
    /// it is 1 − a s^p, so that it is ⌈p⌉ − 1 times continuously differentiable there.
    /// </summary>
    /// <param name="r">Lengths, of any shape, not negative.</param>
    /// <param name="r0">The unit of length; in MACE half of the sum of both covalent radii.</param>
    /// <param name="q">How it falls far off, as r^(−q): positive.</param>
    /// <param name="p">How it begins, at least <paramref name="q"/> + 2, so that second derivatives at 0 are finite.</param>
    /// <param name="a">Strength, positive.</param>
    /// <returns>A tensor of the same shape, without unit.</returns>
    /// <exception cref="ArgumentException">A number is out of its range, or <paramref name="r"/> is not a floating-point tensor.</exception>
    public static Tensor Agnesi(Tensor r, double r0, double q = 0.9183, double p = 4.5791, double a = 1.0805)
    {
        using var scope = NewDisposeScope();
        return HalfPrecision.Return(AgnesiOf(Ratio(r, r0).S, q, p, a), r.dtype);
    }

    /// <inheritdoc cref="Agnesi(Tensor, double, double, double, double)"/>
    /// <param name="r">Lengths, of any shape, not negative.</param>
    /// <param name="r0">The unit of length of each, positive: a tensor of the same shape, or of one that is broadcast to it.</param>
    /// <param name="q">How it falls far off, as r^(−q): positive.</param>
    /// <param name="p">How it begins, at least <paramref name="q"/> + 2, so that second derivatives at 0 are finite.</param>
    /// <param name="a">Strength, positive.</param>
    public static Tensor Agnesi(Tensor r, Tensor r0, double q = 0.9183, double p = 4.5791, double a = 1.0805)
    {
        using var scope = NewDisposeScope();
        return HalfPrecision.Return(AgnesiOf(Ratio(r, r0).S, q, p, a), r.dtype);
    }

    /// <summary>
    /// r + ½ tanh(−s − a s^b) + ½ with s = r/r0: r + ½ near 0, r far off. MACE's <c>Soft</c> up to version 0.3.9, for lengths in Å; later
    /// versions have <see cref="SoftClamp(Tensor, double, double)"/>.
    /// </summary>
    /// <param name="r">Lengths, of any shape, not negative.</param>
    /// <param name="r0">The unit of length; in MACE a quarter of the sum of both covalent radii.</param>
    /// <param name="a">Weight of the power, not negative.</param>
    /// <param name="b">The power, at least 1; at least 2, where second derivatives at 0 are needed.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentException">A number is out of its range, or <paramref name="r"/> is not a floating-point tensor.</exception>
    public static Tensor Soft(Tensor r, double r0, double a = 0.2, double b = 3.0)
    {
        using var scope = NewDisposeScope();
        var (wide, s) = Ratio(r, r0);
        return HalfPrecision.Return(SoftOf(wide, s, a, b), r.dtype);
    }

    /// <inheritdoc cref="Soft(Tensor, double, double, double)"/>
    /// <param name="r">Lengths, of any shape, not negative.</param>
    /// <param name="r0">The unit of length of each, positive: a tensor of the same shape, or of one that is broadcast to it.</param>
    /// <param name="a">Weight of the power, not negative.</param>
    /// <param name="b">The power, at least 1; at least 2, where second derivatives at 0 are needed.</param>
    public static Tensor Soft(Tensor r, Tensor r0, double a = 0.2, double b = 3.0)
    {
        using var scope = NewDisposeScope();
        var (wide, _, s) = Ratio(r, r0);
        return HalfPrecision.Return(SoftOf(wide, s, a, b), r.dtype);
    }

    /// <summary>
    /// p₀ + (r − p₀)·½(1 + tanh(α (r − m)/(p₁ − p₀))) with p₀ = ¾ r0, p₁ = 4/3 r0, m = (p₀ + p₁)/2: near p₀ for short lengths, r for long
    /// ones. Infinitely differentiable. MACE's <c>Soft</c> in version 0.3.12.
    /// </summary>
    /// <param name="r">Lengths, of any shape, not negative.</param>
    /// <param name="r0">Where it changes over; in MACE the sum of both covalent radii.</param>
    /// <param name="alpha">Steepness, positive.</param>
    /// <returns>A tensor of the same shape, in the unit of <paramref name="r"/>.</returns>
    /// <exception cref="ArgumentException">A number is out of its range, or <paramref name="r"/> is not a floating-point tensor.</exception>
    public static Tensor SoftClamp(Tensor r, double r0, double alpha = 4.0)
    {
        using var scope = NewDisposeScope();
        using Scalar unit = r0;
        return HalfPrecision.Return(SoftClampOf(Ratio(r, r0).S, alpha).mul(unit), r.dtype);
    }

    /// <inheritdoc cref="SoftClamp(Tensor, double, double)"/>
    /// <param name="r">Lengths, of any shape, not negative.</param>
    /// <param name="r0">Where it changes over, positive: a tensor of the same shape, or of one that is broadcast to it.</param>
    /// <param name="alpha">Steepness, positive.</param>
    public static Tensor SoftClamp(Tensor r, Tensor r0, double alpha = 4.0)
    {
        using var scope = NewDisposeScope();
        var (_, unit, s) = Ratio(r, r0);
        return HalfPrecision.Return(SoftClampOf(s, alpha).mul(unit), r.dtype);
    }

    private static Tensor AgnesiOf(Tensor s, double q, double p, double a)
    {
        Expect(q > 0 && double.IsFinite(q), nameof(q), q, "positive");
        Expect(p >= q + 2 && double.IsFinite(p), nameof(p), p, "at least q + 2, for derivatives at 0");
        Expect(a > 0 && double.IsFinite(a), nameof(a), a, "positive");
        using Scalar fall = q, start = p, difference = p - q, minus = q - p, strength = a;
        // s^q/(1 + s^(q−p)) = s^p/(1 + s^(p−q)): the one form serves where the other one's powers are infinite. Each branch is finite where the
        // other one is taken, so that nothing that is not a number is multiplied by zero.
        Tensor isNear = s.lt(One), near = s.clamp(Zero, One), far = s.masked_fill(isNear, One);
        Tensor rise = where(
            isNear,
            near.pow(start).div(near.pow(difference).Plus(One)),
            far.pow(fall).div(far.pow(minus).Plus(One)));
        return rise.mul(strength).Plus(One).reciprocal();
    }

    private static Tensor SoftOf(Tensor r, Tensor s, double a, double b)
    {
        Expect(a >= 0 && double.IsFinite(a), nameof(a), a, "not negative");
        Expect(b >= 1 && double.IsFinite(b), nameof(b), b, "at least 1");
        using Scalar weight = a, power = b;
        Tensor inside = s.clamp(Zero, Saturated);
        return inside.pow(power).mul(weight).Plus(inside).neg().tanh().Plus(One).mul(Half).Plus(r);
    }

    /// <summary>In units of r0.</summary>
    private static Tensor SoftClampOf(Tensor s, double alpha)
    {
        Expect(alpha > 0 && double.IsFinite(alpha), nameof(alpha), alpha, "positive");
        using Scalar steepness = alpha / (4.0 / 3 - 3.0 / 4);
        Tensor step = s.sub(Middle).mul(steepness).clamp(MinusSaturated, Saturated).tanh().Plus(One).mul(Half);
        return s.sub(Lower).mul(step).Plus(Lower);
    }

    /// <summary>r, widened, and r/r0. Tensors are widened once: two casts would add two rounded derivatives.</summary>
    private static (Tensor R, Tensor S) Ratio(Tensor r, double r0)
    {
        ExpectLengths(r, nameof(r));
        Expect(r0 > 0 && double.IsFinite(r0), nameof(r0), r0, "positive");
        using Scalar unit = r0;
        Tensor wide = HalfPrecision.Widen(r);
        return (wide, wide.div(unit));
    }

    private static (Tensor R, Tensor R0, Tensor S) Ratio(Tensor r, Tensor r0)
    {
        ExpectLengths(r, nameof(r));
        ExpectLengths(r0, nameof(r0));
        Check.Alike(r, r0, nameof(RadialTransform), "'r' and 'r0'");
        Tensor wide = HalfPrecision.Widen(r), unit = HalfPrecision.Widen(r0);
        return (wide, unit, wide.div(unit));
    }

    private static void ExpectLengths(Tensor r, string name)
    {
        ArgumentNullException.ThrowIfNull(r, name);
        if (!r.is_floating_point())
            throw new ArgumentException($"Lengths have type {r.dtype}; expected a floating-point tensor.", name);
    }

    private static void Expect(bool holds, string name, double value, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"Expected a finite number, {range}.");
    }
}

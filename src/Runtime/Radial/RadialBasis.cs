using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Expansions of a length in a set of smooth functions. Pointwise, differentiable to any order, on any device.</summary>
public static class RadialBasis
{
    /// <summary>exp(−1/x) rounds to zero long before this, in float32 and float64; below it the derivative would be 0·∞.</summary>
    private static readonly Scalar LeastStep = 1e-3;

    private static readonly Scalar FarBelow = -1e3;
    private static readonly Scalar FarAbove = 1e3;
    private static readonly Scalar Zero = 0.0;
    private static readonly Scalar One = 1.0;
    private static readonly Scalar Two = 2.0;
    private static readonly Scalar MinusOne = -1.0;
    private static readonly Scalar MinusFive = -5.0;
    private static readonly Scalar Pi = Math.PI;
    private static readonly Scalar HalfPi = Math.PI / 2;
    private static readonly Scalar GaussianScale = 1 / 1.12;
    private static readonly Scalar SmoothFiniteScale = 1.14136 * Math.Exp(2);

    /// <summary>
    /// Expands lengths in <paramref name="number"/> functions over an interval, as e3nn's <c>soft_one_hot_linspace</c>. The sum of their
    /// squares is near 1 inside the interval, so a factor √number gives components of unit mean square.
    /// </summary>
    /// <param name="x">Lengths, of any shape […].</param>
    /// <param name="start">Start of the interval, in the unit of <paramref name="x"/>.</param>
    /// <param name="end">End of the interval, larger than <paramref name="start"/>.</param>
    /// <param name="number">Number of functions: at least 1, or 2 for a grid without cutoff, which needs both ends.</param>
    /// <param name="basis">The functions: one of e3nn's five. <see cref="Of"/> takes all.</param>
    /// <param name="cutoff">
    /// With a cutoff the functions vanish at the ends of the interval (or, for the Gaussians, are small there): grid points lie strictly
    /// inside it, and the Fourier and Bessel functions are zero outside. Without one the grid includes both ends.
    /// </param>
    /// <returns>[…, number].</returns>
    /// <exception cref="ArgumentException">
    /// The interval is empty or not finite, the number is too small, the basis is not e3nn's, or <paramref name="x"/> is not a floating-point tensor.
    /// </exception>
    public static Tensor SoftOneHotLinspace(Tensor x, double start, double end, int number, RadialBasisKind basis, bool cutoff) =>
        basis is RadialBasisKind.Chebyshev or RadialBasisKind.ExponentialNormal
            ? throw new ArgumentOutOfRangeException(nameof(basis), basis, "e3nn's soft_one_hot_linspace has no such basis; use RadialBasis.Of.")
            : Of(basis, x, start, end, number, cutoff);

    /// <summary>Expands lengths in <paramref name="number"/> functions over an interval.</summary>
    /// <param name="kind">The functions; e3nn's five are those of <see cref="SoftOneHotLinspace"/>.</param>
    /// <param name="x">Lengths, of any shape […].</param>
    /// <param name="start">Start of the interval, in the unit of <paramref name="x"/>.</param>
    /// <param name="end">End of the interval, larger than <paramref name="start"/>.</param>
    /// <param name="number">Number of functions: at least 1, or 2 for a grid that includes both ends (that of the exponential-normal functions does).</param>
    /// <param name="cutoff">
    /// For e3nn's five as there. <see cref="RadialBasisKind.Chebyshev"/> and <see cref="RadialBasisKind.ExponentialNormal"/> are multiplied by
    /// (1 + cos πf)/2, where f goes from 0 at the start to 1 at the end, so that values and slopes vanish at the end.
    /// </param>
    /// <returns>[…, number].</returns>
    /// <exception cref="ArgumentException">
    /// The interval is empty or not finite, the number is too small, or <paramref name="x"/> is not a floating-point tensor.
    /// </exception>
    public static Tensor Of(RadialBasisKind kind, Tensor x, double start, double end, int number, bool cutoff)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.is_floating_point())
            throw new ArgumentException($"Lengths have type {x.dtype}; expected a floating-point tensor.", nameof(x));
        if (!(start < end && double.IsFinite(end - start)))
            throw new ArgumentException(
                $"The interval from {start} to {end} is empty or not finite; start must be less than end.", nameof(end));
        bool onGrid = kind is RadialBasisKind.Gaussian or RadialBasisKind.Cosine or RadialBasisKind.SmoothFinite;
        int least = (onGrid && !cutoff) || kind == RadialBasisKind.ExponentialNormal ? 2 : 1;
        if (number < least)
        {
            string what = $"A {kind} basis {(cutoff ? "with" : "without")} cutoff";
            throw new ArgumentOutOfRangeException(
                nameof(number), number, $"{what} needs at least {least} function{(least > 1 ? "s" : "")}.");
        }

        using var scope = NewDisposeScope();
        Tensor lengths = HalfPrecision.Widen(x).unsqueeze(-1);
        Tensor result = kind switch
        {
            RadialBasisKind.Gaussian => Steps(lengths, start, end, number, cutoff).square().neg().exp().mul(GaussianScale),
            RadialBasisKind.Cosine => Cosine(Steps(lengths, start, end, number, cutoff)),
            RadialBasisKind.SmoothFinite => SmoothFinite(Steps(lengths, start, end, number, cutoff)),
            RadialBasisKind.Fourier => Fourier(lengths, start, end, number, cutoff),
            RadialBasisKind.Bessel => SphericalBessel(lengths, start, end, number, cutoff),
            RadialBasisKind.Chebyshev => Chebyshev(Fraction(lengths, start, end), number, cutoff),
            RadialBasisKind.ExponentialNormal => ExponentialNormal(Fraction(lengths, start, end), end - start, number, cutoff),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown radial basis."),
        };
        return HalfPrecision.Return(result, x.dtype);
    }

    /// <summary>
    /// √(2/c)·sin(nπr/c)/r for n = 1 … <paramref name="number"/>: the basis of DimeNet, NequIP and MACE (there with trainable roots nπ).
    /// The functions are orthonormal in the ball of radius c with the weight r², and vanish at r = c, but not beyond, so multiply by
    /// a cutoff such as <see cref="Cutoff.Polynomial"/>.
    /// </summary>
    /// <param name="r">Lengths, of any shape […].</param>
    /// <param name="radius">The cutoff radius c, in the unit of <paramref name="r"/>.</param>
    /// <param name="number">Number of functions.</param>
    /// <returns>[…, number]; at r = 0 the limit √(2/c)·nπ/c.</returns>
    /// <exception cref="ArgumentException">
    /// The radius is not positive, the number less than 1, or <paramref name="r"/> is not a floating-point tensor.
    /// </exception>
    public static Tensor Bessel(Tensor r, double radius, int number) =>
        SoftOneHotLinspace(r, 0, radius, number, RadialBasisKind.Bessel, cutoff: false);

    /// <summary>exp(−1/x) for x &gt; 0 and 0 elsewhere: a step that is smooth to any order (e3nn's <c>soft_unit_step</c>).</summary>
    /// <param name="x">Any floating-point tensor.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor SoftUnitStep(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x), below = wide.le(LeastStep);
        // The branch replaced by zero is differentiated too, so it must not divide by zero.
        return HalfPrecision.Return(wide.masked_fill(below, One).reciprocal().neg().exp().masked_fill(below, Zero), x.dtype);
    }

    /// <summary>Distances from the points of a regular grid, in steps of it.</summary>
    private static Tensor Steps(Tensor x, double start, double end, int number, bool cutoff)
    {
        double step = cutoff ? (end - start) / (number + 1) : (end - start) / (number - 1);
        double first = cutoff ? start + step : start;
        double[] points = [.. Enumerable.Range(0, number).Select(i => (first + i * step) / step)];
        Tensor grid = tensor(points, dtype: x.dtype, device: x.device);
        using Scalar perStep = (1 / step).ToScalar();
        // Where all functions are zero; the square of a huge distance would not be finite.
        return x.mul(perStep).sub(grid).clamp(FarBelow, FarAbove);
    }

    private static Tensor Cosine(Tensor steps) => steps.mul(HalfPi).cos().masked_fill(steps.abs().ge(One), Zero);

    private static Tensor SmoothFinite(Tensor steps) =>
        SoftUnitStep(steps.Plus(One)).mul(SoftUnitStep(steps.neg().Plus(One))).mul(SmoothFiniteScale);

    private static Tensor Fourier(Tensor x, double start, double end, int number, bool cutoff)
    {
        using Scalar scale = (1 / Math.Sqrt(0.25 + number / 2.0)).ToScalar();
        Tensor fraction = Fraction(x, start, end);
        Tensor phase = fraction.mul(Multiples(Math.PI, cutoff ? 1 : 0, number, x));
        return cutoff ? phase.sin().masked_fill(Outside(fraction), Zero).mul(scale) : phase.cos().mul(scale);
    }

    private static Tensor SphericalBessel(Tensor x, double start, double end, int number, bool cutoff)
    {
        double c = end - start;
        Tensor fraction = Fraction(x, start, end);
        using Scalar scale = (Math.Sqrt(2 / c) * Math.PI / c).ToScalar();
        // With θ = πx/c: sin(nθ)/x = π/c · sin θ/θ · U_(n−1)(cos θ), Chebyshev's polynomials of the second kind. Only sin θ/θ has a hole at zero, once for all n.
        Tensor angle = fraction.mul(Pi), first = SineOverArgument.Of(angle).mul(scale), twice = angle.cos().mul(Two);
        Tensor[] waves = new Tensor[number];
        for (int n = 0; n < number; n++)
        {
            waves[n] = n == 0 ? first : n == 1 ? first.mul(twice) : waves[n - 1].mul(twice).sub(waves[n - 2]);
        }

        Tensor all = cat(waves, -1);
        return cutoff ? all.masked_fill(Outside(fraction), Zero) : all;
    }

    /// <summary>T₁ … T_n by T_(n+1) = 2u T_n − T_(n−1), T₀ = 1.</summary>
    private static Tensor Chebyshev(Tensor fraction, int number, bool cutoff)
    {
        // Beyond the interval the polynomials grow without bound.
        Tensor u = fraction.clamp(Zero, One).mul(Two).sub(One), twice = u.mul(Two);
        Tensor[] polynomials = new Tensor[number];
        for (int n = 0; n < number; n++)
        {
            polynomials[n] = n == 0 ? u : polynomials[n - 1].mul(twice).sub(n == 1 ? ones_like(u) : polynomials[n - 2]);
        }

        return Faded(cat(polynomials, -1), fraction, cutoff);
    }

    /// <summary>exp(−β (exp(−5f) − μ)²); a fraction below −1 would give numbers without bound.</summary>
    private static Tensor ExponentialNormal(Tensor fraction, double c, int number, bool cutoff)
    {
        double least = Math.Exp(-c);
        using Scalar rootOfBeta = (number / (2 * (1 - least))).ToScalar();
        double[] means = [.. Enumerable.Range(0, number).Select(k => least + ((1 - least) * k / (number - 1)))];
        Tensor y = fraction.clamp_min(MinusOne).mul(MinusFive).exp();
        Tensor grid = tensor(means, dtype: fraction.dtype, device: fraction.device);
        return Faded(y.sub(grid).mul(rootOfBeta).square().neg().exp(), fraction, cutoff);
    }

    /// <summary>Times the cosine cutoff, if there is to be one.</summary>
    private static Tensor Faded(Tensor functions, Tensor fraction, bool cutoff) => cutoff ? functions.mul(Cutoff.Cosine(fraction)) : functions;

    /// <summary>0 at the start of the interval, 1 at its end.</summary>
    private static Tensor Fraction(Tensor x, double start, double end)
    {
        using Scalar offset = start.ToScalar(), perLength = (1 / (end - start)).ToScalar();
        return x.sub(offset).mul(perLength);
    }

    private static Tensor Outside(Tensor fraction) => fraction.le(Zero).logical_or(fraction.ge(One));

    /// <summary>unit·(first, first+1, …), in the type of <paramref name="like"/>.</summary>
    private static Tensor Multiples(double unit, int first, int number, Tensor like) =>
        tensor(Enumerable.Range(first, number).Select(n => n * unit).ToArray(), dtype: like.dtype, device: like.device);
}

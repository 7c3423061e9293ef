namespace E3Gen;

/// <summary>
/// The functions that a length x is expanded in, by <c>RadialBasis.Of</c> and by networks. The first five are those of e3nn's <c>soft_one_hot_linspace</c>; c is the length of the interval.
/// </summary>
public enum RadialBasisKind
{
    /// <summary>exp(−d²)/1.12, where d is the distance from the grid point in grid steps.</summary>
    Gaussian,
    /// <summary>cos(π/2·d) for |d| &lt; 1, else 0.</summary>
    Cosine,
    /// <summary>1.14136·e²·u(d+1)·u(1−d) with u(x) = exp(−1/x) for x &gt; 0, else 0: infinitely smooth and zero for |d| ≥ 1.</summary>
    SmoothFinite,
    /// <summary>Waves over the interval: sines with a cutoff, cosines without.</summary>
    Fourier,
    /// <summary>√(2/c)·sin(nπx/c)/x, the spherical Bessel functions of order zero in a ball of radius c.</summary>
    Bessel,
    /// <summary>
    /// Chebyshev's polynomials of the first kind, T₁(u) … T_n(u), with u from −1 to 1 over the interval and held there outside of it. If they are to vanish, times (1 + cos πx/c)/2, which ends them at
    /// the end of the interval. MACE's <c>ChebychevBasis</c> takes u itself: the interval −1 … 1.
    /// </summary>
    Chebyshev,
    /// <summary>
    /// exp(−β (exp(−5x/c) − μ)²) with μ evenly from exp(−c) to 1 and β = (2/n · (1 − exp(−c)))⁻²: PhysNet's basis (Unke and Meuwly 2019) as TorchMD-NET and TensorNet have it, with lengths in Å.
    /// If they are to vanish, times (1 + cos πx/c)/2, as there.
    /// </summary>
    ExponentialNormal,
}

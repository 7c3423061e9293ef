namespace E3Gen;

/// <summary>The functions that a length is expanded in, by <c>RadialBasis.SoftOneHotLinspace</c> and by networks.</summary>
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
}

namespace E3Gen;

/// <summary>The functions that <see cref="RadialBasis.SoftOneHotLinspace"/> expands a length in.</summary>
public enum RadialBasisKind
{
    /// <summary>exp(−d²)/1.12, where d is the distance from the grid point in grid steps.</summary>
    Gaussian,
    /// <summary>cos(π/2·d) for |d| &lt; 1, else 0.</summary>
    Cosine,
    /// <summary>1.14136·e²·u(d+1)·u(1−d) with u = <see cref="RadialBasis.SoftUnitStep"/>: infinitely smooth and zero for |d| ≥ 1.</summary>
    SmoothFinite,
    /// <summary>Waves over the interval: sines with a cutoff, cosines without.</summary>
    Fourier,
    /// <summary>√(2/c)·sin(nπx/c)/x, the spherical Bessel functions of order zero in a ball of radius c.</summary>
    Bessel,
}

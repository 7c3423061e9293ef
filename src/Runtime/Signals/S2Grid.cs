using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// e3nn's grid on the sphere: β_i = π (i + ½)/N, angles to the polar axis y, and α_j = 2π j/M, longitudes from z towards x. The point (i, j) is
/// (sin β_i sin α_j, cos β_i, sin β_i cos α_j). Signals on it have shape [..., N, M].
/// </summary>
public sealed class S2Grid
{
    /// <summary>A grid of N × M points.</summary>
    /// <param name="beta">N, positive and even: the quadrature needs pairs of circles of latitude.</param>
    /// <param name="alpha">M, positive. Odd ones are used best: degrees up to (M−1)/2.</param>
    /// <exception cref="ArgumentOutOfRangeException">N is not positive and even, or M not positive.</exception>
    public S2Grid(int beta, int alpha)
    {
        if (beta < 2 || beta % 2 != 0)
        {
            string use = beta < 2 ? "2 or more" : $"{beta - 1} or {beta + 1}";
            throw new ArgumentOutOfRangeException(nameof(beta), beta, $"The resolution of a grid in β must be positive and even, not {beta}; take {use}.");
        }
        if (alpha < 1)
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"The resolution of a grid in α must be positive, not {alpha}.");
        (Beta, Alpha) = (beta, alpha);
    }

    /// <summary>N, the number of circles of latitude.</summary>
    public int Beta { get; }

    /// <summary>M, the number of meridians.</summary>
    public int Alpha { get; }

    /// <summary>
    /// The largest degree l with an exact way to the grid and back: N ≥ 2(l+1) and M ≥ 2l+1.
    /// </summary>
    public int MaxL => Math.Min((Beta / 2) - 1, (Alpha - 1) / 2);

    /// <summary>
    /// The grid for a degree, with e3nn's defaults for what is not given: N = 2(lmax+1), the smallest exact one, and M = max(2·lmax+1, N−1).
    /// Without lmax, M = N−1, or N = M or M+1, whichever is even.
    /// </summary>
    /// <param name="lmax">Largest degree of the signals; null where a resolution is given.</param>
    /// <param name="beta">N (e3nn's single <c>res</c>), at least 2(lmax+1).</param>
    /// <param name="alpha">M. Below 2·lmax+1 signals can be evaluated, but not recovered.</param>
    /// <exception cref="ArgumentException">Nothing is given, the degree is negative, or N is odd or too small.</exception>
    public static S2Grid For(int? lmax, int? beta = null, int? alpha = null)
    {
        if (lmax is < 0)
            throw new ArgumentOutOfRangeException(nameof(lmax), lmax, $"Degrees of signals are 0 or more, not {lmax}.");
        if ((lmax ?? beta ?? alpha) is null)
            throw new ArgumentException("A grid needs a degree lmax or a resolution; none is given.", nameof(lmax));
        int n = beta ?? (lmax is { } degree ? 2 * (degree + 1) : 2 * ((alpha!.Value + 1) / 2));
        int m = alpha ?? Math.Max((2 * (lmax ?? 0)) + 1, n - 1);
        if (lmax is { } l && n < 2 * (l + 1))
            throw new ArgumentOutOfRangeException(nameof(beta), n, $"A grid for lmax = {l} needs a resolution in β of at least {2 * (l + 1)}, not {n}.");
        return new S2Grid(n, m);
    }

    /// <summary>β_i in radians: [N].</summary>
    /// <param name="dtype">Floating-point type; torch's default where null.</param>
    /// <param name="device">Where to make them; the CPU where null.</param>
    public Tensor Betas(ScalarType? dtype = null, Device? device = null)
        => tensor(Enumerable.Range(0, Beta).Select(i => Math.PI * (i + 0.5) / Beta).ToArray(), dtype ?? get_default_dtype(), device);

    /// <summary>α_j in radians: [M].</summary>
    /// <inheritdoc cref="Betas"/>
    public Tensor Alphas(ScalarType? dtype = null, Device? device = null)
        => tensor(Enumerable.Range(0, Alpha).Select(j => 2 * Math.PI * j / Alpha).ToArray(), dtype ?? get_default_dtype(), device);

    /// <summary>The points of the unit sphere: [N, M, 3].</summary>
    /// <inheritdoc cref="Betas"/>
    public Tensor Points(ScalarType? dtype = null, Device? device = null)
    {
        using var scope = NewDisposeScope();
        return O3.AnglesToXyz(Alphas(dtype, device), Betas(dtype, device).unsqueeze(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Weights of the quadrature in β, [N], with Σ_i w_i = 1: the mean over the sphere is Σ_ij w_i f(β_i, α_j)/M. Exact for polynomials in (x, y, z) of degrees
    /// below N and M. w_i = (2/N) sin β_i Σ_k sin((2k+1) β_i)/(2k+1) over k = 0 … N/2 − 1.
    /// </summary>
    /// <remarks>
    /// J. R. Driscoll, D. M. Healy, Adv. Appl. Math. 15, 202 (1994); P. J. Kostelec, D. N. Rockmore, J. Fourier Anal. Appl. 14, 145 (2008).
    /// </remarks>
    /// <inheritdoc cref="Betas"/>
    public Tensor Weights(ScalarType? dtype = null, Device? device = null) => tensor(BetaWeights(), dtype ?? get_default_dtype(), device);

    internal double[] BetaWeights()
    {
        var weights = new double[Beta];
        for (int i = 0; i < Beta; i++)
        {
            double beta = Math.PI * (i + 0.5) / Beta, sum = 0;
            for (int k = 0; k < Beta / 2; k++)
                sum += Math.Sin(((2 * k) + 1) * beta) / ((2 * k) + 1);
            weights[i] = 2 * Math.Sin(beta) * sum / Beta;
        }
        return weights;
    }
}

using E3Gen.Operations;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Signals on the group of rotations, on a grid of angles: e3nn's <c>SO3Grid</c>. A signal is f(R) = √(1/dim) Σ_l √(2l+1) Σ_mn F^l_mn D^l_mn(R), its coefficients
/// Σ_l (2l+1)² numbers, F^l row by row for l = 0 … lmax; random ones of variance 1 give a mean square of 1. The grid has α and γ as in an <see cref="S2Grid"/> with M = 2·aspect·resolution
/// points each, and β with N = 2·resolution; R = R_y(α) R_x(β) R_y(γ). Exact to the grid and back for resolution ≥ lmax + 1 (with the default aspect).
/// </summary>
/// <remarks>
/// f(R Q) has the coefficients F^l D^l(Q)ᵀ: irreps (2l+1)x l with the copies m, the components n. f(Q⁻¹ R) has D^l(Q) F^l: the same with both exchanged.
/// D^l_mn is a sum of products of functions of α, β and γ (trigonometric ones of |m|α and |n|γ), so that both ways are three matrix products each.
/// </remarks>
public sealed class SO3Grid
{
    private readonly ConstantTable _wigner, _weighted, _angular;
    private readonly int _orders;

    /// <summary>Makes the tables.</summary>
    /// <param name="lmax">Largest degree, 0 … 11.</param>
    /// <param name="resolution">Half of the number of points in β; at least lmax + 1 for the way back to be exact.</param>
    /// <param name="aspect">M/N, rounded to whole numbers of points: 2 is e3nn's default.</param>
    /// <exception cref="ArgumentException">The degree is out of range, or a resolution not positive.</exception>
    public SO3Grid(int lmax, int resolution, double aspect = 2)
    {
        if (lmax is < 0 or > E3Gen.Wigner3j.MaxL)
            throw new ArgumentOutOfRangeException(nameof(lmax), lmax, $"Wigner D matrices are available for degrees 0 to {E3Gen.Wigner3j.MaxL}, not for l = {lmax}.");
        if (resolution < 1)
            throw new ArgumentOutOfRangeException(nameof(resolution), resolution, $"The resolution must be positive, not {resolution}.");
        if (!(aspect > 0 && aspect * resolution < int.MaxValue / 4))
            throw new ArgumentOutOfRangeException(nameof(aspect), aspect, $"The ratio of points in α to points in β must be positive and finite, not {aspect}.");
        var sphere = new S2Grid(2 * resolution, Math.Max(1, (int)Math.Round(2 * aspect * resolution)));
        (MaxL, Beta, Alpha, _orders) = (lmax, sphere.Beta, sphere.Alpha, (2 * lmax) + 1);
        Dim = Enumerable.Range(0, lmax + 1).Sum(l => ((2 * l) + 1) * ((2 * l) + 1));
        double[] wigner = Wigner(sphere), weights = sphere.BetaWeights();
        double back = Dim / ((double)Alpha * Alpha);
        int inside = _orders * _orders;
        _wigner = new ConstantTable(wigner, Dim, Beta * inside);
        _weighted = new ConstantTable([.. wigner.Select((d, i) => d * weights[i / inside % Beta] * back)], Dim, Beta * inside);
        double[] angles = [.. Enumerable.Range(0, Alpha).Select(j => 2 * Math.PI * j / Alpha)];
        _angular = new ConstantTable([.. Orders().SelectMany(p => angles.Select(a => p < 0 ? Math.Sin(-p * a) : Math.Cos(p * a)))], _orders, Alpha);
    }

    /// <summary>The largest degree.</summary>
    public int MaxL { get; }

    /// <summary>The number of coefficients, Σ_l (2l+1)².</summary>
    public int Dim { get; }

    /// <summary>The number of points in β.</summary>
    public int Beta { get; }

    /// <summary>The number of points in α, and in γ.</summary>
    public int Alpha { get; }

    /// <summary>Evaluates signals.</summary>
    /// <param name="x">Coefficients, [..., <see cref="Dim"/>].</param>
    /// <returns>[..., α, β, γ].</returns>
    /// <exception cref="ArgumentException">The last axis or the type does not fit.</exception>
    public Tensor ToGrid(Tensor x)
    {
        Check.Features(x, Dim, $"matrices of degrees 0 to {MaxL}", $"{nameof(SO3Grid)}.{nameof(ToGrid)}");
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x), angular = _angular.Like(wide);
        Tensor circles = wide.matmul(_wigner.Like(wide)).reshape([.. x.shape[..^1], Beta, _orders, _orders]);
        Tensor values = angular.t().matmul(circles.matmul(angular)); // [..., β, α, γ]
        return HalfPrecision.Return(values.transpose(-3, -2).contiguous(), x.dtype);
    }

    /// <summary>The coefficients of signals, by quadrature.</summary>
    /// <param name="x">[..., α, β, γ].</param>
    /// <returns>[..., <see cref="Dim"/>].</returns>
    /// <exception cref="ArgumentException">The last axes or the type do not fit.</exception>
    public Tensor FromGrid(Tensor x)
    {
        const string Name = $"{nameof(SO3Grid)}.{nameof(FromGrid)}";
        Check.Features(x, Alpha, "angles γ", Name);
        if (x.dim() < 3 || x.size(-2) != Beta || x.size(-3) != Alpha)
            throw new ArgumentException($"{Name}: the last axes must be [{Alpha}, {Beta}, {Alpha}] (α, β, γ), but the shape is [{string.Join(", ", x.shape)}].", nameof(x));
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x), angular = _angular.Like(wide);
        Tensor circles = angular.matmul(wide.transpose(-3, -2).matmul(angular.t())).flatten(-3, -1);
        return HalfPrecision.Return(circles.matmul(_weighted.Like(wide).t()), x.dtype);
    }

    /// <summary>p: cos pα for p ≥ 0, sin |p|α for p &lt; 0.</summary>
    private IEnumerable<int> Orders() => Enumerable.Range(-MaxL, _orders);

    /// <summary>
    /// √((2l+1)/dim) D^l_mn on the grid of β, as factors of the functions p of α and q of γ: [dim, N, p, q]. D(α, β, γ) = Z(α) D(0, β, 0) Z(γ), where Z(α) = exp(α G) turns about the polar axis:
    /// with G it couples m to −m only, Z_mm = cos mα and Z_m,−m = sin |m|α · G_m,−m/|m|.
    /// </summary>
    private double[] Wigner(S2Grid sphere)
    {
        var table = new double[S2Tables.Size(Dim, Beta, _orders, _orders)];
        for (int l = 0, first = 0; l <= MaxL; first += ((2 * l) + 1) * ((2 * l) + 1), l++)
        {
            int degree = l, size = (2 * l) + 1;
            double[] d = S2Tables.Values(() => O3.WignerD(new Irrep(degree, 1), O3.MatrixX(sphere.Betas(float64))));
            double[] generator = S2Tables.Values(() => O3.Generators(degree, float64)[1].contiguous());
            double scale = Math.Sqrt((double)size / Dim);
            // Z_m,k for k = m or −m: which function of the angle, and its factor.
            (int Order, double Factor) About(int m, int k) => m == k ? (Math.Abs(m), 1) : (-Math.Abs(m), generator[((l + m) * size) + l + k] / Math.Abs(m));
            for (int m = -l; m <= l; m++)
            {
                for (int n = -l; n <= l; n++)
                {
                    int row = first + ((l + m) * size) + l + n;
                    foreach (int k in Partners(m))
                    {
                        foreach (int j in Partners(n))
                        {
                            (int p, double left) = About(m, k);
                            (int q, double right) = About(j, n);
                            for (int i = 0; i < Beta; i++)
                                table[(((((row * Beta) + i) * _orders) + MaxL + p) * _orders) + MaxL + q] += scale * left * right * d[(((i * size) + l + k) * size) + l + j];
                        }
                    }
                }
            }
        }
        return table;
    }

    private static int[] Partners(int m) => m == 0 ? [0] : [m, -m];
}

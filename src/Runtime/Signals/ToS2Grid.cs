using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Evaluates signals on a grid of the sphere: harmonics' coefficients [..., (lmax+1)²] → [..., N, M], f(β_i, α_j) = Σ_l n_l F^l · Y^l. e3nn's <c>ToS2Grid</c>. No parameters; tables have the
/// type and device of the argument. Two matrix products, since Y_lm is a function of β times one of α, so derivatives of any order are linear maps, too.
/// </summary>
/// <remarks>
/// In <see cref="Normalization.Integral"/> f is Σ F^l · Y^l with harmonics of that normalisation (n_l = 1). The other two give f a mean square of 1 with equal shares of all degrees
/// where the coefficients are random: of variance 1 (<see cref="Normalization.Component"/>, n_l = √(4π/((2l+1)(lmax+1)))) or 1/(2l+1) (<see cref="Normalization.Norm"/>, n_l = √(4π/(lmax+1))).
/// The values on the grid of a turned signal are values between the points of the grid of the original: a signal is equivariant, its values at fixed points are not.
/// </remarks>
public sealed class ToS2Grid : nn.Module<Tensor, Tensor>
{
    private readonly ConstantTable _legendre, _angular;

    /// <summary>Makes the tables. Arguments are those of <see cref="S2Grid.For"/>: e3nn's single <c>res</c> is <paramref name="beta"/>.</summary>
    /// <param name="lmax">Largest degree; the largest that the grid carries where null.</param>
    /// <param name="beta">N, even, at least 2(lmax+1), which is taken where null.</param>
    /// <param name="alpha">M; max(2·lmax+1, N−1) where null.</param>
    /// <param name="normalization">See the remarks.</param>
    /// <exception cref="ArgumentException">Nothing is given, the degree is negative, N is odd or too small, or the normalisation is none.</exception>
    public ToS2Grid(int? lmax = null, int? beta = null, int? alpha = null, Normalization normalization = Normalization.Component)
        : base(nameof(ToS2Grid))
    {
        Grid = S2Grid.For(lmax, beta, alpha);
        MaxL = lmax ?? Grid.MaxL;
        _legendre = S2Tables.Legendre(Grid, MaxL, l => S2Tables.Scale(l, MaxL, normalization));
        _angular = S2Tables.Angular(Grid, MaxL);
    }

    /// <summary>The grid.</summary>
    public S2Grid Grid { get; }

    /// <summary>The largest degree lmax.</summary>
    public int MaxL { get; }

    /// <summary>Evaluates signals.</summary>
    /// <param name="x">[..., (lmax+1)²].</param>
    /// <returns>[..., N, M].</returns>
    /// <exception cref="ArgumentException">The last axis or the type does not fit.</exception>
    public override Tensor forward(Tensor x)
    {
        Check.Features(x, (MaxL + 1) * (MaxL + 1), $"degrees 0 to {MaxL}", nameof(ToS2Grid));
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x);
        Tensor circles = wide.matmul(_legendre.Like(wide)).reshape([.. x.shape[..^1], Grid.Beta, (2 * MaxL) + 1]);
        return HalfPrecision.Return(circles.matmul(_angular.Like(wide)), x.dtype);
    }

    /// <summary>Does nothing: there is nothing to register.</summary>
    protected override void RegisterComponents()
    {
    }
}

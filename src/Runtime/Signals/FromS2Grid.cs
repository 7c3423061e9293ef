using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// The harmonics' coefficients of signals on a grid of the sphere: [..., N, M] → [..., (lmax+1)²], by quadrature. e3nn's <c>FromS2Grid</c>. Inverse of <see cref="ToS2Grid"/> for signals up to
/// lmax, N ≥ 2(lmax+1) and M ≥ 2·lmax+1: the smallest exact grid is 2(lmax+1) × (2·lmax+1). Higher degrees l′ in the values do no harm while lmax + l′ is below N and M;
/// beyond that they are taken for lower ones.
/// </summary>
public sealed class FromS2Grid : nn.Module<Tensor, Tensor>
{
    private readonly ConstantTable _legendre, _angular;

    /// <summary>Makes the tables. Arguments are those of <see cref="S2Grid.For"/>: e3nn's single <c>res</c> is <paramref name="beta"/>.</summary>
    /// <param name="lmax">Largest degree of the result; the largest that the grid carries where null.</param>
    /// <param name="beta">N, even, at least 2(lmax+1), which is taken where null.</param>
    /// <param name="alpha">M; max(2·lmax+1, N−1) where null.</param>
    /// <param name="normalization">That of the <see cref="ToS2Grid"/> to invert.</param>
    /// <param name="lmaxIn">Largest degree of that <see cref="ToS2Grid"/>, which its factors depend on; lmax where null.</param>
    /// <exception cref="ArgumentException">Nothing is given, a degree is negative, N is odd or too small, or the normalisation is none.</exception>
    public FromS2Grid(int? lmax = null, int? beta = null, int? alpha = null, Normalization normalization = Normalization.Component, int? lmaxIn = null)
        : base(nameof(FromS2Grid))
    {
        Grid = S2Grid.For(lmax, beta, alpha);
        MaxL = lmax ?? Grid.MaxL;
        if (lmaxIn is < 0)
            throw new ArgumentOutOfRangeException(nameof(lmaxIn), lmaxIn, $"Degrees of signals are 0 or more, not {lmaxIn}.");
        // ∫ Y_lm² dΩ = 1, while the weights sum to 1 instead of 4π.
        _legendre = S2Tables.Legendre(Grid, MaxL, l => 4 * Math.PI / S2Tables.Scale(l, lmaxIn ?? MaxL, normalization), [.. Grid.BetaWeights().Select(w => w / Grid.Alpha)]);
        _angular = S2Tables.Angular(Grid, MaxL);
    }

    /// <summary>The grid.</summary>
    public S2Grid Grid { get; }

    /// <summary>The largest degree lmax.</summary>
    public int MaxL { get; }

    /// <summary>The coefficients of signals.</summary>
    /// <param name="x">[..., N, M].</param>
    /// <returns>[..., (lmax+1)²].</returns>
    /// <exception cref="ArgumentException">The last axes or the type do not fit.</exception>
    public override Tensor forward(Tensor x)
    {
        Check.Features(x, Grid.Alpha, "longitudes α", nameof(FromS2Grid));
        if (x.dim() < 2 || x.size(-2) != Grid.Beta)
            throw new ArgumentException($"{nameof(FromS2Grid)}: the last axes must be [{Grid.Beta}, {Grid.Alpha}] (β, α), but the shape is [{string.Join(", ", x.shape)}].", nameof(x));
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x);
        Tensor circles = wide.matmul(_angular.Like(wide).t()).flatten(-2, -1);
        return HalfPrecision.Return(circles.matmul(_legendre.Like(wide).t()), x.dtype);
    }

    /// <summary>Does nothing: there is nothing to register.</summary>
    protected override void RegisterComponents()
    {
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static E3Gen.Runtime.Tests.Rotations.O3Reference;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Rotations;

public sealed class AngularHarmonicsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(Normalization.Component)]
    [InlineData(Normalization.Norm)]
    [InlineData(Normalization.Integral)]
    public void OfAnglesTheyAreTheHarmonicsOfE3nn(Normalization normalization)
    {
        Tensor x = Harmonics.Tensor("x"), expected = cat([.. Enumerable.Range(0, 12).Select(l => Harmonics.Tensor($"normalize_true/{normalization.ToString().ToLowerInvariant()}/l{l}"))], -1);
        (Tensor alpha, Tensor beta) = O3.XyzToAngles(x);
        AssertClose(expected, O3.SphericalHarmonicsAlphaBeta(11, alpha, beta, normalization), 1e-12);
        AssertClose(O3.SphericalHarmonics("2x1o+1x0e+1x3o", x, normalization: normalization), O3.SphericalHarmonicsAlphaBeta("2x1o+1x0e+1x3o", alpha, beta, normalization), 1e-12);
    }

    /// <summary>The tables of e3nn's grids are products of both parts: there, rows of Legendre functions times e3nn's factors.</summary>
    [Fact]
    public void TheirPartsAreThoseOfE3nn()
    {
        var layers = Support.Reference.Layers;
        Tensor betas = layers.Get("s2grid.c.component.to", "betas"), shb = layers.Get("s2grid.c.component.to", "shb"); // [m, β, lm]
        AssertClose(layers.Get("s2grid.c.component.to", "sha"), O3.SphericalHarmonicsAlpha(4, layers.Get("s2grid.c.component.to", "alphas")), 1e-12);
        Tensor scale = cat([.. Enumerable.Range(0, 5).Select(l => full((2 * l) + 1, Math.Sqrt(4 * Math.PI / (((2 * l) + 1) * 5)), float64))]);
        AssertClose(shb.sum([0]), O3.Legendre(4, betas.cos(), betas.sin()) * scale, 1e-12);
    }

    /// <summary>Exact polynomials at α = 0, where harmonics of m ≥ 0 are √(2 − δ_m0) P_lm; and orthonormal beyond their degrees.</summary>
    [Fact]
    public void LegendreFunctionsAreExact()
    {
        double[] angles = [0, 1e-3, 0.4, 1.2, 2.9, Math.PI];
        Tensor beta = tensor(angles, float64), legendre = O3.Legendre(11, beta.cos(), beta.sin());
        for (int l = 0; l <= 11; l++)
        {
            for (int m = 0; m <= l; m++)
            {
                double factor = SolidHarmonics.IntegralFactor(l) / Math.Sqrt(m == 0 ? 1 : 2);
                Tensor expected = tensor(angles.Select(b => factor * SolidHarmonics.Of(l)[l + m].Evaluate(0, Math.Cos(b), Math.Sin(b))).ToArray(), float64);
                AssertClose(expected, legendre.select(-1, (l * l) + l + m), 1e-13, $"{l} {m}");
                AssertClose(expected, legendre.select(-1, (l * l) + l - m), 1e-13, $"{l} {-m}");
            }
        }

        var grid = new S2Grid(82, 81);
        Tensor y = O3.SphericalHarmonicsAlphaBeta(40, grid.Alphas(float64), grid.Betas(float64).unsqueeze(-1)).reshape(-1, 41 * 41);
        Tensor weights = (grid.Weights(float64).unsqueeze(-1) / 81.0).expand(82, 81).reshape(-1, 1);
        AssertClose(eye(41 * 41, dtype: float64), y.t().matmul(y * weights), 1e-11);
    }

    /// <summary>e3nn's Legendre is sin^m times a polynomial in the cosine, for any two numbers.</summary>
    [Fact]
    public void LegendreFunctionsArePolynomialsInBothArguments()
    {
        Tensor c = tensor(new[] { 0.3, -2.0 }), s = tensor(new[] { 0.7, 1.5 }), p = O3.Legendre(2, c, s);
        double n = Math.Sqrt(5 / (4 * Math.PI));
        AssertClose(n * ((3 * c * c) - 1) / 2, p.select(-1, 6), 1e-14);
        AssertClose(n * Math.Sqrt(1.0 / 6) * 3 * c * s, p.select(-1, 7), 1e-14);
        AssertClose(n * Math.Sqrt(1.0 / 24) * 3 * s * s, p.select(-1, 8), 1e-14);
    }

    [Fact]
    public void DerivativesAreRightAlsoAtThePoles()
    {
        Tensor alpha = tensor(new[] { 0.3, 2.0, -1, 0 }), beta = tensor(new[] { 0, 1.1, Math.PI, -0.4 });
        GradientCheck.First(a => O3.SphericalHarmonicsAlphaBeta(5, a[0], a[1]), [alpha, beta]);
        GradientCheck.Second(a => O3.SphericalHarmonicsAlphaBeta(5, a[0], a[1]), [alpha, beta]);
        GradientCheck.First(a => O3.Legendre(5, a[0], a[1]), [beta.cos(), beta.sin()]);
        GradientCheck.Second(a => O3.Legendre(5, a[0], a[1]), [beta.cos(), beta.sin()]);
    }

    [Fact]
    public void ShapesTypesAndErrors()
    {
        Tensor alpha = rand(3, 1, dtype: float64), beta = rand(2, dtype: float64);
        Assert.Equal([3, 2, 16], O3.SphericalHarmonicsAlphaBeta(3, alpha, beta).shape);
        Assert.Equal([9], O3.SphericalHarmonicsAlphaBeta(2, alpha[0, 0], beta[0]).shape);
        Assert.Equal([3, 2, 0], O3.SphericalHarmonicsAlphaBeta("0x0e", alpha, beta).shape);
        Assert.Equal([3, 1, 1], O3.SphericalHarmonicsAlpha(0, alpha).shape);
        Near.Relative(O3.SphericalHarmonicsAlphaBeta(11, alpha, beta), O3.SphericalHarmonicsAlphaBeta(11, alpha.to(float32), beta.to(float32)), 1e-5);
        Assert.Equal(ScalarType.Float16, O3.SphericalHarmonicsAlphaBeta(2, alpha.to(float16), beta.to(float16)).dtype);
        Assert.Throws<ArgumentOutOfRangeException>(() => O3.SphericalHarmonicsAlphaBeta(-1, alpha, beta));
        Assert.Throws<ArgumentOutOfRangeException>(() => O3.Legendre(-1, alpha, beta));
        Assert.Throws<ArgumentException>(() => O3.SphericalHarmonicsAlphaBeta("0o", alpha, beta));
        Assert.Throws<ArgumentException>(() => O3.SphericalHarmonicsAlpha(1, alpha.to(int64)));
    }
}

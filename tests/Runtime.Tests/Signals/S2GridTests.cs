using System.Text.Json;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Signals;

public sealed class S2GridTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string> Cases => [.. Reference.Layers.CaseNames().Where(name => name.StartsWith("s2grid.", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesGradientsAndPointsAreThoseOfE3nn(string name)
    {
        JsonElement about = Reference.Layers.Case(name);
        int lmax = about.GetProperty("lmax").GetInt32();
        var normalization = Enum.Parse<Normalization>(about.GetProperty("normalization").GetString()!, ignoreCase: true);
        (int? beta, int? alpha) = about.TryGetProperty("res", out JsonElement res)
            ? res.ValueKind switch
            {
                JsonValueKind.Null => (null, null),
                JsonValueKind.Number => (res.GetInt32(), null),
                _ => ((int?)res[0].GetInt32(), (int?)res[1].GetInt32()),
            }
            : (about.GetProperty("res_beta").GetInt32(), about.GetProperty("res_alpha").GetInt32());
        bool to = about.GetProperty("cls").GetString() == "ToS2Grid";
        int? lmaxIn = about.TryGetProperty("lmax_in", out JsonElement l) ? l.GetInt32() : null;
        using nn.Module<Tensor, Tensor> module = to ? new ToS2Grid(lmax, beta, alpha, normalization) : new FromS2Grid(lmax, beta, alpha, normalization, lmaxIn);
        S2Grid grid = module is ToS2Grid t ? t.Grid : ((FromS2Grid)module).Grid;
        Assert.Equal((about.GetProperty("res_beta").GetInt32(), about.GetProperty("res_alpha").GetInt32()), (grid.Beta, grid.Alpha));

        Tensor x = Reference.Layers.Get(name, "x").requires_grad_();
        Tensor y = module.call(x);
        Near.Equal(Reference.Layers.Get(name, "out"), y, 1e-10);
        Near.Equal(Reference.Layers.Get(name, "grad_x"), GradientCheck.Gradients(y.mul(Reference.Layers.Get(name, "cotangent")).sum(), [x])[0], 1e-8);
        if (Reference.Layers.Entries.ContainsKey($"{name}/grid"))
        {
            Near.Equal(Reference.Layers.Get(name, "alphas"), grid.Alphas(float64), 1e-14);
            Near.Equal(Reference.Layers.Get(name, "betas"), grid.Betas(float64), 1e-14);
            Near.Equal(Reference.Layers.Get(name, "grid"), grid.Points(float64), 1e-14);
        }
        Assert.Empty(module.state_dict());
    }

    [Fact]
    public void AllCasesAreHere() => Assert.Equal(25, Cases.Count);

    /// <summary>The smallest grid, larger ones, and degrees beyond those of the harmonics' tables.</summary>
    [Theory]
    [InlineData(0, null, null)]
    [InlineData(1, null, null)]
    [InlineData(5, null, null)]
    [InlineData(5, 12, 11)]
    [InlineData(5, 30, 40)]
    [InlineData(24, null, null)]
    public void ToTheGridAndBackNothingChanges(int lmax, int? beta, int? alpha)
    {
        Tensor x = Random(4, (lmax + 1) * (lmax + 1));
        foreach (Normalization normalization in Enum.GetValues<Normalization>())
        {
            using var to = new ToS2Grid(lmax, beta, alpha, normalization);
            using var from = new FromS2Grid(lmax, beta, alpha, normalization);
            Near.Equal(x, from.call(to.call(x)), 1e-12);
            Assert.True(to.Grid.MaxL >= lmax);
        }
    }

    [Fact]
    public void OneMeridianLessLosesTheLastDegree()
    {
        Tensor x = Random(4, 16);
        using var to = new ToS2Grid(3, 8, 6);
        using var from = new FromS2Grid(3, 8, 6);
        Assert.True(Near.MaxError(x, from.call(to.call(x))) > 0.1);
        Assert.Equal(2, to.Grid.MaxL);
    }

    /// <summary>What ToS2Grid promises: the harmonics at the points.</summary>
    [Fact]
    public void ValuesAreSumsOfHarmonics()
    {
        Tensor x = Random(3, 36);
        using var to = new ToS2Grid(5, 14, 16, Normalization.Integral);
        Tensor harmonics = O3.SphericalHarmonics(5, to.Grid.Points(float64), normalization: Normalization.Integral);
        Near.Equal(einsum("bai,zi->zba", harmonics, x), to.call(x), 1e-12);
    }

    [Theory]
    [InlineData(Normalization.Component)]
    [InlineData(Normalization.Norm)]
    public void RandomSignalsHaveUnitMeanSquare(Normalization normalization)
    {
        using var to = new ToS2Grid(4, normalization: normalization);
        Tensor variances = cat([.. Enumerable.Range(0, 5).Select(l => full((2 * l) + 1, normalization == Normalization.Norm ? 1 / ((2.0 * l) + 1) : 1, float64))]);
        Tensor values = to.call(Random(20_000, 25) * variances.sqrt()).square().mean([0]);
        Tensor mean = (values.mean([1]) * to.Grid.Weights(float64)).sum();
        Assert.Equal(1, mean.item<double>(), 0.02);
    }

    [Fact]
    public void QuadratureIsExactBelowTheResolution()
    {
        var grid = new S2Grid(10, 3);
        Tensor cos = grid.Betas(float64).cos(), weights = grid.Weights(float64);
        for (int power = 0; power < 10; power++)
            Assert.Equal(power % 2 == 0 ? 1.0 / (power + 1) : 0, (weights * cos.pow(power)).sum().item<double>(), 1e-14);
        Assert.True(Math.Abs((weights * cos.pow(10)).sum().item<double>() - (1.0 / 11)) > 1e-5);
    }

    [Fact]
    public void ShapesTypesAndDerivatives()
    {
        using var to = new ToS2Grid(2);
        using var from = new FromS2Grid(2);
        Assert.Equal([6, 5], to.call(Random(9)).shape);
        Assert.Equal([2, 0, 6, 5], to.call(zeros(2, 0, 9)).shape);
        Assert.Equal([3, 2, 9], from.call(zeros(3, 2, 6, 5)).shape);
        Tensor x = Random(2, 9);
        Near.Relative(to.call(x), to.call(x.to(float32)), 1e-5);
        Near.Relative(x, from.call(to.call(x.to(float32))), 1e-5);
        Assert.Equal(ScalarType.BFloat16, to.call(x.to(bfloat16)).dtype);
        GradientCheck.First(a => to.call(a[0]).pow(3), [x]);
        GradientCheck.Second(a => from.call(to.call(a[0]).pow(3)), [x]);
    }

    [Fact]
    public void GridsFollowE3nnWhereSomethingIsNotGiven()
    {
        Assert.Equal((8, 7, 3), Sizes(S2Grid.For(3)));
        Assert.Equal((12, 11, 5), Sizes(S2Grid.For(null, 12)));
        Assert.Equal((12, 11, 5), Sizes(S2Grid.For(null, null, 11)));
        Assert.Equal((8, 20, 3), Sizes(S2Grid.For(3, null, 20)));
        using var from = new FromS2Grid(beta: 12);
        Assert.Equal(5, from.MaxL);
        static (int, int, int) Sizes(S2Grid grid) => (grid.Beta, grid.Alpha, grid.MaxL);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        Assert.Contains("must be positive and even, not 9; take 8 or 10", Assert.Throws<ArgumentOutOfRangeException>(() => new S2Grid(9, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("not 0; take 2 or more", Assert.Throws<ArgumentOutOfRangeException>(() => new S2Grid(0, 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new S2Grid(4, 0));
        Assert.Contains("lmax = 3 needs a resolution in β of at least 8, not 6", Assert.Throws<ArgumentOutOfRangeException>(() => new ToS2Grid(3, 6)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FromS2Grid(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FromS2Grid(2, lmaxIn: -1));
        Assert.Throws<ArgumentException>(() => new ToS2Grid());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToS2Grid(1, normalization: (Normalization)9));
        using var to = new ToS2Grid(2);
        using var from = new FromS2Grid(2);
        Assert.Contains("9 entries", Assert.Throws<ArgumentException>(() => to.call(zeros(2, 8))).Message, StringComparison.Ordinal);
        Assert.Contains("[6, 5] (β, α)", Assert.Throws<ArgumentException>(() => from.call(zeros(7, 5))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => from.call(zeros(5)));
    }

    private static Tensor Random(params long[] shape) => randn(shape, float64, generator: new Generator(7));
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Radial;

public sealed class CutoffTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string> Names => ["smooth", "cosine", "polynomial 2", "polynomial 3", "polynomial 6", "polynomial 7", "polynomial 2.5", "polynomial 6.5", "mollifier", "softstep"];

    private static Tensor Apply(string name, Tensor x) => name.Split(' ') switch
    {
        ["smooth"] => Cutoff.Smooth(x),
        ["cosine"] => Cutoff.Cosine(x),
        ["mollifier"] => Cutoff.Mollifier(x),
        ["softstep"] => Cutoff.SoftStep(x),
        [_, var p] => Cutoff.Polynomial(x, double.Parse(p, System.Globalization.CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException(name),
    };

    [Theory]
    [InlineData("gp2101_rackers.water_tetramer", 3.5, 10)]
    [InlineData("gp2101_rackers.cloud", 3.5, 10)]
    [InlineData("gp2101_attr.batch", 2.5, 6)]
    public void EdgesOfAGatePointsNetworkAreThoseOfE3nn(string run, double radius, int number)
    {
        SafetensorsFile file = Reference.File("networks");
        Tensor At(string field) => file.Get("run." + run, field);
        using Graph graph = Graph.FromEdges(At("edge_src"), At("edge_dst"), At("pos").shape[0]);
        Tensor length = graph.EdgeVectors(At("pos")).square().sum([1L]).sqrt();
        // Y of l = 0 is 1, so the first edge attribute is the cutoff itself.
        Tensor InGraphOrder(string field) => At(field).index_select(0, graph.EdgePermutation!);
        Near.Equal(InGraphOrder("edge_attr").select(1, 0), Cutoff.Smooth(length / radius), 1e-14);
        Tensor gaussians = RadialBasis.SoftOneHotLinspace(length, 0, radius, number, RadialBasisKind.Gaussian, cutoff: false) * Math.Sqrt(number);
        Near.Equal(InGraphOrder("edge_length_embedded"), gaussians, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FallsFromOneToZeroAndStaysThere(string name)
    {
        Tensor y = Apply(name, linspace(0, 1, 101, dtype: ScalarType.Float64));
        Assert.Equal(name == "softstep" ? Math.Exp(-0.1) : 1, y[0].item<double>(), 1e-15);
        Assert.Equal(0, y[100].item<double>());
        Assert.True(y.diff().le(0).all().item<bool>());
        Assert.Equal([0.0, 0, 0], Apply(name, tensor(new[] { 1, 1.0001, 50 })).data<double>().ToArray());
        Assert.Equal(ScalarType.Float32, Apply(name, ones(2)).dtype);
        Assert.Equal(0.5, Apply(name, tensor(name switch { "smooth" => 0.75, "cosine" => 0.5, "mollifier" => Math.Sqrt(1 - (1 / (1 + Math.Log(2)))), "softstep" => 1 - (1 / (10 * Math.Log(2))), _ => HalfOf(name) })).item<double>(), 1e-12);
    }

    /// <summary>Where the envelope is ½, by bisection of the formula in Horner-free form.</summary>
    private static double HalfOf(string name)
    {
        double p = double.Parse(name.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        (double low, double high) = (0, 1);
        for (int i = 0; i < 60; i++)
        {
            double x = (low + high) / 2;
            double y = 1 - (p + 1) * (p + 2) / 2.0 * Math.Pow(x, p) + p * (p + 2) * Math.Pow(x, p + 1) - p * (p + 1) / 2.0 * Math.Pow(x, p + 2);
            (low, high) = y > 0.5 ? (x, high) : (low, x);
        }
        return low;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativesAreRightAndContinuousAtTheCutoff(string name)
    {
        Tensor[] x = [tensor(new[] { 0.11, 0.3, 0.45, 0.55, 0.7, 0.93, 1.2 })];
        GradientCheck.First(t => Apply(name, t[0]), x);
        GradientCheck.Second(t => Apply(name, t[0]), x);
        Tensor edge = tensor(new[] { 1 - 1e-6, 1, 1 + 1e-6 }).requires_grad_();
        Near.Equal(zeros(3, dtype: ScalarType.Float64), GradientCheck.Gradients(Apply(name, edge).sum(), [edge])[0], 1e-4);
    }

    /// <summary>Cosines end with a jump of the second derivative (π²/2 and, twice as steep, 2π²), envelopes of that of the third, the others of none.</summary>
    [Theory]
    [InlineData("cosine", Math.PI * Math.PI / 2)]
    [InlineData("smooth", 2 * Math.PI * Math.PI)]
    [InlineData("polynomial 2", 0)]
    [InlineData("polynomial 6", 0)]
    [InlineData("polynomial 6.5", 0)]
    [InlineData("mollifier", 0)]
    [InlineData("softstep", 0)]
    public void CurvatureAtTheCutoffIsAsDocumented(string name, double expected)
    {
        Tensor x = tensor(new[] { 1 - 1e-7 }).requires_grad_();
        Tensor slope = GradientCheck.Gradients(Apply(name, x).sum(), [x], createGraph: true)[0];
        Assert.Equal(expected, GradientCheck.Gradients(slope.sum(), [x])[0].item<double>(), 1e-4);
    }

    /// <summary>Envelopes of exponents next to each other enclose that of a broken one between them.</summary>
    [Fact]
    public void ExponentsNeedNotBeWhole()
    {
        Tensor x = linspace(0.05, 0.95, 19, dtype: ScalarType.Float64), y = Cutoff.Polynomial(x, 5.5);
        Assert.True(y.gt(Cutoff.Polynomial(x, 5)).logical_and(y.lt(Cutoff.Polynomial(x, 6))).all().item<bool>());
        Near.Equal(Cutoff.Polynomial(x, 5), Cutoff.Polynomial(x, 5 + 1e-12), 1e-11);
        // PhysNet's: 1 − 6x⁵ + 15x⁴ − 10x³.
        Near.Equal(1 - (6 * x.pow(5)) + (15 * x.pow(4)) - (10 * x.pow(3)), Cutoff.Polynomial(x, 3), 1e-14);
        foreach (double p in new[] { 1, 1.99, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => Cutoff.Polynomial(x, p));
    }

    [Fact]
    public void EveryKindHasItsFunction()
    {
        Tensor x = linspace(0, 1.2, 13, dtype: ScalarType.Float64);
        Tensor[] expected = [ones_like(x), Cutoff.Smooth(x), Cutoff.Cosine(x), Cutoff.Polynomial(x, 4), Cutoff.Mollifier(x), Cutoff.SoftStep(x)];
        foreach (var (kind, values) in Enum.GetValues<CutoffKind>().Zip(expected, (k, v) => (k, v)))
            Assert.True(values.Equals(Cutoff.Of(kind, x, 4)), $"{kind}");
        Assert.Equal(Enum.GetValues<CutoffKind>().Length, expected.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Cutoff.Of((CutoffKind)99, x));
    }
}

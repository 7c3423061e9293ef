using E3Gen.Operations;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Networks;

/// <summary>Networks with every radial basis and every cutoff.</summary>
public sealed class RadialNetworkTests : IDisposable
{
    private const double Radius = 3;

    private readonly DisposeScope scope = NewDisposeScope();

    private static readonly Type[] Networks =
    [
        typeof(GaussianSmoothNetwork), typeof(CosineMollifierNetwork), typeof(SmoothFiniteNoneNetwork), typeof(FourierCosineNetwork), typeof(BesselPolynomialNetwork), typeof(ChebyshevSoftStepNetwork),
        typeof(ChebyshevNoneNetwork), typeof(ExponentialNormalNoneNetwork), typeof(ExponentialNormalPolynomialNetwork),
        typeof(BesselAgnesiPolynomialNetwork), typeof(GaussianSoftSmoothNetwork), typeof(GaussianSoftClampSmoothNetwork),
    ];

    public void Dispose() => scope.Dispose();

    public static TheoryData<string> Names => [.. Networks.Select(n => n.Name)];

    private static nn.Module<Tensor, Graph, Tensor> Make(string name)
    {
        var network = (nn.Module<Tensor, Graph, Tensor>)Activator.CreateInstance(Networks.Single(n => n.Name == name))!;
        network.to(ScalarType.Float64);
        return network;
    }

    [Fact]
    public void EveryBasisAndCutoffIsThere()
    {
        Assert.All(Enum.GetNames<RadialBasisKind>(), kind => Assert.Contains(Networks, n => n.Name.StartsWith(kind, StringComparison.Ordinal)));
        Assert.All(Enum.GetNames<CutoffKind>(), kind => Assert.Contains(Networks, n => n.Name.EndsWith(kind + "Network", StringComparison.Ordinal)));
    }

    /// <summary>A transform that is named is the one of the runtime: networks of the same weights differ by it, and agree where it is undone.</summary>
    [Fact]
    public void TransformsChangeLengths()
    {
        Assert.All(Enum.GetNames<DistanceTransform>().Skip(1), kind => Assert.Contains(Networks, n => n.Name.Contains(kind, StringComparison.Ordinal)));
        using var plain = Make(nameof(GaussianSmoothNetwork));
        using var soft = Make(nameof(GaussianSoftSmoothNetwork));
        foreach (var (name, parameter) in soft.named_parameters())
        {
            using var constant = no_grad();
            parameter.copy_(plain.get_parameter(name)!);
        }

        // Far off, r + ½ tanh(−s − a s³) + ½ is r; near 0 it is not.
        Near.Equal(Two(plain, 2.9), Two(soft, 2.9), 1e-12);
        Assert.True((Two(plain, 0.3) - Two(soft, 0.3)).abs().max().item<double>() > 1e-3);

        static Tensor Two(nn.Module<Tensor, Graph, Tensor> network, double distance)
        {
            Tensor positions = tensor(new double[,] { { 0, 0, 0 }, { 0, 0, distance } });
            using var graph = Graph.FromPositions(positions, Radius);
            return network.call(positions, graph);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void IsEquivariant(string name)
    {
        using var network = Make(name);
        Tensor positions = randn(7, 3, ScalarType.Float64) * 1.4;
        using var graph = Graph.FromPositions(positions, Radius);
        Equivariance.Assert(network, positions, graph, "0e + 1o", 1e-11);
    }

    /// <summary>An atom leaves the neighbourhood of another: energies and forces go on without a jump, which is as small as the step across the cutoff radius.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EnergiesAndForcesAreContinuousAtTheCutoff(string name)
    {
        using var network = Make(name);
        (Tensor inside, Tensor forcesInside) = Pair(network, Radius - 1e-6);
        (Tensor outside, Tensor forcesOutside) = Pair(network, Radius + 1e-6);
        Near.Equal(outside, inside, 1e-9, "results");
        Near.Equal(forcesOutside, forcesInside, 1e-4, "forces");
        Assert.True(Pair(network, Radius - 1).Forces.abs().max().item<double>() > 1e-3, "further inside there are forces");
    }

    /// <summary>What an edge carries, the product of basis and attenuated harmonics, ends at the cutoff radius for all pairs of basis and cutoff that the compiler does not report.</summary>
    [Fact]
    public void EveryPairEndsAtTheCutoff()
    {
        foreach (RadialBasisKind basis in Enum.GetValues<RadialBasisKind>())
        {
            foreach (CutoffKind cutoff in Enum.GetValues<CutoffKind>())
            {
                foreach (bool vanish in new[] { false, true })
                {
                    bool ends = cutoff != CutoffKind.None || basis == RadialBasisKind.Bessel || (vanish && basis != RadialBasisKind.Gaussian);
                    Tensor r = tensor(new[] { Radius - 1e-9 }), carried = Edges.Attenuate(Edges.Expand(r, Radius, 5, basis, vanish), r, Radius, cutoff, 6);
                    Assert.True(carried.isfinite().all().item<bool>());
                    double left = carried.abs().max().item<double>();
                    Assert.True(ends ? left < 1e-7 : left > 0.1, $"{basis}, {cutoff}, {(vanish ? "vanishing" : "not vanishing")}: {left:E1}");
                }
            }
        }
    }

    /// <summary>Chebyshev's polynomials and the grids alike have components of about unit mean square.</summary>
    [Fact]
    public void ComponentsHaveAMeanSquareNearOne()
    {
        Tensor r = linspace(0.05, Radius - 0.05, 500, dtype: ScalarType.Float64);
        foreach (RadialBasisKind basis in Enum.GetValues<RadialBasisKind>().Where(b => b != RadialBasisKind.Bessel))
        {
            Assert.InRange(Edges.Expand(r, Radius, 8, basis, vanish: false).square().mean().item<double>(), 0.5, 3);
        }
    }

    /// <summary>The results of two atoms beside a third, and their derivatives.</summary>
    private static (Tensor Results, Tensor Forces) Pair(nn.Module<Tensor, Graph, Tensor> network, double distance)
    {
        Tensor positions = tensor(new double[,] { { 0, 0, 0 }, { 0, 0, distance }, { 0.3, 1, 0 } }).requires_grad_();
        using var graph = Graph.FromPositions(positions, Radius);
        Tensor results = network.call(positions, graph);
        return (results.detach(), autograd.grad([results.sum()], [positions])[0]);
    }
}

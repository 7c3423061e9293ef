using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Analysis;

public sealed class EquivarianceTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>0 or something as small, in a message.</summary>
    private const string Rounding = "(0|[0-9.]+E-1[0-9])";

    private static string Refusal(Action measure) => Assert.Throws<EquivarianceException>(measure).Message;

    private sealed class Lambda<T1, T2>(Func<T1, T2> f) : nn.Module<T1, T2>("Lambda")
    {
        public override T2 forward(T1 x) => f(x);
    }

    private sealed class Lambda<T1, T2, T3>(Func<T1, T2, T3> f) : nn.Module<T1, T2, T3>("Lambda")
    {
        public override T3 forward(T1 x, T2 y) => f(x, y);
    }

    private sealed class Lambda<T1, T2, T3, T4>(Func<T1, T2, T3, T4> f) : nn.Module<T1, T2, T3, T4>("Lambda")
    {
        public override T4 forward(T1 x, T2 y, T3 z) => f(x, y, z);
    }

    /// <summary>The first <paramref name="count"/> columns, changed, and the others.</summary>
    private static Tensor Change(Tensor x, int start, int count, Func<Tensor, Tensor> change) =>
        cat([x.narrow(-1, 0, start), change(x.narrow(-1, start, count)), x.narrow(-1, start + count, x.size(-1) - start - count)], -1);

    [Fact]
    public void EquivariantFunctionsPass()
    {
        Assert.InRange(Equivariance.Error(x => O3.SphericalHarmonics(6, x[0]), ["1o"], "0e+1o+2e+3o+4e+5o+6e"), 0, 1e-12);
        Equivariance.Assert(x => x[0].mul(x[1]), ["3x0e", "3x0o"], "3x0o");
        Equivariance.Assert(x => linalg.cross(x[0], x[1]), ["1o", "1o"], "1e");
        Equivariance.Assert(x => linalg.cross(x[0], x[1]), ["1o", "1e"], "1o");
        Equivariance.Assert(x => x[0], ["2x0o+5x3e"], "2x0o+5x3e");
        // A product that vanishes by symmetry is not judged by its rounding.
        Equivariance.Assert(x => linalg.cross(x[0], x[0] * 0.1), ["1o"], "1e");
        Equivariance.Assert(x => x[0].narrow(-1, 0, 0), ["1o"], Irreps.Empty);
    }

    [Fact]
    public void APointwiseFunctionOfAVectorIsFound()
    {
        string message = Refusal(() => Equivariance.Assert(x => Change(x[0], 4, 6, v => v.relu()), ["4x0e+2x1o+1e"], "4x0e+2x1o+1e"));
        Assert.Contains("output 2x1o (columns 4 to 9)", message);
        Assert.Matches($"by output irrep: 4x0e {Rounding}, 2x1o [0-9.]+, 1x1e {Rounding}", message);
        Assert.DoesNotContain("random", message);
    }

    [Fact]
    public void ABiasOnAVectorIsFound()
    {
        var report = Equivariance.Measure(x => Change(x[0], 1, 3, v => v + 0.01), [EquivariantInput.Random("0e+1e")], "0e+1e");
        Assert.InRange(report.Error, 1e-3, 0.1);
        // A pseudovector does not notice inversion; rotations tell.
        Assert.Matches($"inversion {Rounding}, rotation 0.0[0-9]+, ", report.ToString());
        Assert.Throws<EquivarianceException>(() => report.Assert());
        report.Assert(tolerance: 0.2);
    }

    [Fact]
    public void WrongParityIsFoundByInversionAlone()
    {
        string message = Refusal(() => Equivariance.Assert(x => linalg.cross(x[0], x[1]), ["1o", "1o"], "1o"));
        Assert.Contains("worst: ", message);
        Assert.Matches($"by transformation: no transformation {Rounding}, inversion 2, rotation {Rounding}, rotation with inversion [0-9.]+\n", message);
        Refusal(() => Equivariance.Assert(x => nn.functional.silu(x[0]), ["0o"], "0o"));
        Equivariance.Assert(x => x[0].tanh(), ["0o"], "0o");
    }

    [Fact]
    public void WrongOrderWithinAnIrrepIsFound()
    {
        Refusal(() => Equivariance.Assert(x => x[0].roll(1, -1), ["1o"], "1o"));
        // Two copies of 1o stored component by component instead of copy by copy.
        Refusal(() => Equivariance.Assert(x => x[0].reshape(-1, 2, 3).transpose(1, 2).reshape(-1, 6), ["2x1o"], "2x1o"));
    }

    [Fact]
    public void PositionsAreMoved()
    {
        Tensor points = randn(7, 3, dtype: ScalarType.Float64);
        Equivariance.Measure(x => x[0] - x[0].mean([0L], keepdim: true), [EquivariantInput.Points(points)], "1o").Assert();
        string message = Refusal(() => Equivariance.Measure(x => x[0], [EquivariantInput.Points(points)], "1o").Assert());
        Assert.Contains("worst: translation by (", message);
        Equivariance.Measure(x => x[0] * x[1], [EquivariantInput.Features(points, "1o"), EquivariantInput.Invariant(tensor(3.0))], "1o").Assert();
    }

    [Fact]
    public void RandomFunctionsAreCalledRandom()
    {
        string message = Refusal(() => Equivariance.Assert(x => x[0] * Random.Shared.NextDouble(), ["8x0e"], "8x0e"));
        Assert.Contains("is it random", message);
    }

    [Fact]
    public void ResultsThatAreNotFiniteAreFound()
    {
        Assert.Equal(double.PositiveInfinity, Equivariance.Error(x => x[0] / 0.0, ["1o"], "1o"));
        Refusal(() => Equivariance.Assert(x => x[0].log(), ["3x0e"], "3x0e"));
    }

    [Fact]
    public void ModulesAreMeasuredInTheirOwnType()
    {
        using var linear = nn.Linear(4, 4, hasBias: false);
        using var biased = nn.Linear(4, 4);
        Equivariance.Assert(linear, "4x0e", "4x0e");
        Equivariance.Assert(biased, "4x0e", "4x0e");
        Equivariance.Assert(linear, "4x0o", "4x0o");
        Assert.Contains("inversion", Refusal(() => Equivariance.Assert(biased, "4x0o", "4x0o")));
        linear.to(ScalarType.Float64);
        Assert.InRange(Equivariance.Error(linear, "4x0o", "4x0o"), 0, 1e-14);
        Refusal(() => Equivariance.Assert(linear, "0e+1o", "0e+1o"));
        using var identity = new Lambda<Tensor, Tensor>(x => x);
        Equivariance.Assert(identity, "1o", "1o", tolerance: 1e-14);
    }

    /// <summary>Whoever measures a function of a module, or gives positions of another type, need not think of types.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.Float64, 1e-12)]
    public void RandomArgumentsHaveTheTypeOfTheModule(ScalarType type, double tolerance)
    {
        using var module = new FullyConnectedNetwork([4, 3], ActivationFunction.Silu, dtype: type);
        Irreps four = Irreps.Parse("4x0e"), three = Irreps.Parse("3x0e");
        Assert.True(Equivariance.Error(module, four, three) <= tolerance);
        Assert.True(Equivariance.Error(x => module.forward(x[0]), [four], three) <= tolerance);
        double factor = 2;
        Assert.True(Equivariance.Error(x => Inner(x), [four], three) <= tolerance);
        Assert.True(Equivariance.Measure(x => module.forward(x[0]), [EquivariantInput.Random(four, module)], three).Error <= tolerance);

        using var network = new Graphs.EnergyNetwork();
        network.to(type);
        Tensor positions = rand(5, 3, dtype: type == ScalarType.Float32 ? ScalarType.Float64 : ScalarType.Float32);
        using Graph graph = Graph.FromPositions(positions, 2.2);
        Assert.True(Equivariance.Error(network, positions, graph, Irreps.Parse("0e")) <= tolerance);

        Tensor Inner(Tensor[] x) => module.forward(x[0]) * factor;
    }

    [Fact]
    public void FunctionsWithoutAModuleAreMeasuredInFloat64()
    {
        ScalarType? seen = null;
        Equivariance.Error(x => { seen = x[0].dtype; return x[0]; }, [Irreps.Parse("1o")], Irreps.Parse("1o"));
        Assert.Equal(ScalarType.Float64, seen);
    }

    [Fact]
    public void GraphsKeepTheirEdgesAndTurnTheirShifts()
    {
        manual_seed(5);
        Tensor cell = eye(3, dtype: ScalarType.Float64) * 3 + randn(3, 3, dtype: ScalarType.Float64) * 0.2;
        Tensor positions = rand(5, 3, dtype: ScalarType.Float64) * 3;
        using Graph graph = Graph.FromPositions(positions, 2.5, cell: cell);
        Assert.True(graph.EdgeCount > 20);
        Tensor Sum(Tensor edges, Graph g) => zeros(g.NodeCount, edges.size(1), edges.dtype).index_add(0, g.Destination, edges, 1);
        Tensor Harmonics(Tensor p, Graph g) => O3.SphericalHarmonics("0e+1o+2e", g.EdgeVectors(p), normalize: false);

        using var density = new Lambda<Tensor, Graph, Tensor>((p, g) => Sum(Harmonics(p, g), g));
        Assert.InRange(Equivariance.Error(density, positions, graph, "0e+1o+2e"), 0, 1e-13);
        Equivariance.Assert(density, positions, graph, "0e+1o+2e");
        using var stale = new Lambda<Tensor, Graph, Tensor>((p, _) => Sum(Harmonics(p, graph), graph));
        Refusal(() => Equivariance.Assert(stale, positions, graph, "0e+1o+2e"));
        using var absolute = new Lambda<Tensor, Graph, Tensor>((p, _) => p);
        Assert.Contains("translation", Refusal(() => Equivariance.Assert(absolute, positions, graph, "1o")));

        Tensor charges = randn(5, 1, dtype: ScalarType.Float64);
        using var dipole = new Lambda<Tensor, Tensor, Graph, Tensor>((p, q, g) => Sum(g.EdgeVectors(p) * q.index_select(0, g.Source), g));
        Assert.InRange(Equivariance.Error(dipole, positions, charges, "0e", graph, "1o"), 0, 1e-13);
        Equivariance.Assert(dipole, positions, charges, "0o", graph, "1e");
        Refusal(() => Equivariance.Assert(dipole, positions, charges, "0o", graph, "1o"));
        var error = Assert.Throws<ArgumentException>(() => Equivariance.Error(dipole, positions, charges, "2e", graph, "1o"));
        Assert.Contains("5 entries", error.Message);
    }

    [Fact]
    public void AGeneratedNetworkIsEquivariant()
    {
        manual_seed(2);
        using var network = new Networks.SmallWaterNetwork();
        network.to(ScalarType.Float64);
        Tensor positions = rand(9, 3, dtype: ScalarType.Float64) * 4, elements = rand(9, 2, dtype: ScalarType.Float64);
        using Graph graph = Graph.FromPositions(positions, 3.5);
        Equivariance.Assert(network, positions, elements, "2x0e", graph, "12x0e+5x1o+4x2e+2x3o+1x4e", tolerance: 1e-11);
        Refusal(() => Equivariance.Assert(network, positions, elements, "2x0e", graph, "12x0e+5x1e+4x2e+2x3o+1x4e"));
    }

    [Fact]
    public void WrongDimensionsAreNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => Equivariance.Error(x => x[0], ["1o"], "0e+1o"));
        Assert.Contains("4 entries (the result, 1x0e+1x1o)", error.Message);
        Assert.Throws<ArgumentException>(() => EquivariantInput.Points(ones(3, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Equivariance.Measure(x => x[0], [EquivariantInput.Random("1o")], "1o", rotations: 0));
    }

    [Fact]
    public void ResultsRepeat()
    {
        double Error(long seed) => Equivariance.Measure(x => x[0].sin(), [EquivariantInput.Random("1o")], "1o", seed: seed).Error;
        Assert.Equal(Error(5), Error(5));
        Assert.NotEqual(Error(5), Error(6));
    }
}

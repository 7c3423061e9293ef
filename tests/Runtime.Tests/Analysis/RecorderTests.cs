using E3Gen.Analysis;
using E3Gen.Runtime.Tests.Explanation;
using E3Gen.Runtime.Tests.Networks;
using E3Gen.Runtime.Tests.Operations;
using TorchSharp;
using static E3Gen.Runtime.Tests.Analysis.RecorderSamples;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Analysis;

/// <summary>What a recorder measures.</summary>
public sealed class RecorderTests
{
    private static readonly string[] Network2101 =
    [
        "EdgeHarmonics", "layers.0.first.SelfConnection", "layers.0.first.Linear1", "layers.0.first.Convolve", "layers.0.first.Linear2", "layers.0.first.Gate",
        "layers.1.first.SelfConnection", "layers.1.first.Linear1", "layers.1.first.Convolve", "layers.1.first.Linear2", "layers.1.first.Gate",
        "layers.2.SelfConnection", "layers.2.Linear1", "layers.2.Convolve", "layers.2.Linear2",
    ];

    [Fact]
    public void OperationsAreCalledByTheirPlace()
    {
        using var network = new SmallWaterNetwork();
        using var recorder = new Recorder(network, new PowerList());
        Assert.Equal(Network2101, recorder.Operations.Select(o => o.Name));
        Assert.Equal("layers.0.first.Gate: Gate 17x0e+4x1o+3x2e+2x3o → 8x0e+4x1o+3x2e+2x3o", recorder.Operations[5].ToString());
        Assert.Equal(Layout.IrMul, recorder.Operations[5].Layout);

        using var around = new Surrounding();
        using var other = new Recorder(around, new PowerList());
        Assert.Equal(["first.First", "first.Second", "second.First", "second.Second"], other.Operations.Select(o => o.Name));
    }

    [Fact]
    public void ChosenOperationsAndQuantities()
    {
        using var scope = NewDisposeScope();
        var (module, step) = Training("Network");
        var list = new PowerList();
        using var recorder = new Recorder(module, list, new RecorderOptions { Operations = name => name.EndsWith("Gate"), Quantities = Quantities.Features | Quantities.FeatureGradients });
        using (recorder.Step(12)) step();
        Assert.Equal(["layers.0.first.Gate", "layers.1.first.Gate"], list.Rows.Select(r => r.Operation).Distinct());
        Assert.Equal([Quantities.Features, Quantities.FeatureGradients], list.Rows.Select(r => r.Quantity).Distinct());
        Assert.All(list.Rows, r => Assert.Equal((12, "Gate", 6), (r.Step, r.Kind, r.Rows)));
    }

    /// <summary>Features and weights as IrrepPower measures them, gradients as derived by hand: L = Σ c·y² of y = Mix(x) has ∂L/∂y = 2 c·y and ∂L/∂W by autograd.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.Float64, 1e-10)]
    public void PowersAndGradientsOfAnOperation(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var module = new EveryKind();
        module.to(type);
        Tensor x = Random(3, 5, 10).to(type), c = Random(3, 5, 10).to(type);
        Tensor y = module.Mix(x);
        var list = new PowerList();
        using var recorder = new Recorder(module, list);
        using (recorder.Step(0)) module.Mix(x).square().mul(c).sum().backward();

        var mix = recorder.Operations.Single(o => o.Name == "Mix");
        Equal(IrrepPower.Of(y, mix.Output, input: x), Rows(Quantities.Features));
        Equal(IrrepPower.Of(y * c * 2, mix.Output), Rows(Quantities.FeatureGradients));
        Assert.Equal(["4x0e", "2x1o"], Rows(Quantities.Features).Select(r => r.Part));
        Assert.Equal([(0, 1), (1, -1)], Rows(Quantities.Features).Select(r => (r.L, r.Parity)));
        Assert.All(Rows(Quantities.Features), r => Assert.Equal(15, r.Rows));

        // y[w] = 1/√n Σ_u W[u,w] x[u], so that ∂L/∂W[u,w] = 1/√n Σ_b Σ_m x[b,u,m] · 2 c y[b,w,m]; columns are mul_ir.
        Tensor g = (y * c * 2).detach().reshape(15, 10), rows = x.reshape(15, 10);
        Tensor scalars = rows.narrow(1, 0, 4).t().matmul(g.narrow(1, 0, 4)) / 2;
        Tensor vectors = einsum("bum,bwm->uw", rows.narrow(1, 4, 6).reshape(15, 2, 3), g.narrow(1, 4, 6).reshape(15, 2, 3)) / Math.Sqrt(2);
        PowerRow[] gradients = Rows(Quantities.WeightGradients);
        Near(IrrepPower.MeanSquare(scalars), gradients[0].Power);
        Near(IrrepPower.MeanSquare(vectors), gradients[1].Power);
        Assert.Equal(IrrepPower.OfWeights(mix.Weights!, mix).Select(p => p.MeanSquare), Rows(Quantities.Weights).Select(r => r.Power));
        Assert.Equal([("2x1o → 2x1o", 4L, 1L)], Rows(Quantities.Weights).Skip(1).Select(r => (r.Part, r.Channels, r.Rows)));
        Assert.Equal(8, list.Rows.Count);

        PowerRow[] Rows(Quantities quantity) => [.. list.Rows.Where(r => r.Quantity == quantity)];

        void Equal(IReadOnlyList<SegmentPower> expected, PowerRow[] actual)
        {
            Assert.Equal(expected.Count, actual.Length);
            for (int i = 0; i < actual.Length; i++)
            {
                Near(expected[i].Power, actual[i].Power);
                Near(expected[i].PowerPerComponent, actual[i].PowerPerComponent);
                Assert.Equal(expected[i].Gain is null, actual[i].Gain is null);
                if (actual[i].Gain is { } gain) Near(expected[i].Gain!.Value, gain);
            }
        }

        void Near(double expected, double actual) => Assert.Equal(expected, actual, tolerance * Math.Abs(expected));
    }

    /// <summary>Weights that an operation is passed, as an argument of each row, of all rows, of pairs of edges.</summary>
    [Theory]
    [InlineData(Backend.Cpu)]
    [InlineData(Backend.Portable)]
    public void WeightsThatArePassed(Backend backend)
    {
        using var use = Backends.Use(backend);
        using var scope = NewDisposeScope();
        using var module = new EveryKind();
        module.to(ScalarType.Float64);
        var graph = Graph.FromEdges(tensor(new long[] { 0, 1, 1, 2 }), tensor(new long[] { 1, 0, 2, 1 }), 3);
        foreach (long rows in new[] { graph.EdgeCount, graph.PairCount })
        {
            Tensor nodes = Random(3, 10), edges = Random(4, 4), leaf = Random(rows, 12).requires_grad_(true), weights = leaf * 1;
            weights.retain_grad();
            var list = new PowerList();
            using var recorder = new Recorder(module, list);
            using (recorder.Step(0)) module.Convolve(nodes, edges, weights, graph).square().sum().backward();
            var operation = recorder.Operations.Single(o => o.Name == "Convolve");
            Check(IrrepPower.OfWeights(weights, operation), Quantities.Weights);
            Check(IrrepPower.OfWeights(leaf.grad!, operation), Quantities.WeightGradients);

            void Check(IReadOnlyList<PathPower> expected, Quantities quantity)
            {
                PowerRow[] actual = [.. list.Rows.Where(r => r.Quantity == quantity)];
                Assert.Equal(expected.Select(p => (p.Path.Path, rows)), actual.Select(r => (r.Part, r.Rows)));
                Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.MeanSquare, pair.Second.Power, 1e-12 * pair.First.MeanSquare));
            }
        }
    }

    /// <summary>Only what scales with its argument has a gain.</summary>
    [Fact]
    public void Gains()
    {
        using var scope = NewDisposeScope();
        var (module, step) = Training("Network");
        var list = new PowerList();
        using var recorder = new Recorder(module, list);
        using (recorder.Step(0)) step();
        Assert.All(list.Rows, r => Assert.Equal(r.Quantity == Quantities.Features && r.Kind != "SphericalHarmonics", r.Gain is not null));
    }

    /// <summary>Inside of networks features are ir_mul, in both backends.</summary>
    [Theory]
    [InlineData("Network")]
    [InlineData("NetworkWithAttributes")]
    public void BackendsAgree(string name)
    {
        using var scope = NewDisposeScope();
        var (module, step) = Training(name);
        var rows = new[] { Backend.Cpu, Backend.Portable }.Select(backend =>
        {
            using var use = Backends.Use(backend);
            var list = new PowerList();
            using var recorder = new Recorder(module, list);
            using (recorder.Step(0)) step();
            return list.Rows;
        }).ToArray();
        double largest = rows[0].Max(r => r.Power);
        Assert.Equal(rows[0].Select(r => r with { Power = 0, PowerPerComponent = 0, Gain = 0 }), rows[1].Select(r => r with { Power = 0, PowerPerComponent = 0, Gain = 0 }));
        Assert.All(rows[0].Zip(rows[1]), pair => Assert.Equal(pair.First.Power, pair.Second.Power, 1e-10 * largest));
    }

    /// <summary>Turned and inverted positions have the same powers of features and gradients in all operations.</summary>
    [Fact]
    public void NoRotationOrInversionChangesAPower()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        Sample sample = Sample.Of("Network");
        Tensor[] arguments = sample.Random(random);
        Tensor rotation = O3.RandomRotation(dtype: ScalarType.Float64, generator: random);
        var rows = new[] { eye(3, dtype: ScalarType.Float64), rotation, -rotation }.Select(r =>
        {
            var list = new PowerList();
            using var recorder = new Recorder(sample.Module, list);
            foreach (var parameter in sample.Module.parameters()) parameter.grad = null;
            using (recorder.Step(0)) sample.Apply([arguments[0].matmul(r.t()), arguments[1]]).square().sum().backward();
            return list.Rows;
        }).ToArray();
        Assert.All(rows[0].Zip(rows[1]), pair => Assert.Equal(pair.First.Power, pair.Second.Power, 1e-10 * Math.Max(1, pair.First.Power)));
        Assert.All(rows[0].Zip(rows[2]), pair => Assert.Equal(pair.First.Power, pair.Second.Power, 1e-10 * Math.Max(1, pair.First.Power)));
        Assert.True(rows[0].Count(r => r is { Quantity: Quantities.Features, L: > 0, Power: > 1e-6 }) > 10);
    }

    [Fact]
    public void SeveralCallsAreOneMeanOverTheirRows()
    {
        using var scope = NewDisposeScope();
        using var module = new EveryKind();
        Tensor small = Random(2, 10).to(ScalarType.Float32), large = Random(7, 10).to(ScalarType.Float32) * 3;
        var list = new PowerList();
        using var recorder = new Recorder(module, list);
        using (recorder.Step(0))
        {
            module.Mix(small).sum().backward();
            module.Mix(large).sum().backward();
        }

        var mix = recorder.Operations[0];
        var together = IrrepPower.Of(module.Mix(cat([small, large])), mix.Output, input: cat([small, large]));
        var rows = list.Rows.Where(r => r.Quantity == Quantities.Features).ToList();
        Assert.All(together.Zip(rows), pair =>
        {
            Assert.Equal(pair.First.Power, pair.Second.Power, 1e-5 * pair.First.Power);
            Assert.Equal(pair.First.Gain!.Value, pair.Second.Gain!.Value, 1e-5 * pair.First.Gain.Value);
        });
        Assert.All(rows, r => Assert.Equal(9, r.Rows));
        Assert.Equal([1.0, 3.0], list.Rows.Where(r => r.Quantity == Quantities.FeatureGradients).Select(r => r.Power)); // of a sum: ones
    }

    [Fact]
    public void WithoutGradientsThereAreNoRowsOfThem()
    {
        using var scope = NewDisposeScope();
        var (module, step) = Training("Network");
        step(); // leaves gradients of an earlier step in the parameters
        var list = new PowerList();
        using var recorder = new Recorder(module, list);
        Quantities[] Taken() => [.. list.Rows.Where(r => r.Step == list.Rows[^1].Step).Select(r => r.Quantity).Distinct()];
        using (recorder.Step(1)) step(backward: false);
        Assert.Equal([Quantities.Features, Quantities.Weights], Taken());
        using (recorder.Step(2))
        {
            using var off = no_grad();
            step(backward: false);
        }

        Assert.Equal((2, 2), (list.Rows[^1].Step, Taken().Length));
        using (recorder.Step(3)) step();
        Assert.Equal((3, 4), (list.Rows[^1].Step, Taken().Length));
        int count = list.Rows.Count;
        using (recorder.Step(4)) { }
        Assert.Equal(count, list.Rows.Count); // nothing was called
    }

    /// <summary>Of a loss that holds forces, the gradients are those of the loss: the energy's, on the way to the forces, are not added.</summary>
    [Fact]
    public void GradientsOfALossOfForces()
    {
        using var scope = NewDisposeScope();
        using var module = new EveryKind();
        module.to(ScalarType.Float64);
        Tensor x = Random(4, 10).requires_grad_(true), head = Random(10).requires_grad_(true);
        var list = new PowerList();
        using var recorder = new Recorder(module, list, new RecorderOptions { Quantities = Quantities.FeatureGradients });
        Tensor Loss(Tensor y)
        {
            Tensor energy = y.pow(3).mul(head).sum();
            Tensor force = autograd.grad([energy], [x], retain_graph: true, create_graph: true)[0];
            return force.square().sum() + energy;
        }

        using (recorder.Step(0)) Loss(module.Mix(x)).backward();

        Tensor y = module.Mix(x);
        Tensor expected = autograd.grad([Loss(y)], [y])[0];
        Assert.All(
            IrrepPower.Of(expected, "4x0e + 2x1o").Zip(list.Rows),
            pair => Assert.Equal(pair.First.Power, pair.Second.Power, 1e-10 * pair.First.Power));
        Assert.Equal(2, list.Rows.Count);
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

/// <summary>Draws come from torch's own generator, which all tests share.</summary>
[Collection(Alone.Name)]
public sealed class DropoutTests : IDisposable
{
    private static readonly (int Column, int Components)[] Copies = [(0, 1), (1, 1), (2, 1), (3, 3), (6, 3), (9, 5)];

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Dropouts dropouts = new();

    public void Dispose()
    {
        dropouts.Dispose();
        scope.Dispose();
    }

    /// <summary>Ours and e3nn's sample: one factor, 0 or 1/(1 − p), for each copy of a row.</summary>
    [Fact]
    public void WholeCopiesOfRowsAreDroppedAsInE3nn()
    {
        Tensor x = Reference.Layers.Get("dropout", "x");
        manual_seed(3);
        Tensor ours = dropouts.Drop(x);
        foreach (Tensor y in new[] { ours, Reference.Layers.Get("dropout", "out_train_sample") })
        {
            Tensor factors = y / x;
            foreach (var (column, components) in Copies)
            {
                Tensor copy = factors.narrow(-1, column, components);
                Near.Equal(copy[.., ..1, ..1].expand(copy.shape), copy, 1e-12, "shared by components and samples");
                Assert.All(copy.data<double>().ToArray(), f => Assert.True(Math.Abs(f) < 1e-12 || Math.Abs(f - (1 / 0.6)) < 1e-12));
            }
        }
    }

    [Fact]
    public void EachCopyOfEachRowIsDroppedByItself()
    {
        manual_seed(5);
        Tensor y = dropouts.Drop(ones(20000, 14, float64));
        Tensor kept = cat([.. Copies.Select(c => y.narrow(-1, c.Column, 1))], -1).ne(0).to(float64);
        Tensor mean = kept.mean([0]);
        Assert.True((mean - 0.6).abs().max().item<double>() < 0.02);
        Tensor covariance = (kept - 0.6).t().mm(kept - 0.6) / 20000;
        Assert.True((covariance - (eye(6, dtype: float64) * 0.24)).abs().max().item<double>() < 0.01, "Copies are independent.");
        Assert.InRange(y.mean().item<double>(), 0.98, 1.02);
    }

    [Fact]
    public void SeedsAreReproducible()
    {
        Tensor Draw()
        {
            manual_seed(7);
            return dropouts.Drop(ones(50, 14));
        }

        Near.Equal(Draw(), Draw(), 0);
        Assert.True((Draw() - dropouts.Drop(ones(50, 14))).abs().max().item<float>() > 1);
    }

    [Fact]
    public void EvaluationIsTheIdentity()
    {
        Tensor x = randn(4, 14);
        Near.Equal(x, dropouts.Nothing(x), 0);
        Assert.Equal(0, dropouts.Everything(x).abs().sum().item<float>());
        dropouts.eval();
        Near.Equal(x, dropouts.Drop(x), 0);
        Near.Equal(x, dropouts.Everything(x), 0);
        dropouts.train();
        Assert.Equal(0, dropouts.Everything(x).abs().sum().item<float>());
    }

    [Fact]
    public void TrainingModeIsEquivariantAndDifferentiable()
    {
        Assert.True(Equivariance.Error(x => dropouts.Drop(x[0]), [Dropouts.In], Dropouts.In) < 1e-12);
        Func<Tensor[], Tensor> seeded = x =>
        {
            manual_seed(11);
            return dropouts.Drop(x[0]);
        };
        GradientCheck.First(seeded, [randn(3, 2, 14, float64)]);
        GradientCheck.Second(seeded, [randn(3, 2, 14, float64)]);
    }

    /// <summary>One draw for all calls, and one for the next measurement: the user's random numbers go on.</summary>
    [Fact]
    public void MeasuringDrawsOnce()
    {
        manual_seed(13);
        rand(1);
        float after = rand(1).item<float>();
        manual_seed(13);
        Equivariance.Error(x => x[0] * rand(1).to(float64), ["1o"], "1o");
        Assert.Equal(after, rand(1).item<float>());
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    public void KeepsTheType(ScalarType type) => Assert.Equal(type, dropouts.Drop(ones(2, 14, type)).dtype);
}

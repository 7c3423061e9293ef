using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Training;

/// <summary>Steps against those of torch.</summary>
public class AdamTests
{
    [Theory]
    [InlineData(false, 0, false)]
    [InlineData(true, 0, false)]
    [InlineData(true, 0.1, false)]
    [InlineData(false, 0.1, true)]
    public void AgreesWithTorch(bool amsgrad, double decay, bool decoupled)
    {
        using var scope = NewDisposeScope();
        using nn.Module ours = Network(), theirs = Network();
        var parameters = new FlatParameters(ours);
        using var adam = new Adam(parameters, new OptimizerOptions { AmsGrad = amsgrad, WeightDecay = decay, Decoupled = decoupled });
        optim.Optimizer torchs = decoupled
            ? optim.AdamW(theirs.parameters(), 0.03, weight_decay: decay, amsgrad: amsgrad)
            : optim.Adam(theirs.parameters(), 0.03, weight_decay: decay, amsgrad: amsgrad);
        Tensor x = randn([6, 3], float64);
        for (int step = 1; step <= 12; step++)
        {
            Loss(ours, x, step).backward();
            adam.Advance(step, 0.03, null);
            torchs.zero_grad();
            Loss(theirs, x, step).backward();
            torchs.step();
        }

        foreach ((Tensor our, Tensor their) in ours.parameters().Zip(theirs.parameters())) Assert.True(our.allclose(their, rtol: 1e-12, atol: 1e-12));
    }

    /// <summary>What is joined of one tensor is a copy, too.</summary>
    [Fact]
    public void AModuleWithOneParameterIsTrained()
    {
        using var scope = NewDisposeScope();
        using nn.Module ours = nn.Linear(3, 1, hasBias: false, dtype: float64), theirs = nn.Linear(3, 1, hasBias: false, dtype: float64);
        theirs.load_state_dict(ours.state_dict());
        var parameters = new FlatParameters(ours);
        using var adam = new Adam(parameters, new OptimizerOptions());
        optim.Optimizer torchs = optim.Adam(theirs.parameters(), 0.03, amsgrad: new OptimizerOptions().AmsGrad);
        Tensor x = randn([6, 3], float64);
        for (int step = 1; step <= 3; step++)
        {
            ((nn.Module<Tensor, Tensor>)ours).forward(x).square().sum().backward();
            adam.Advance(step, 0.03, null);
            torchs.zero_grad();
            ((nn.Module<Tensor, Tensor>)theirs).forward(x).square().sum().backward();
            torchs.step();
        }

        Tensor trained = ours.parameters().Single();
        Assert.True(trained.allclose(theirs.parameters().Single(), rtol: 1e-12, atol: 1e-12));
        Tensor before = trained.clone();
        parameters.With(zeros([3], float64), () => Assert.Equal(0, trained.abs().sum().item<double>()));
        Assert.True(trained.equal(before).all().item<bool>());
    }

    [Fact]
    public void TheWholeGradientIsClipped()
    {
        using var scope = NewDisposeScope();
        using nn.Module one = Network(), other = Network();
        var options = new OptimizerOptions { Epsilon = 1 };   // with a large ε the size of the gradient matters
        using Adam clipped = new(new FlatParameters(one), options), scaled = new(new FlatParameters(other), options);
        Tensor x = randn([6, 3], float64);
        Loss(one, x, 1).backward();
        double norm = clipped.Advance(1, 0.1, largestGradient: 0.01);
        (Loss(other, x, 1) * (0.01 / norm)).backward();
        Assert.Equal(0.01, scaled.Advance(1, 0.1, null), 1e-12);
        Assert.True(clipped.Weights.allclose(scaled.Weights, rtol: 1e-12, atol: 1e-14));
        Assert.True(norm > 0.01);
    }

    [Fact]
    public void TheAverageStartsShort()
    {
        using Tensor first = tensor([1.0, 2.0]), second = tensor([3.0, 5.0]), third = tensor([0.0, 1.0]);
        using var average = new WeightAverage(first, 0.25);
        average.Update(1, second);   // (1 + 1)/(10 + 1) is less than 0.25
        average.Update(2, third);    // (1 + 2)/(10 + 2) is 0.25
        double[] expected = [.. new[] { (1.0, 3.0, 0.0), (2.0, 5.0, 1.0) }.Select(v => 0.25 * (v.Item1 * 2 / 11 + v.Item2 * 9 / 11) + 0.75 * v.Item3)];
        Assert.All(expected.Zip(average.Values.data<double>()), v => Assert.Equal(v.First, v.Second, 1e-14));
        using var none = new WeightAverage(first, 0);
        none.Update(1, second);
        Assert.Equal([3.0, 5.0], none.Values.data<double>().ToArray());
    }

    /// <summary>Weights in float32 that move by some last digits: the average follows, though a thousandth of the difference is less than float32 can add.</summary>
    [Fact]
    public void TheAverageFollowsTheLastDigits()
    {
        float moved = 1 + (20 * MathF.BitIncrement(1)) - 20;
        using Tensor before = ones(3), after = full(3, moved);
        using var average = new WeightAverage(before, 0.999);
        for (int step = 10_000; step < 30_000; step++) average.Update(step, after);
        Assert.InRange(moved - 1, 1e-6, 1e-5);
        Assert.All(average.Values.to(float64).data<double>().ToArray(), a => Assert.Equal(moved, a, 1e-12));
    }

    [Fact]
    public void ParametersOfTwoTypesAreRefused()
    {
        using nn.Module mixed = nn.Sequential(("a", nn.Linear(2, 2, dtype: float64)), ("b", nn.Linear(2, 2, dtype: float32)));
        var error = Assert.Throws<ArgumentException>(() => new FlatParameters(mixed));
        Assert.Contains("b.weight is Float32", error.Message, StringComparison.Ordinal);
    }

    private static TorchSharp.Modules.Sequential Network()
    {
        random.manual_seed(4);
        return nn.Sequential(("first", nn.Linear(3, 5, dtype: float64)), ("second", nn.Tanh()), ("third", nn.Linear(5, 1, dtype: float64)));
    }

    private static Tensor Loss(nn.Module network, Tensor x, int step) => (((nn.Module<Tensor, Tensor>)network).call(x) - step).square().sum();
}

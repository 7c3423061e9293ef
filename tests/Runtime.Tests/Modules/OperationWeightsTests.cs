using E3Gen.Kernels;
using E3Gen.Operations;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Modules;

public class OperationWeightsTests
{
    [Fact]
    public void OutlivesTheScopeItWasMadeIn()
    {
        OperationWeights weights;
        using (NewDisposeScope())
        {
            weights = new OperationWeights(weights: 3, biases: 2);
        }

        Assert.Equal([3L], weights.Weight.shape);
        Assert.Equal([0f, 0f], weights.Bias.data<float>().ToArray());
        weights.Dispose();
    }

    [Fact]
    public void SaysSoWhereThereAreNoBiases()
    {
        using var weights = new OperationWeights(weights: 1);
        Assert.Contains("no biases", Assert.Throws<InvalidOperationException>(() => weights.Bias).Message);
    }
}

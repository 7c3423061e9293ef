using E3Gen.Analysis;
using E3Gen.Runtime.Tests.Networks;
using E3Gen.Runtime.Tests.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Analysis;

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
    }

    [Fact]
    public void AStepOfTraining()
    {
        using var scope = NewDisposeScope();
        var sample = Sample.Of("Network");
        using var random = new Generator(1);
        var arguments = sample.Random(random);
        var list = new PowerList();
        using var recorder = new Recorder(sample.Module, list);
        using (recorder.Step(7))
        {
            sample.Apply(arguments).square().sum().backward();
        }

        Assert.Equal(Network2101, list.Rows.Select(r => r.Operation).Distinct());
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>f(D(R) x) = D(R) f(x) for rotations, for rotations times inversion, and for whole networks under translations.</summary>
public sealed class EquivarianceTests
{
    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void OperationsAreEquivariant(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(11);
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] arguments = sample.Random(random);
        Assert.True(sample.Apply(arguments).abs().max().item<double>() > 1e-3, "The result is not zero.");

        EquivariantInput[] inputs = [.. arguments.Zip(sample.Arguments, EquivariantInput.Features)];
        if (sample.TakesPositions) inputs[0] = EquivariantInput.Points(arguments[0]);
        Equivariance.Measure(sample.Apply, inputs, sample.Output).Assert(1e-11);
    }
}

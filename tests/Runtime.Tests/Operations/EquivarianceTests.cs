using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>f(D(R) x) = D(R) f(x) for rotations, for rotations times inversion, and for whole networks under translations.</summary>
public sealed class EquivarianceTests
{
    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void OperationsCommuteWithRotationsAndInversion(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(11);
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] arguments = sample.Random(random);
        Tensor result = sample.Apply(arguments);
        Assert.True(result.abs().max().item<double>() > 1e-3, "The result is not zero.");
        Tensor rotation = O3.RandomRotation([], ScalarType.Float64, generator: random);
        foreach (Tensor element in new[] { rotation, -rotation, -eye(3, dtype: ScalarType.Float64) })
        {
            Tensor[] turned = [.. arguments.Zip(sample.Arguments, (argument, irreps) => Turn(argument, irreps, element))];
            Near.Equal(Turn(result, sample.Output, element), sample.Apply(turned), 1e-11, name);
        }
    }

    [Theory]
    [InlineData("Network")]
    [InlineData("NetworkWithAttributes")]
    public void NetworksDoNotSeeTranslations(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(12);
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] arguments = sample.Random(random);
        Tensor result = sample.Apply(arguments);
        Near.Equal(result, sample.Apply([arguments[0] + tensor(new[] { 1.5, -20, 7 }), arguments[1]]), 1e-11, name);
    }

    private static Tensor Turn(Tensor rows, Irreps irreps, Tensor element) => rows.matmul(O3.WignerD(irreps, element).t());
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>First and second derivatives of every operation by its arguments and its parameters, against finite differences.</summary>
public sealed class GradientTests
{
    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void DerivativesAreThoseOfFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(13);
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Draw(module, random);
        Tensor[] arguments = [.. sample.Random(random).Select(a => a.requires_grad_(true))];
        Tensor cotangent = randn(sample.Apply(arguments).shape, ScalarType.Float64, generator: random);
        Tensor[] parameters = [.. Parameters(module, Scalar())];
        Tensor[][] groups = [.. arguments.Select(a => new[] { a })];
        if (parameters.Length > 0) groups = [.. groups, parameters];

        DirectionalCheck.First(Scalar, groups);
        DirectionalCheck.Second(Scalar, groups);

        // With a square, so that second derivatives by linear arguments do not vanish.
        Tensor Scalar()
        {
            using var inner = NewDisposeScope();
            Tensor y = sample.Apply(arguments);
            return ((y * cotangent).sum() + 0.1 * y.square().sum()).MoveToOuterDisposeScope();
        }
    }

    /// <summary>New parameters: those of the constructor come from torch's own generator, which tests that run at the same time share.</summary>
    private static void Draw(nn.Module module, Generator random)
    {
        using var noGrad = no_grad();
        foreach (var parameter in module.parameters()) parameter.copy_(randn(parameter.shape, parameter.dtype, generator: random));
    }

    /// <summary>The parameters that the scalar depends on: the module may have other operations.</summary>
    private static IEnumerable<Tensor> Parameters(nn.Module module, Tensor scalar)
    {
        scalar.backward();
        return module.parameters().Where(p => p.grad is not null);
    }
}

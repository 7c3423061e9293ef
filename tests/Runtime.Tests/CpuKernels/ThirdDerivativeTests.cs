using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Third derivatives, by differentiating a recorded second derivative, against finite differences.</summary>
public sealed class ThirdDerivativeTests
{
    [Theory]
    [InlineData("CopiesConvolutions.Of3")]
    [InlineData("CopiesProducts.Of3")]
    [InlineData("SpecialOperations.NoWeights")]
    public void AreThoseOfFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(11);
        using var operation = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Of("batch") : null;
        Tensor[] arguments = [.. operation.Random(random, 4, graph).Select(a => (a * 0.3).detach().requires_grad_(true))];
        Tensor[] directions = [.. arguments.Select(a => randn(a.shape, ScalarType.Float64, generator: random))];
        Tensor cotangent = randn(operation.Apply(arguments, graph).shape, ScalarType.Float64, generator: random);

        // DirectionalCheck.Second differentiates this first derivative twice more.
        DirectionalCheck.Second(
            () =>
            {
                Tensor z = operation.Apply(arguments, graph);
                Tensor[] gradients = GradientCheck.Gradients((z * cotangent).sum() + 0.1 * z.square().sum(), arguments, createGraph: true);
                return gradients.Zip(directions, (g, d) => (g * d).sum()).Aggregate((a, b) => a + b);
            },
            [.. arguments.Select(a => new[] { a })]);
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

public sealed class ActivationTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly PointwiseModules modules = new();

    public void Dispose()
    {
        modules.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-10, 1e-8)]
    [InlineData(ScalarType.Float32, 1e-5, 1e-5)]
    public void ValuesAndGradientsAreE3nns(ScalarType type, double values, double gradients)
    {
        Tensor Numbers(string field) => Reference.Layers.Get("activation.a", field).to(type);
        foreach (Backend backend in new[] { Backend.Cpu, Backend.Portable })
        {
            using var chosen = Backends.Use(backend);
            Tensor x = Numbers("x").requires_grad_(true), result = modules.Entries(x);
            (result * Numbers("cotangent")).sum().backward();
            Near.Equal(Numbers("out"), result, values);
            Near.Equal(Numbers("grad_x"), x.grad!, gradients, "gradient of x");
        }
    }

    [Fact]
    public void OthersThanScalarsAreCopied()
    {
        Tensor x = randn(5, 14, ScalarType.Float64);
        Near.Equal(cat([Activations.Apply(x[.., ..5], ActivationFunction.Silu), x[.., 5..11], Activations.Apply(x[.., 11..], ActivationFunction.Tanh)], 1), modules.Defaults(x), 1e-14);
        Near.Equal(cat([Activations.Apply(x[.., ..2], ActivationFunction.Square), Activations.Apply(x[.., 2..4], ActivationFunction.Softplus)], 1), modules.ByParity(x[.., ..4]), 1e-14);
    }

    /// <summary>The identity stands for no function, also where e3nn's estimate of its constant is not one.</summary>
    [Fact]
    public void CopiesHaveNoConstant()
    {
        Tensor x = Reference.Layers.Get("activation.a", "x");
        Assert.Equal(x[.., 9..15], modules.Entries(x)[.., 9..15]);
    }

    [Fact]
    public void OneKernelComputesIt() =>
        Assert.All(Backends.Explain(modules).Operations.Where(o => o.Kind == "Activation"), o => Assert.Contains("gate kernel", o.Reason));
}

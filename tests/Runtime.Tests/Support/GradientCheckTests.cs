using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

/// <summary>The check itself must be able to fail.</summary>
public class GradientCheckTests
{
    [Fact]
    public void RightDerivativesPass()
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = [randn(3, 2, dtype: ScalarType.Float64), randn(2, 2, dtype: ScalarType.Float64)];
        GradientCheck.First(x => x[0].matmul(x[1]).sin(), inputs);
        GradientCheck.Second(x => x[0].matmul(x[1]).sin(), inputs);
    }

    [Fact]
    public void WrongDerivativesFail()
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = [randn(3, dtype: ScalarType.Float64)];
        // Detaching hides a factor from autograd: x·x then has the derivative x, and the second derivative 1 instead of 2.
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GradientCheck.First(x => x[0] * x[0].detach(), inputs));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GradientCheck.Second(x => x[0] * x[0] * x[0].detach(), inputs));
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

public sealed class NormTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Norms norms = new();

    public void Dispose()
    {
        norms.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData("norm.plain", nameof(Norms.Plain))]
    [InlineData("norm.squared", nameof(Norms.Squared))]
    public void ValuesAndGradientsAreE3nns(string @case, string method)
    {
        (ScalarType, double, double)[] precisions = [(ScalarType.Float64, 1e-10, 1e-8), (ScalarType.Float32, 1e-5, 1e-5)];
        foreach ((ScalarType type, double values, double gradients) in precisions)
        {
            Tensor Numbers(string field) => Reference.Layers.Get(@case, field).to(type);
            Tensor x = Numbers("x").requires_grad_(true);
            Tensor result = new Operation(norms, method).Call(x);
            (result * Numbers("cotangent")).sum().backward();
            Near.Equal(Numbers("out"), result, values);
            Near.Equal(Numbers("grad_x"), x.grad!, gradients, "gradient of x");
        }
    }

    /// <summary>In every type: no length, and no number that is none in two derivatives.</summary>
    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void ZeroHasTheLengthZero(ScalarType type)
    {
        Tensor x = tensor(new[] { 0.0, 0, 0, 3, 0, -4 }).to(type).unsqueeze(0).requires_grad_(true);
        Tensor lengths = norms.Vectors(x);
        Assert.Equal([0.0, 5.0], lengths.to(ScalarType.Float64).data<double>().ToArray());
        Tensor gradient = autograd.grad([lengths.sum()], [x], retain_graph: true, create_graph: true)[0];
        Near.Equal(tensor(new[] { 0.0, 0, 0, 0.6, 0, -0.8 }).unsqueeze(0), gradient.to(ScalarType.Float64), type is ScalarType.Float64 or ScalarType.Float32 ? 1e-6 : 1e-2);
        Tensor second = autograd.grad([gradient.square().sum()], [x])[0];
        Assert.True(second.isfinite().all().item<bool>());
    }
}

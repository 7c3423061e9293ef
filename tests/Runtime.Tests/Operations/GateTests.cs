using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

public sealed class GateTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Gates gates = new();

    public void Dispose()
    {
        gates.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData("gate.doc", nameof(Gates.Doc))]
    [InlineData("gate.mixed", nameof(Gates.Mixed))]
    [InlineData("gate.odd_abs", nameof(Gates.OddAbs))]
    [InlineData("gate.no_gated", nameof(Gates.NoGated))]
    public void ValuesAndGradientsAreE3nns(string @case, string method)
    {
        (ScalarType, double, double)[] precisions = [(ScalarType.Float64, 1e-10, 1e-8), (ScalarType.Float32, 1e-5, 1e-5)];
        foreach ((ScalarType type, double values, double gradients) in precisions)
        {
            Tensor Numbers(string field) => Reference.Layers.Get(@case, field).to(type);
            Tensor x = Numbers("x").requires_grad_(true);
            Tensor result = new Operation(gates, method).Call(x);
            (result * Numbers("cotangent")).sum().backward();
            Near.Equal(Numbers("out"), result, values);
            Near.Equal(Numbers("grad_x"), x.grad!, gradients, "gradient of x");
        }
    }

    [Fact]
    public void AKindOfGateMayEndInsideOfAnIrrep()
    {
        // Columns as sorted: 2x0o + 3x0e + 2x1o + 3x2e. The even gates go to both 1o and the first 2e, the odd ones to the other two 2e.
        Tensor x = randn(7, 26, ScalarType.Float64);
        Tensor odd = x[.., ..2], even = x[.., 2..5], vectors = x[.., 5..11].reshape(7, 2, 3), tensors = x[.., 11..].reshape(7, 3, 5);
        Tensor expected = cat(
            [
                (vectors * even[.., ..2].unsqueeze(2)).reshape(7, 6),
                (tensors * cat([even[.., 2..], odd], 1).unsqueeze(2)).reshape(7, 15),
            ],
            1);
        Near.Equal(expected, gates.Split(x), 1e-12);
    }

    [Fact]
    public void EveryEntryMayHaveAFunctionOfItsOwn()
    {
        // Columns as sorted: 3x0o + 10x0e + 2x1o + 3x2e.
        Tensor x = randn(7, 34, ScalarType.Float64);
        Tensor F(int from, int to, ActivationFunction function) => Activations.Apply(x[.., from..to], function, MomentConstants.E3nn);
        Tensor vectors = x[.., 13..19].reshape(7, 2, 3), tensors = x[.., 19..].reshape(7, 3, 5);
        Tensor expected = cat(
            [
                F(3, 5, ActivationFunction.Silu), F(5, 8, ActivationFunction.Tanh), F(0, 1, ActivationFunction.Sin), F(1, 3, ActivationFunction.Abs),
                (vectors * F(8, 10, ActivationFunction.Sigmoid).unsqueeze(2)).reshape(7, 6), (tensors * F(10, 13, ActivationFunction.Gelu).unsqueeze(2)).reshape(7, 15),
            ],
            1);
        Near.Equal(expected, gates.OfEntries(x), 1e-12);
    }

    [Fact]
    public void ScalarsHaveUnitSecondMoment()
    {
        using var generator = new Generator(7);
        Tensor x = randn([4000, 160], ScalarType.Float64, generator: generator);
        Tensor moments = gates.Wide(x).square().mean([0]);
        // 80 000 samples each of silu² and tanh², whose standard deviations are below 2.4.
        Assert.Equal(1.0, moments[..20].mean().item<double>(), 0.04);
        Assert.Equal(1.0, moments[20..40].mean().item<double>(), 0.04);
        Assert.Equal(1.0, moments[40..].mean().item<double>(), 0.04);
    }
}

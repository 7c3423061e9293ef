using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

public sealed class NormActivationTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly PointwiseModules modules = new();

    public void Dispose()
    {
        modules.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData("norm_activation.sigmoid", nameof(PointwiseModules.Sigmoid))]
    [InlineData("norm_activation.bias", nameof(PointwiseModules.Bias))]
    [InlineData("norm_activation.epsilon", nameof(PointwiseModules.Epsilon))]
    public void ValuesAndGradientsAreE3nns(string @case, string method)
    {
        (ScalarType, double, double)[] precisions = [(ScalarType.Float64, 1e-10, 1e-8), (ScalarType.Float32, 1e-5, 1e-5)];
        foreach ((ScalarType type, double values, double gradients) in precisions)
        {
            modules.to(type);
            Tensor Numbers(string field) => Reference.Layers.Get(@case, field).to(type);
            bool biased = method == nameof(PointwiseModules.Bias);
            if (biased)
            {
                using var noGrad = no_grad();
                modules.get_parameter("Bias.biases")!.copy_(Numbers("biases"));
            }

            modules.zero_grad();
            Tensor x = Numbers("x").requires_grad_(true);
            Tensor result = new Operation(modules, method).Call(x);
            (result * Numbers("cotangent")).sum().backward();
            Near.Equal(Numbers("out"), result, values);
            Near.Equal(Numbers("grad_x"), x.grad!, gradients, "gradient of x");
            if (biased)
            {
                Near.Equal(Numbers("grad_biases"), modules.get_parameter("Bias.biases")!.grad!, gradients, "gradient of the biases");
            }
        }
    }

    [Fact]
    public void WithoutDivisionTheFunctionIsAFactor()
    {
        modules.to(ScalarType.Float64);
        var biases = modules.get_parameter("Factors.biases")!;
        using (no_grad()) biases.normal_();
        Tensor x = randn(4, 15, ScalarType.Float64);
        Irreps irreps = PointwiseModules.Norms;
        var expected = new List<Tensor>();
        int column = 0, copy = 0;
        foreach (var entry in irreps)
        {
            for (int u = 0; u < entry.Multiplicity; u++, column += entry.Irrep.Dim, copy++)
            {
                Tensor part = x[.., column..(column + entry.Irrep.Dim)];
                expected.Add(part * Activations.Unscaled(part.norm(1, keepdim: true) + biases[copy], ActivationFunction.Gelu));
            }
        }

        Near.Equal(cat([.. expected], 1), modules.Factors(x), 1e-12);
    }

    /// <summary>σ(|x|)x has the derivative ½ at 0; σ(|x|)x/|x| has σ(ε)/ε there, since norms below ε count as ε.</summary>
    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void VectorsOfLengthZeroHaveDerivatives(ScalarType type)
    {
        double rounding = HalfPrecision.Is(type) ? 1e-2 : 1e-6;
        Tensor x = zeros(1, 6, type).requires_grad_(true);
        Tensor gradient = autograd.grad([modules.Vectors(x).sum()], [x], create_graph: true, retain_graph: true)[0];
        Near.Equal(full(1, 6, 0.5, ScalarType.Float64), gradient.to(ScalarType.Float64), rounding);
        Assert.Equal(0, autograd.grad([gradient.sum()], [x])[0].abs().sum().to(ScalarType.Float64).item<double>());

        modules.to(type);
        Tensor y = zeros(1, 15, type).requires_grad_(true);
        Tensor slope = autograd.grad([modules.Epsilon(y).sum()], [y], create_graph: true, retain_graph: true)[0];
        Near.Equal(full(1, 15, Math.Tanh(0.5) / 0.5, ScalarType.Float64), slope.to(ScalarType.Float64), rounding);
        Assert.True(modules.Sigmoid(y).eq(0.0).all().item<bool>());
    }

    [Fact]
    public void BiasesHaveE3nnsName() => Assert.Equal(["Bias.biases", "Factors.biases"], modules.state_dict().Keys.Order());

    [Fact]
    public void TorchSharpOperationsComputeIt() => Assert.All(
        Backends.Explain(modules).Operations.Where(o => o.Kind == "NormActivation"), o => Assert.Equal((Backend.Portable, true), (o.Backend!.Value, o.Reason.Contains("one by one"))));
}

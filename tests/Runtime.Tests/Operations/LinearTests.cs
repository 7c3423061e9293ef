using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

public sealed class LinearTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly LinearMaps maps = new();

    public void Dispose()
    {
        maps.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData("linear.plain", nameof(LinearMaps.Plain))]
    [InlineData("linear.biases", nameof(LinearMaps.Biases))]
    [InlineData("linear.external_shared", nameof(LinearMaps.Biases))]
    public void ValuesAndGradientsAreE3nns(string @case, string method)
    {
        (ScalarType, double, double)[] precisions = [(ScalarType.Float64, 1e-10, 1e-8), (ScalarType.Float32, 1e-5, 1e-5)];
        foreach ((ScalarType type, double values, double gradients) in precisions)
        {
            var operation = new Operation(maps.to(type), method);
            Tensor Numbers(string field) => Reference.Layers.Get(@case, field).to(type);
            Tensor x = Numbers("x").requires_grad_(true);
            Operation.Set(operation.Weight!, Numbers("weight"));
            if (operation.Bias is not null) Operation.Set(operation.Bias, Numbers("bias"));
            maps.zero_grad();

            Tensor result = operation.Call(x);
            (result * Reached(Numbers("cotangent"))).sum().backward();

            Near.Equal(Reached(Numbers("out")), result, values);
            Near.Equal(Numbers("grad_x"), x.grad!, gradients, "gradient of x");
            Near.Equal(Numbers("grad_weight"), operation.Weight!.grad!, gradients, "gradient of the weights");
            if (operation.Bias is not null) Near.Equal(Numbers("grad_bias"), operation.Bias.grad!, gradients, "gradient of the biases");
        }
    }

    [Fact]
    public void BiasesFillEvenScalarsThatNoPathReaches()
    {
        maps.to(ScalarType.Float64);
        var operation = new Operation(maps, nameof(LinearMaps.BiasAlone));
        Assert.Equal([3L], operation.Bias!.shape);
        Assert.Equal(0.0, operation.Bias.abs().sum().item<double>());
        Operation.Set(operation.Bias, tensor(new[] { 5.0, 6, 7 }));
        Tensor result = maps.BiasAlone(randn(2, 3, 8, ScalarType.Float64));
        Assert.Equal([2L, 3, 13], result.shape);
        Near.Equal(tensor(new[] { 5.0, 6 }).expand(2, 3, 2), result[.., .., ..2], 0);
        Near.Equal(full([2, 3, 1], 7.0, ScalarType.Float64), result[.., .., 12..], 0);
    }

    [Fact]
    public void SegmentsWithoutCopiesTakeNoColumnsAndNoWeights()
    {
        Assert.Equal([6L], new Operation(maps, nameof(LinearMaps.WithEmptySegments)).Weight!.shape);
        Assert.Equal([4L, 9], maps.WithEmptySegments(randn(4, 6)).shape);
    }

    /// <summary>The columns of e3nn's output without 1x3o.</summary>
    private static Tensor Reached(Tensor columns) => cat([columns[.., ..18], columns[.., 25..]], 1);
}

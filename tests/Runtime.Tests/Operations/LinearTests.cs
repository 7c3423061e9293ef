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
    [InlineData("linear.plain", nameof(LinearMaps.WithUnreached))]
    [InlineData("linear.biases", nameof(LinearMaps.Biases))]
    [InlineData("linear.biases_list", nameof(LinearMaps.BiasesList))]
    [InlineData("linear.external_shared", nameof(LinearMaps.ExternalShared))]
    [InlineData("linear.per_sample", nameof(LinearMaps.PerSample))]
    [InlineData("linear.f_in_f_out", nameof(LinearMaps.FInFOut))]
    [InlineData("linear.instructions", nameof(LinearMaps.Instructions))]
    [InlineData("linear.path", nameof(LinearMaps.Path))]
    public void ValuesAndGradientsAreE3nns(string @case, string method)
    {
        (ScalarType, double, double)[] precisions = [(ScalarType.Float64, 1e-10, 1e-8), (ScalarType.Float32, 1e-5, 1e-5)];
        foreach ((ScalarType type, double values, double gradients) in precisions)
        {
            foreach (Backend backend in new[] { Backend.Cpu, Backend.Portable })
            {
                using var use = Backends.Use(backend);
                var operation = new Operation(maps.to(type), method);
                Tensor Numbers(string field) => Reference.Layers.Get(@case, field).to(type);
                Tensor x = Numbers("x").requires_grad_(true);
                Tensor? weight = operation.Weight, bias = operation.Bias;
                if (weight is not null) Operation.Set(operation.Weight!, Numbers("weight"));
                if (bias is not null) Operation.Set(operation.Bias!, Numbers("bias"));
                maps.zero_grad();
                Tensor[] passed = [];
                if (operation.TakesWeights)
                {
                    weight = Numbers("weight").requires_grad_(true);
                    bias = Reference.Layers.Names.Contains($"{@case}/bias") ? Numbers("bias").requires_grad_(true) : null;
                    passed = [weight, .. bias is null ? Array.Empty<Tensor>() : [bias]];
                }

                Tensor result = operation.Call([x, .. passed]);
                Tensor Columns(string field) => result.size(-1) == 31 ? Numbers(field) : Reached(Numbers(field));
                (result * Columns("cotangent")).sum().backward();

                Near.Equal(Columns("out"), result, values);
                Near.Equal(Numbers("grad_x"), x.grad!, gradients, "gradient of x");
                Near.Equal(Numbers("grad_weight"), weight!.grad!, gradients, "gradient of the weights");
                if (bias is not null) Near.Equal(Numbers("grad_bias"), bias.grad!, gradients, "gradient of the biases");
            }
        }
    }

    [Fact]
    public void EveryCaseIsTested()
    {
        var tested = typeof(LinearTests).GetMethod(nameof(ValuesAndGradientsAreE3nns))!.CustomAttributes
            .Where(a => a.AttributeType == typeof(InlineDataAttribute)).Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!);
        Assert.Equal(Reference.Layers.CaseNames().Where(c => c.StartsWith("linear.")).Order(), tested.Distinct().Order());
    }

    [Fact]
    public void MasksAreE3nns()
    {
        double[] mask = [.. Reference.Layers.Get("linear.f_in_f_out", "output_mask").to(ScalarType.Float64).data<double>()];
        Assert.Equal(mask.Select(m => m == 1), LinearMaps.FInFOutOutputMask());
        Assert.Equal([true, true, false, false, false, false, false, false], LinearMaps.NothingButBiasOutputMask());
        Assert.Equal(0, maps.NothingButBias(randn(4, 2)).abs().sum().item<float>());
    }

    /// <summary>Passed weights and biases, and channels, are the module's own map with those numbers; rows and channels go their own ways.</summary>
    [Fact]
    public void PassedWeightsAndChannelsAreTheSameMap()
    {
        maps.to(ScalarType.Float64);
        var own = new Operation(maps, nameof(LinearMaps.Biases));
        Tensor Apply(Tensor x, Tensor weights, Tensor bias)
        {
            Operation.Set(own.Weight!, weights);
            Operation.Set(own.Bias!, bias);
            return maps.Biases(x).detach();
        }

        Tensor x = randn(4, 22, ScalarType.Float64), weights = randn(4, 33, ScalarType.Float64), bias = randn(4, 5, ScalarType.Float64);
        Near.Equal(stack([.. Enumerable.Range(0, 4).Select(i => Apply(x[i], weights[i], bias[i]))]), maps.PerSampleBiases(x, weights, bias), 1e-12);
        Near.Equal(maps.PerSampleBiases(x.expand(2, 4, 22), weights, bias), maps.PerSampleBiases(x, weights, bias.expand(2, 4, 5)), 0);

        Tensor channels = randn(4, 3, 22, ScalarType.Float64), pairs = randn(3, 2, 33, ScalarType.Float64), biases = randn(2, 5, ScalarType.Float64), none = zeros(5, ScalarType.Float64);
        Tensor expected = stack(
            [.. Enumerable.Range(0, 2).Select(g => Enumerable.Range(0, 3).Select(f => Apply(channels[.., f], pairs[f, g], none)).Aggregate((a, b) => a + b) / Math.Sqrt(3) + Apply(zeros_like(x), pairs[0, g], biases[g]))], 1);
        Near.Equal(expected, maps.ChannelsShared(channels, pairs, biases), 1e-12);
        Near.Equal(expected, maps.ChannelsPerSample(channels, pairs.expand(4, 3, 2, 33), biases.expand(4, 2, 5)), 1e-12);
    }

    [Fact]
    public void ShapesThatDoNotFitAreNamed()
    {
        Assert.Contains("must have 3 channels, the axis before the last, but the shape is [4, 2, 22]", Assert.Throws<ArgumentException>(() => maps.FInFOut(randn(4, 2, 22))).Message);
        Assert.Contains("must have 3 channels", Assert.Throws<ArgumentException>(() => maps.FInFOut(randn(22))).Message);
        Assert.Contains("must be [..., 3, 2, 33]", Assert.Throws<ArgumentException>(() => maps.ChannelsShared(randn(4, 3, 22), randn(2, 3, 33), randn(2, 5))).Message);
        Assert.Contains("same weights for every row", Assert.Throws<ArgumentException>(() => maps.ExternalShared(randn(4, 22), randn(4, 33), randn(5))).Message);
        Assert.Contains("argument 'bias'", Assert.Throws<ArgumentException>(() => maps.ExternalShared(randn(4, 22), randn(33), randn(4))).Message);
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

    /// <summary>A result is not the parameter that it consists of, and a bias alone, too, has a type.</summary>
    [Fact]
    public void ABiasAloneIsCopiedAndChecked()
    {
        Tensor result = maps.BiasOnly(zeros(1, 12));
        using (no_grad()) result.add_(1);
        Assert.Equal(0, new Operation(maps, nameof(LinearMaps.BiasOnly)).Bias!.abs().sum().item<float>());
        Assert.Throws<ArgumentException>(() => maps.BiasOnly(zeros(1, 12, ScalarType.Float64)));
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

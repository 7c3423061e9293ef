using System.Text.Json;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Radial;

public sealed class FullyConnectedNetworkTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("fc.silu")]
    [InlineData("fc.one_layer")]
    [InlineData("fc.tanh_out_act")]
    [InlineData("fc.linear")]
    public void ValuesAndGradientsAreThoseOfE3nn(string name)
    {
        JsonElement about = Reference.Layers.Case(name), options = about.GetProperty("kwargs");
        double Option(string key) => options.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : 1;
        long[] sizes = [.. about.GetProperty("hs").EnumerateArray().Select(n => n.GetInt64())];
        string? act = about.GetProperty("act").GetString();
        ActivationFunction? activation = act is null ? null : Enum.Parse<ActivationFunction>(act, ignoreCase: true);
        bool outActivation = options.TryGetProperty("out_act", out _);
        using var network = new FullyConnectedNetwork(
            sizes, activation, Option("variance_in"), Option("variance_out"), outActivation, MomentConstants.E3nn, ScalarType.Float64);
        using (no_grad())
        {
            foreach ((string key, Tensor weight) in network.state_dict()) weight.copy_(Reference.Layers.Get(name, key));
        }

        Tensor x = Reference.Layers.Get(name, "x").requires_grad_();
        Tensor y = network.call(x);
        Near.Equal(Reference.Layers.Get(name, "out"), y, 1e-13);
        string[] keys = [.. Enumerable.Range(0, sizes.Length - 1).Select(i => $"layer{i}.weight")];
        Assert.Equal(keys, network.state_dict().Keys);
        Tensor[] inputs = [x, .. keys.Select(k => network.get_parameter(k)!)];
        Tensor[] gradients = GradientCheck.Gradients(y.mul(Reference.Layers.Get(name, "cotangent")).sum(), inputs);
        foreach ((string key, Tensor gradient) in keys.Prepend("x").Zip(gradients))
            Near.Equal(Reference.Layers.Get(name, "grad_" + key), gradient, 1e-12, key);
    }

    public static TheoryData<ActivationFunction> Functions => [.. Enum.GetValues<ActivationFunction>()];

    /// <summary>Layers by their formula, on both backends.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void EveryFunction(ActivationFunction function)
    {
        using var network = new FullyConnectedNetwork([3, 5, 2], function, outActivation: true, dtype: ScalarType.Float64);
        Tensor x = randn(7, 3, ScalarType.Float64), hidden = Activations.Apply(x.matmul(network.get_parameter("layer0.weight")!) / Math.Sqrt(3), function);
        Tensor expected = Activations.Apply(hidden.matmul(network.get_parameter("layer1.weight")!) / Math.Sqrt(5), function);
        foreach (Backend backend in new[] { Backend.Cpu, Backend.Portable })
        {
            using var chosen = Backends.Use(backend);
            Near.Equal(expected, network.call(x), 1e-12, $"{function}, {backend}");
        }
    }

    [Fact]
    public void VarianceIsKeptWhateverTheWidths()
    {
        manual_seed(1);
        using var network = new FullyConnectedNetwork([50, 400, 300, 100], ActivationFunction.Silu, varianceIn: 4, varianceOut: 9);
        Assert.Equal(9, network.call(randn(2000, 50) * 2).square().mean().item<float>(), 1.5);
    }

    [Fact]
    public void ParametersAreRegisteredAndFollowTheModule()
    {
        using var network = new FullyConnectedNetwork([10, 128, 40], ActivationFunction.Silu);
        Assert.Equal(["layer0.weight", "layer1.weight"], network.named_parameters().Select(p => p.name));
        Assert.Equal([10, 128], network.get_parameter("layer0.weight")!.shape);
        Assert.All(network.parameters(), p => Assert.Equal(ScalarType.Float32, p.dtype));
        network.to(ScalarType.Float64);
        Assert.Equal(["layer0.weight", "layer1.weight"], network.state_dict().Keys);
        Assert.Equal([3, 4, 40], network.call(randn(3, 4, 10, dtype: ScalarType.Float64)).shape);
    }

    [Fact]
    public void WeightsSurviveTheScopeTheyAreMadeIn()
    {
        FullyConnectedNetwork network;
        using (NewDisposeScope()) network = new FullyConnectedNetwork([3, 2], ActivationFunction.Silu);
        Assert.Equal([1, 2], network.call(ones(1, 3)).shape);
        network.Dispose();
    }

    [Fact]
    public void OnlyTheResultIsLeftInTheCallersScope()
    {
        using var network = new FullyConnectedNetwork([3, 5, 2], ActivationFunction.Tanh, outActivation: true, varianceOut: 2);
        Tensor x = ones(1, 3);
        using var inner = NewDisposeScope();
        network.call(x);
        RadialBasis.SoftOneHotLinspace(x, 0, 2, 4, RadialBasisKind.SmoothFinite, true);
        Cutoff.Polynomial(x);
        Assert.Equal(3, inner.DisposablesCount);
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => new FullyConnectedNetwork([3], ActivationFunction.Silu)).Message);
        Assert.Throws<ArgumentException>(() => new FullyConnectedNetwork([3, 0, 2], ActivationFunction.Silu));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FullyConnectedNetwork([3, 2], ActivationFunction.Silu, varianceIn: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FullyConnectedNetwork([3, 2], ActivationFunction.Silu, varianceOut: double.NaN));
        using var network = new FullyConnectedNetwork([3, 2], null);
        Assert.Contains("takes [..., 3]", Assert.Throws<ArgumentException>(() => network.call(ones(2, 4))).Message);
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

public sealed class SphericalHarmonicsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly HarmonicsModule module = new();

    private static SafetensorsFile Data => Reference.File("spherical_harmonics");

    private static Tensor X => Data.Get("x");

    public void Dispose()
    {
        module.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData("Component")]
    [InlineData("Norm")]
    [InlineData("Integral")]
    public void DirectionsAreE3nnsToDegree11(string normalization)
    {
        Tensor expected = cat([.. Enumerable.Range(0, 12).Select(l => Data.Get($"normalize_true/{normalization.ToLowerInvariant()}/l{l}"))], 1);
        Near.Equal(expected, new Operation(module, normalization).Call(X), 1e-10);
        Near.Equal(expected, new Operation(module, normalization).Call(X.to(ScalarType.Float32)), 1e-5, "single precision");
    }

    [Theory]
    [InlineData("Component")]
    [InlineData("Norm")]
    [InlineData("Integral")]
    public void GradientsAndSolidHarmonicsAreE3nns(string normalization)
    {
        foreach ((string prefix, string normalize) in new[] { ("", "true"), ("Solid", "false") })
        {
            string folder = $"normalize_{normalize}/{normalization.ToLowerInvariant()}";
            Tensor expected = cat([.. Enumerable.Range(0, 5).Select(l => Data.Get($"{folder}/l{l}"))], 1);
            Tensor x = X.requires_grad_(true);
            Tensor result = new Operation(module, $"{prefix}{normalization}4").Call(x);
            (result * Data.Get("cot")).sum().backward();
            Near.Equal(expected, result, 1e-10, folder);
            Near.Equal(Data.Get($"{folder}/grad"), x.grad!, 1e-8, $"gradient of {folder}");
        }
    }

    [Fact]
    public void ZeroTinyAndAxisVectorsAreE3nns()
    {
        Tensor x = Data.Get("edge/x");
        Assert.True((x.abs().sum(1) == 0).any().item<bool>(), "The zero vector is among them.");
        Near.Equal(Data.Get("edge/normalize_true/component"), module.Component6(x), 1e-10, "directions");
        Near.Equal(Data.Get("edge/normalize_false/component"), module.SolidComponent6(x), 1e-10, "solid harmonics");
    }

    [Theory]
    [InlineData("irreps0", nameof(HarmonicsModule.Irreps0))]
    [InlineData("irreps1", nameof(HarmonicsModule.Irreps1))]
    [InlineData("irreps2", nameof(HarmonicsModule.Irreps2))]
    public void AnyIrrepsInAnyOrder(string @case, string method) =>
        Near.Equal(Data.Get(@case, "out"), new Operation(module, method).Call(X), 1e-10);

    [Fact]
    public void DegreesZeroAndOneAlone()
    {
        Near.Equal(Data.Get("normalize_true/component/l1"), module.VectorAlone(X), 1e-12);
        Near.Equal(ones(64, 2, ScalarType.Float64), module.ScalarsAlone(X), 0);
    }

    [Fact]
    public void GradientsOfTheZeroVectorAreFinite()
    {
        Tensor x = zeros(2, 3, ScalarType.Float64).requires_grad_(true);
        Tensor y = module.Component6(x);
        Tensor first = autograd.grad([y.square().sum() + y.sum()], [x], create_graph: true, retain_graph: true)[0];
        Assert.True(first.isfinite().all().item<bool>(), "first order");
        Tensor second = autograd.grad([first.sum()], [x], allow_unused: true)[0];
        Assert.True(second is null || second.isfinite().all().item<bool>(), "second order");
    }

    [Fact]
    public void LengthIsThatOfTheNormalization()
    {
        long[] sizes = [.. Enumerable.Range(0, 12).Select(l => 2L * l + 1)];
        Tensor Squares(Tensor y) => stack([.. y.split(sizes, 1).Select(part => part.square().sum(1))], 1);
        Tensor dimensions = arange(12, ScalarType.Float64) * 2 + 1;
        Near.Equal(dimensions.expand(64, 12), Squares(module.Component(X)), 1e-12);
        Near.Equal(ones(64, 12, ScalarType.Float64), Squares(module.Norm(X)), 1e-12);
        Near.Equal((dimensions / (4 * Math.PI)).expand(64, 12), Squares(module.Integral(X)), 1e-12);
    }
}

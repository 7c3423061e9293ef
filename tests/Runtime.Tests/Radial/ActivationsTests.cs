using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Radial;

public sealed class ActivationsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<ActivationFunction> Functions => [.. Enum.GetValues<ActivationFunction>()];

    [Theory]
    [MemberData(nameof(Functions))]
    public void ValuesAndGradientsAreThoseOfE3nn(ActivationFunction function)
    {
        string name = $"normalize2mom.{function.ToString().ToLowerInvariant()}";
        Assert.Equal(Reference.Layers.Case(name).GetProperty("cst").GetDouble(), Activations.Constant(function, MomentConstants.E3nn));
        Tensor x = Reference.Layers.Get(name, "x").requires_grad_();
        Tensor y = Activations.Apply(x, function, MomentConstants.E3nn);
        Near.Equal(Reference.Layers.Get(name, "out"), y, 1e-14);
        Tensor gradient = GradientCheck.Gradients(y.mul(Reference.Layers.Get(name, "cotangent")).sum(), [x])[0];
        Near.Equal(Reference.Layers.Get(name, "grad_x"), gradient, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void ExactConstantsGiveUnitSecondMoment(ActivationFunction function)
    {
        var names = Reference.Layers.Case("normalize2mom").GetProperty("names").EnumerateArray().Select(n => n.GetString()).ToList();
        int index = names.IndexOf(function.ToString().ToLowerInvariant());
        Assert.Equal(Reference.Layers.Get("normalize2mom", "cst_exact")[index].item<double>(), Activations.Constant(function, MomentConstants.Exact), 1e-14);
        // The mean square over equally likely samples of a normal, another quadrature than the library's.
        Tensor p = (arange(200_000, dtype: ScalarType.Float64) + 0.5) / 200_000;
        Tensor z = special.erfinv(2 * p - 1) * Math.Sqrt(2);
        Assert.Equal(1, Activations.Apply(z, function).square().mean().item<double>(), 1e-3);
    }

    [Fact]
    public void AConstantNearOneIsLeftOut()
    {
        Tensor x = randn(5);
        Assert.Equal(x.data<float>().ToArray(), Activations.Apply(x, ActivationFunction.Identity).data<float>().ToArray());
        Assert.NotEqual(x.data<float>().ToArray(), Activations.Apply(x, ActivationFunction.Identity, MomentConstants.E3nn).data<float>().ToArray());
    }

    [Theory]
    [InlineData(ActivationFunction.Silu)]
    [InlineData(ActivationFunction.Tanh)]
    [InlineData(ActivationFunction.Sigmoid)]
    public void SecondDerivativesAreRight(ActivationFunction function) =>
        GradientCheck.Second(x => Activations.Apply(x[0], function), [linspace(-3, 3, 7, dtype: ScalarType.Float64)]);

    [Fact]
    public void UnknownValuesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Activations.Apply(ones(1), (ActivationFunction)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activations.Constant(ActivationFunction.Silu, (MomentConstants)9));
    }
}

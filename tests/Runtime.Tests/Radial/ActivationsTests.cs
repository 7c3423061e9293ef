using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Radial;

public sealed class ActivationsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<ActivationFunction> Functions => [.. Enum.GetValues<ActivationFunction>()];

    /// <summary>Names as e3nn's cases have them: "leaky_relu".</summary>
    private static readonly Dictionary<string, ActivationFunction> Named = Enum.GetValues<ActivationFunction>().ToDictionary(f => f == ActivationFunction.LeakyRelu ? "leaky_relu" : f.ToString().ToLowerInvariant());

    private static readonly string[] Names = [.. Reference.Layers.Case("normalize2mom").GetProperty("names").EnumerateArray().Select(n => n.GetString()!)];

    public static TheoryData<string> Cases => new(Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesAndGradientsAreThoseOfE3nn(string function)
    {
        string name = $"normalize2mom.{function}";
        Assert.Equal(Reference.Layers.Case(name).GetProperty("cst").GetDouble(), Activations.Constant(Named[function], MomentConstants.E3nn));
        Tensor x = Reference.Layers.Get(name, "x").requires_grad_();
        Tensor y = Activations.Apply(x, Named[function], MomentConstants.E3nn);
        Near.Equal(Reference.Layers.Get(name, "out"), y, 1e-14);
        Tensor gradient = GradientCheck.Gradients(y.mul(Reference.Layers.Get(name, "cotangent")).sum(), [x])[0];
        Near.Equal(Reference.Layers.Get(name, "grad_x"), gradient, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ExactConstantsAreTheReferences(string function)
    {
        int index = Array.IndexOf(Names, function);
        Assert.Equal(Reference.Layers.Get("normalize2mom", "cst_exact")[index].item<double>(), Activations.Constant(Named[function], MomentConstants.Exact), 1e-14);
    }

    /// <summary>The trapezoidal rule between the places where a function of ours has a kink: another quadrature than the one that made the literals.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void ExactConstantsGiveUnitSecondMoment(ActivationFunction function)
    {
        double[] kinks = [-14, -3, -1, 0, 1, 3, 6, 14];
        double moment = kinks.Zip(kinks.Skip(1), (from, to) =>
        {
            Tensor t = linspace(-4, 4, 801, ScalarType.Float64), z = (from + to) / 2 + (((to - from) / 2) * tanh(Math.PI / 2 * sinh(t)));
            Tensor density = exp(-z.square() / 2) / Math.Sqrt(2 * Math.PI), speed = ((to - from) / 2) * (Math.PI / 2) * cosh(t) / cosh(Math.PI / 2 * sinh(t)).square();
            return (Activations.Unscaled(z, function).square() * density * speed).sum().item<double>() * 0.01;
        }).Sum();
        Assert.Equal(1 / Math.Sqrt(moment), Activations.Constant(function, MomentConstants.Exact), 1e-13);
    }

    /// <summary>The numbers that e3nn draws: torch's generator gives them to everybody.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void E3nnsConstantsAreEstimates(ActivationFunction function)
    {
        using var generator = new Generator(0);
        Tensor z = randn([1_000_000], ScalarType.Float64, generator: generator);
        double estimate = 1 / Math.Sqrt(Activations.Unscaled(z, function).square().mean().item<double>());
        Assert.Equal(estimate, Activations.Constant(function, MomentConstants.E3nn), 1e-12);
    }

    [Fact]
    public void AConstantNearOneIsLeftOut()
    {
        Tensor x = randn(5);
        Assert.Equal(x.data<float>().ToArray(), Activations.Apply(x, ActivationFunction.Identity).data<float>().ToArray());
        Assert.NotEqual(x.data<float>().ToArray(), Activations.Apply(x, ActivationFunction.Identity, MomentConstants.E3nn).data<float>().ToArray());
    }

    /// <summary>At arguments without a kink.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void DerivativesAreRight(ActivationFunction function)
    {
        Tensor x = linspace(-4.1, 6.3, 9, dtype: ScalarType.Float64);
        GradientCheck.First(x => Activations.Apply(x[0], function), [x]);
        GradientCheck.Second(x => Activations.Apply(x[0], function), [x]);
    }

    /// <summary>The parities that E3Gen's rules give to odd scalars.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void ParitiesAreAsDocumented(ActivationFunction function)
    {
        ActivationFunction[] odd = [ActivationFunction.Tanh, ActivationFunction.Identity, ActivationFunction.Softsign, ActivationFunction.Hardtanh, ActivationFunction.Sin, ActivationFunction.Erf];
        ActivationFunction[] even = [ActivationFunction.Abs, ActivationFunction.Cos, ActivationFunction.Square];
        Tensor x = linspace(0.1, 7, 50, dtype: ScalarType.Float64), plus = Activations.Apply(x, function), minus = Activations.Apply(-x, function);
        Assert.Equal(odd.Contains(function), plus.Equals(-minus));
        Assert.Equal(even.Contains(function), plus.Equals(minus));
    }

    [Fact]
    public void UnknownValuesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Activations.Apply(ones(1), (ActivationFunction)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activations.Constant(ActivationFunction.Silu, (MomentConstants)9));
    }
}

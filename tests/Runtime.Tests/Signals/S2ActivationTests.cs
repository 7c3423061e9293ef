using System.Text.Json;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Signals;

public sealed class S2ActivationTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string> Cases => [.. Reference.Layers.CaseNames().Where(name => name.StartsWith("s2act.", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesGradientsAndParitiesAreThoseOfE3nn(string name)
    {
        JsonElement about = Reference.Layers.Case(name);
        JsonElement lmaxOut = about.GetProperty("lmax_out");
        using var activation = new S2Activation(
            about.GetProperty("irreps_in").GetString()!,
            Enum.Parse<ActivationFunction>(about.GetProperty("act").GetString()!, ignoreCase: true),
            about.GetProperty("res").GetInt32(),
            normalization: Enum.Parse<Normalization>(about.GetProperty("normalization").GetString()!, ignoreCase: true),
            lmaxOut: lmaxOut.ValueKind == JsonValueKind.Null ? null : lmaxOut.GetInt32(),
            constants: MomentConstants.E3nn);
        Assert.Equal(about.GetProperty("irreps_out").GetString(), activation.IrrepsOut.ToString());
        Tensor x = Reference.Layers.Get(name, "x").requires_grad_();
        Tensor y = activation.call(x);
        Near.Equal(Reference.Layers.Get(name, "out"), y, 1e-10);
        Near.Equal(Reference.Layers.Get(name, "grad_x"), GradientCheck.Gradients(y.mul(Reference.Layers.Get(name, "cotangent")).sum(), [x])[0], 1e-8);
    }

    [Fact]
    public void AllCasesAreHere() => Assert.Equal(4, Cases.Count);

    public static TheoryData<string, ActivationFunction> Signals => new()
    {
        { "0e + 1o + 2e", ActivationFunction.Silu },
        { "0e + 1e + 2e", ActivationFunction.Sigmoid },
        { "0o + 1e + 2o", ActivationFunction.Tanh },
        { "0o + 1o + 2o", ActivationFunction.Tanh },
    };

    /// <summary>Smooth functions: the error falls exponentially with the resolution, to rounding. Also under inversion.</summary>
    [Theory]
    [MemberData(nameof(Signals))]
    public void EquivariantToTheAccuracyOfTheGrid(string irreps, ActivationFunction function)
    {
        Assert.True(Broken(6) > 1e-6);
        Assert.True(Broken(60) < 1e-11);

        double Broken(int resolution)
        {
            using var activation = new S2Activation(irreps, function, resolution);
            Tensor x = Random(5, 9), matrix = -O3.RandomRotation(dtype: float64, generator: new Generator(2));
            Tensor turned = activation.call(x.matmul(O3.WignerD(activation.IrrepsIn, matrix).t()));
            return Near.MaxError(activation.call(x).matmul(O3.WignerD(activation.IrrepsOut, matrix).t()), turned);
        }
    }

    /// <summary>The only test in which the parity of the result differs from that of the argument.</summary>
    [Fact]
    public void AnEvenFunctionMakesOddValuesEven()
    {
        using var activation = new S2Activation("0o + 1e + 2o", ActivationFunction.Abs, 10, alpha: 10);
        Assert.Equal("1x0e+1x1o+1x2e", activation.IrrepsOut.ToString());
        Tensor x = Random(5, 9), inversion = -eye(3, dtype: float64);
        // With an even number of meridians, inversion moves the grid onto itself.
        Near.Equal(activation.call(x).matmul(O3.WignerD(activation.IrrepsOut, inversion)), activation.call(x.matmul(O3.WignerD(activation.IrrepsIn, inversion))), 1e-13);
    }

    [Fact]
    public void TheIdentityGivesTheArgumentBack()
    {
        Tensor x = Random(3, 16);
        using var same = new S2Activation("0e + 1o + 2e + 3o", ActivationFunction.Identity, 8);
        Near.Equal(x, same.call(x), 1e-12);
        using var shorter = new S2Activation("0e + 1o + 2e + 3o", ActivationFunction.Identity, 8, lmaxOut: 1);
        Near.Equal(x[.., ..4], shorter.call(x), 1e-12);
        using var longer = new S2Activation("0e + 1o", ActivationFunction.Identity, 8, lmaxOut: 3);
        Near.Equal(cat([x[.., ..4], zeros(3, 12, float64)], -1), longer.call(x[.., ..4]), 1e-12);
    }

    [Fact]
    public void ATurnedGridChangesTheErrorOnly()
    {
        Tensor x = Random(3, 9);
        using var fixedGrid = new S2Activation("0e + 1o + 2e", ActivationFunction.Tanh, 60);
        using var turning = new S2Activation("0e + 1o + 2e", ActivationFunction.Tanh, 60, randomRotation: true);
        using var coarse = new S2Activation("0e + 1o + 2e", ActivationFunction.Tanh, 6, randomRotation: true);
        Near.Equal(fixedGrid.call(x), turning.call(x), 1e-9);
        Assert.True(Near.MaxError(coarse.call(x), coarse.call(x)) > 1e-9);
    }

    [Fact]
    public void ShapesTypesAndDerivatives()
    {
        using var activation = new S2Activation("0e + 1o + 2e", ActivationFunction.Tanh, 10, lmaxOut: 3);
        Tensor x = Random(2, 9);
        Assert.Equal([16], activation.call(x[0]).shape);
        Assert.Equal([0, 16], activation.call(x[..0]).shape);
        Near.Relative(activation.call(x), activation.call(x.to(float32)), 1e-5);
        Assert.Equal(ScalarType.Float16, activation.call(x.to(float16)).dtype);
        GradientCheck.First(a => activation.call(a[0]), [x]);
        GradientCheck.Second(a => activation.call(a[0]), [x]);
        Assert.Empty(activation.state_dict());
    }

    [Theory]
    [InlineData("1o + 2e")]
    [InlineData("0e + 2e")]
    [InlineData("2x0e + 1o")]
    [InlineData("1o + 0e")]
    [InlineData("0e + 1o + 2o")]
    [InlineData("0x0e")]
    public void IrrepsOfNoSignalAreNamed(string irreps)
        => Assert.Contains("are not the irreps of a signal", Assert.Throws<ArgumentException>(() => new S2Activation(irreps, ActivationFunction.Tanh, 10)).Message, StringComparison.Ordinal);

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        Assert.Contains("Silu is neither odd nor even", Assert.Throws<ArgumentException>(() => new S2Activation("0o + 1e", ActivationFunction.Silu, 10)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new S2Activation("0e + 1o", (ActivationFunction)999, 10).call(zeros(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new S2Activation("0e + 1o", ActivationFunction.Tanh, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new S2Activation("0e + 1o", ActivationFunction.Tanh, 8, lmaxOut: 4));
        using var activation = new S2Activation("0e + 1o", ActivationFunction.Tanh, 10);
        Assert.Contains("1x0e+1x1o", Assert.Throws<ArgumentException>(() => activation.call(zeros(3))).Message, StringComparison.Ordinal);
    }

    private static Tensor Random(params long[] shape) => randn(shape, float64, generator: new Generator(7));
}

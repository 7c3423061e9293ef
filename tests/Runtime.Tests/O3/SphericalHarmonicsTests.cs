using TorchSharp;
using static E3Gen.Runtime.Tests.Rotations.O3Reference;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Rotations;

public class SphericalHarmonicsTests
{
    public static TheoryData<bool, Normalization> Settings
    {
        get
        {
            var settings = new TheoryData<bool, Normalization>();
            foreach (Normalization normalization in Enum.GetValues<Normalization>())
            {
                settings.Add(true, normalization);
                settings.Add(false, normalization);
            }
            return settings;
        }
    }

    private static string Case(bool normalize, Normalization normalization)
        => $"normalize_{(normalize ? "true" : "false")}/{normalization.ToString().ToLowerInvariant()}";

    [Theory]
    [MemberData(nameof(Settings))]
    public void ValuesAreThoseOfE3nn(bool normalize, Normalization normalization)
    {
        using var scope = NewDisposeScope();
        int lmax = normalize ? 11 : 4;
        Tensor expected = cat([.. Enumerable.Range(0, lmax + 1).Select(l => Harmonics.Tensor($"{Case(normalize, normalization)}/l{l}"))], -1);
        AssertClose(expected, O3.SphericalHarmonics(lmax, Harmonics.Tensor("x"), normalize, normalization), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void GradientsAreThoseOfE3nn(bool normalize, Normalization normalization)
    {
        using var scope = NewDisposeScope();
        Tensor x = Harmonics.Tensor("x").requires_grad_();
        (O3.SphericalHarmonics(4, x, normalize, normalization) * Harmonics.Tensor("cot")).sum().backward();
        AssertClose(Harmonics.Tensor($"{Case(normalize, normalization)}/grad"), x.grad!, 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ZeroAxesAndTinyVectorsAreThoseOfE3nn(bool normalize)
    {
        using var scope = NewDisposeScope();
        Tensor x = Harmonics.Tensor("edge/x").requires_grad_();
        Tensor y = O3.SphericalHarmonics(6, x, normalize);
        AssertClose(Harmonics.Tensor($"edge/{Case(normalize, Normalization.Component)}"), y, 1e-12);
        // First and second derivatives stay finite everywhere, also at the zero vector.
        Tensor gradient = autograd.grad([y.sum()], [x], create_graph: true, retain_graph: true)[0];
        Tensor second = autograd.grad([gradient.square().sum()], [x])[0];
        Assert.True(gradient.isfinite().all().item<bool>() && second.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData("irreps0", "2x1o+1x0e+1x3o")]
    [InlineData("irreps1", "1x2e+1x0e")]
    [InlineData("irreps2", "1x0e+1x1e+1x2e")]
    public void IrrepsChooseAndOrder(string key, string irreps)
    {
        using var scope = NewDisposeScope();
        AssertClose(Harmonics.Tensor($"{key}/out"), O3.SphericalHarmonics(irreps, Harmonics.Tensor("x")), 1e-12);
    }

    [Fact]
    public void TheyTurnWithTheirArgument()
    {
        using var scope = NewDisposeScope();
        Tensor x = randn([20, 3], float64, generator: new Generator(8));
        Tensor matrix = -O3.RandomRotation(dtype: float64, generator: new Generator(9));
        Irreps irreps = Irreps.SphericalHarmonics(11);
        Tensor rotated = matmul(O3.SphericalHarmonics(irreps, x), O3.WignerD(irreps, matrix).t());
        AssertClose(rotated, O3.SphericalHarmonics(irreps, matmul(x, matrix.t())), 1e-12);
    }

    /// <summary>Second derivatives against differences of first ones.</summary>
    [Fact]
    public void SecondDerivativesAreRight()
    {
        using var scope = NewDisposeScope();
        Tensor cotangent = randn([5, 25], float64, generator: new Generator(1));
        Tensor direction = randn([5, 3], float64, generator: new Generator(2));
        Tensor at = randn([5, 3], float64, generator: new Generator(3));
        Tensor Gradient(Tensor x, bool keep)
            => autograd.grad([(O3.SphericalHarmonics(4, x) * cotangent).sum()], [x], create_graph: keep, retain_graph: keep)[0];

        Tensor x = at.clone().requires_grad_();
        Tensor second = autograd.grad([(Gradient(x, true) * direction).sum()], [x])[0];
        const double h = 1e-5;
        Tensor above = Gradient((at + h * direction).requires_grad_(), false);
        Tensor below = Gradient((at - h * direction).requires_grad_(), false);
        AssertClose((above - below) / (2 * h), second, 1e-8);
    }

    [Fact]
    public void SinglePrecisionAgreesAndShapesAreFree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Harmonics.Tensor("x");
        AssertClose(O3.SphericalHarmonics(11, x), O3.SphericalHarmonics(11, x.to(float32)), 1e-5);
        Assert.Equal([4, 16, 9], O3.SphericalHarmonics(2, x.reshape(4, 16, 3)).shape);
        Assert.Equal([9], O3.SphericalHarmonics(2, x[0]).shape);
        Assert.Equal([0, 9], O3.SphericalHarmonics(2, x[..0]).shape);
        Assert.Equal([64, 0], O3.SphericalHarmonics("0x1o", x).shape);
    }

    [Fact]
    public void FirstUseInsideInferenceModeSpoilsNothing()
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(4, 3);
        using (inference_mode())
            O3.SphericalHarmonics(5, x, normalization: Normalization.Norm);
        Tensor leaf = x.clone().requires_grad_();
        O3.SphericalHarmonics(5, leaf, normalization: Normalization.Norm).sum().backward();
        Assert.NotNull(leaf.grad);
    }

    [Theory]
    [InlineData("0o", "even degree are even. Write 0e")]
    [InlineData("1o + 3e", "of both parities")]
    [InlineData("12e", "not for 12e")]
    public void HarmonicsThatDoNotExistAreNamed(string irreps, string message)
    {
        using var scope = NewDisposeScope();
        Assert.Contains(message,
            Assert.Throws<ArgumentException>(() => O3.SphericalHarmonics(irreps, zeros(3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("[..., 3], not [3, 2]",
            Assert.Throws<ArgumentException>(() => O3.SphericalHarmonics(1, zeros(3, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => O3.SphericalHarmonics(12, zeros(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => O3.SphericalHarmonics(1, zeros(3), normalization: (Normalization)7));
    }
}

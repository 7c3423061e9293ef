using TorchSharp;
using static E3Gen.Runtime.Tests.Rotations.O3Reference;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Rotations;

public class WignerDTests
{
    [Fact]
    public void EveryIrrepActsAsInE3nn()
    {
        using var scope = NewDisposeScope();
        Tensor matrix = WignerD.Tensor("R");
        Assert.Contains(-1, matrix.det().round().data<double>().ToArray());   // improper ones among them
        foreach (string key in WignerD.Keys.Where(k => k.StartsWith("D/", StringComparison.Ordinal)))
            AssertClose(WignerD.Tensor(key), O3.WignerD(Irrep.Parse(key[2..]), matrix), 1e-12, key);
    }

    [Fact]
    public void IrrepsActBlockByBlock()
    {
        using var scope = NewDisposeScope();
        AssertClose(WignerD.Tensor("irreps0/D"), O3.WignerD("2x0e+1x0o+2x1o+1x1e+1x2e+1x3o", WignerD.Tensor("R")), 1e-12);
        Assert.Equal([2, 0, 0], O3.WignerD("", O3.RandomRotation([2])).shape);
        Assert.Equal([3, 3], O3.WignerD("0x4e + 1o", O3.RandomRotation()).shape);
    }

    [Fact]
    public void AnglesGiveTheSame()
    {
        using var scope = NewDisposeScope();
        Tensor alpha = WignerD.Tensor("alpha"), beta = WignerD.Tensor("beta"), gamma = WignerD.Tensor("gamma");
        AssertClose(O3.WignerD(Irrep.Parse("4e"), WignerD.Tensor("R_proper")), O3.WignerD(Irrep.Parse("4e"), alpha, beta, gamma), 1e-12);
        AssertClose(O3.WignerD("1e+2o", WignerD.Tensor("R_proper")), O3.WignerD("1e+2o", alpha, beta, gamma), 1e-12);
    }

    [Fact]
    public void GeneratorsAreThoseOfE3nn()
    {
        using var scope = NewDisposeScope();
        for (int l = 0; l <= 6; l++)
            AssertClose(WignerD.Tensor($"so3_generators/{l}"), O3.Generators(l, float64), 1e-12, $"l = {l}");
        // D(rotation by φ about axis a) = exp(φ G_a)
        Tensor phi = tensor(0.7, float64);
        Tensor[] rotations = [O3.MatrixX(phi), O3.MatrixY(phi), O3.MatrixZ(phi)];
        for (int axis = 0; axis < 3; axis++)
            AssertClose(linalg.matrix_exp(phi * O3.Generators(11, float64)[axis]), O3.WignerD(new Irrep(11, 1), rotations[axis]), 1e-12);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    public void HighDegreesAreRepresentations(int l)
    {
        using var scope = NewDisposeScope();
        Tensor a = O3.RandomRotation([3], float64, generator: new Generator(1));
        Tensor b = -O3.RandomRotation([3], float64, generator: new Generator(2));
        foreach (int parity in new[] { 1, -1 })
        {
            var irrep = new Irrep(l, parity);
            AssertClose(O3.WignerD(irrep, matmul(a, b)), matmul(O3.WignerD(irrep, a), O3.WignerD(irrep, b)), 1e-12);
            AssertClose(parity * eye(irrep.Dim, dtype: float64), O3.WignerD(irrep, -eye(3, dtype: float64)), 1e-14);
        }
    }

    /// <summary>Rotating all three factors leaves a 3j symbol as it is; this ties D, 3j and their order of components together.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 4)]
    [InlineData(9, 10, 11)]
    public void SymbolsAreInvariant(int l1, int l2, int l3)
    {
        using var scope = NewDisposeScope();
        Tensor matrix = O3.RandomRotation(dtype: float64, generator: new Generator(5)), w = O3.Wigner3j(l1, l2, l3, float64);
        Tensor rotated = einsum("ijk,ai,bj,ck->abc", w,
            O3.WignerD(new Irrep(l1, 1), matrix), O3.WignerD(new Irrep(l2, 1), matrix), O3.WignerD(new Irrep(l3, 1), matrix));
        AssertClose(w, rotated, 1e-12);
        Assert.Equal(ScalarType.Float32, O3.Wigner3j(l1, l2, l3).dtype);
    }

    [Fact]
    public void GradientsAreFiniteEvenAtTheIdentity()
    {
        using var scope = NewDisposeScope();
        // d/dφ D(R_y(φ)) at 0 is the generator.
        Tensor phi = tensor(0.0, float64, requires_grad: true);
        Tensor d = O3.WignerD("2e+1o", O3.MatrixY(phi));
        Tensor direction = randn([8, 8], float64);
        (d * direction).sum().backward();
        double expected = (O3.Generators(2, float64)[1] * direction[..5, ..5]).sum().item<double>()
            + (O3.Generators(1, float64)[1] * direction[5.., 5..]).sum().item<double>();
        Assert.Equal(expected, phi.grad!.item<double>(), 12);
    }

    [Fact]
    public void SinglePrecisionAgrees()
    {
        using var scope = NewDisposeScope();
        Tensor matrix = WignerD.Tensor("R");
        AssertClose(WignerD.Tensor("irreps0/D"), O3.WignerD("2x0e+1x0o+2x1o+1x1e+1x2e+1x3o", matrix.to(float32)), 1e-5);
    }

    [Fact]
    public void OnlyTheResultIsLeftBehind()
    {
        using var outer = NewDisposeScope();
        Tensor matrix = O3.RandomRotation([5]);
        using var scope = NewDisposeScope();
        O3.WignerD("3x1o + 2e", matrix);
        O3.MatrixToAngles(matrix);
        O3.SphericalHarmonics(4, matrix, normalize: true, Normalization.Integral);
        Assert.Equal(5, scope.DisposablesCount);
    }

    [Fact]
    public void WhatCannotActIsNamed()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("not for l = 12",
            Assert.Throws<ArgumentOutOfRangeException>(() => O3.WignerD("0e + 12e", eye(3))).Message, StringComparison.Ordinal);
        Assert.Contains("R·Rᵀ",
            Assert.Throws<ArgumentException>(() => O3.WignerD("1o", ones(3, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("[..., 3, 3], not [3, 2]",
            Assert.Throws<ArgumentException>(() => O3.WignerD("1o", ones(3, 2))).Message, StringComparison.Ordinal);
    }
}

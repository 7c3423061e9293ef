using System.Numerics;
using TorchSharp;
using static E3Gen.Runtime.Tests.Rotations.O3Reference;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Rotations;

public sealed class ComplexHarmonicsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>The table of D. A. Varshalovich et al., Quantum Theory of Angular Momentum, 5.13: Condon-Shortley phase, ∫ |Y|² dΩ = 1; m = −l … l.</summary>
    private static Complex[] Table(int l, double theta, double phi)
    {
        double c = Math.Cos(theta), s = Math.Sin(theta);
        Complex E(int m) => Complex.Exp(Complex.ImaginaryOne * m * phi);
        return l switch
        {
            0 => [Math.Sqrt(1 / (4 * Math.PI))],
            1 => [Math.Sqrt(3 / (8 * Math.PI)) * s * E(-1), Math.Sqrt(3 / (4 * Math.PI)) * c, -Math.Sqrt(3 / (8 * Math.PI)) * s * E(1)],
            _ =>
            [
                Math.Sqrt(15 / (32 * Math.PI)) * s * s * E(-2),
                Math.Sqrt(15 / (8 * Math.PI)) * s * c * E(-1),
                Math.Sqrt(5 / (16 * Math.PI)) * ((3 * c * c) - 1),
                -Math.Sqrt(15 / (8 * Math.PI)) * s * c * E(1),
                Math.Sqrt(15 / (32 * Math.PI)) * s * s * E(2),
            ],
        };
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void TheyAreThoseOfTextbooks(int l)
    {
        foreach ((double theta, double phi) in new[] { (0.4, 1.1), (2.5, -2.0), (1.3, 3.0) })
        {
            Tensor real = O3.SphericalHarmonicsAlphaBeta(l, tensor(phi, float64), tensor(theta, float64), Normalization.Integral).narrow(0, l * l, (2 * l) + 1);
            AssertSame(Table(l, theta, phi), O3.RealToComplex(l, complex128).mv(real.to(complex128)));
        }
    }

    /// <summary>
    /// U D U† has the elements e^im′α d_m′m(β) e^imγ, its conjugate those of Wigner's D; d by E. P. Wigner's sum (Gruppentheorie, 1931; Varshalovich 4.3.1).
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void TheyTurnByWignersFormula(int l)
    {
        (double alpha, double beta, double gamma) = (0.7, 1.9, -2.3);
        Tensor d = O3.WignerD(new Irrep(l, 1), tensor(alpha, float64), tensor(beta, float64), tensor(gamma, float64)).to(complex128);
        Tensor turned = O3.RealToComplex(l, complex128).matmul(d).matmul(O3.ComplexToReal(l, complex128));
        var expected = new List<Complex>();
        for (int m1 = -l; m1 <= l; m1++)
        {
            for (int m2 = -l; m2 <= l; m2++)
                expected.Add(Complex.Exp(Complex.ImaginaryOne * ((m1 * alpha) + (m2 * gamma))) * Small(l, m1, m2, beta));
        }
        AssertSame([.. expected], turned.flatten());
    }

    private static double Small(int l, int m1, int m2, double beta)
    {
        double sum = 0, root = Math.Sqrt(Factorial(l + m1) * Factorial(l - m1) * Factorial(l + m2) * Factorial(l - m2));
        for (int s = Math.Max(0, m2 - m1); s <= Math.Min(l + m2, l - m1); s++)
        {
            double sign = (m1 - m2 + s) % 2 == 0 ? 1 : -1;
            sum += sign * root / (Factorial(l + m2 - s) * Factorial(s) * Factorial(m1 - m2 + s) * Factorial(l - m1 - s))
                * Math.Pow(Math.Cos(beta / 2), (2 * l) + m2 - m1 - (2 * s)) * Math.Pow(Math.Sin(beta / 2), m1 - m2 + (2 * s));
        }
        return sum;
    }

    private static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, k) => product * k);

    [Fact]
    public void TheyAreUnitaryAndInverse()
    {
        for (int l = 0; l <= 12; l++)
        {
            Tensor one = eye((2 * l) + 1, dtype: complex128), u = O3.RealToComplex(l, complex128), back = O3.ComplexToReal(l, complex128);
            Assert.True((u.matmul(back) - one).abs().max().item<double>() < 1e-15);
            Assert.True((u.t().conj() - back).abs().max().item<double>() == 0);
        }
    }

    [Fact]
    public void TypesAndErrors()
    {
        Assert.Equal(ScalarType.ComplexFloat32, O3.RealToComplex(1).dtype);
        Assert.Equal([5, 5], O3.ComplexToReal(2, complex64).shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => O3.RealToComplex(-1));
        Assert.Contains("not Float64", Assert.Throws<ArgumentException>(() => O3.ComplexToReal(1, float64)).Message, StringComparison.Ordinal);
    }

    private static void AssertSame(Complex[] expected, Tensor actual)
    {
        AssertClose(tensor(expected.Select(z => z.Real).ToArray()), actual.real, 1e-12);
        AssertClose(tensor(expected.Select(z => z.Imaginary).ToArray()), actual.imag, 1e-12);
    }
}

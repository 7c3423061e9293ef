using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Radial;

public sealed class RadialBasisTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string> Cases => [.. Reference.Layers.CaseNames().Where(c => c.StartsWith("soft_one_hot."))];

    public static TheoryData<RadialBasisKind, bool> Bases
    {
        get
        {
            var bases = new TheoryData<RadialBasisKind, bool>();
            foreach (RadialBasisKind kind in Enum.GetValues<RadialBasisKind>())
            {
                bases.Add(kind, false);
                bases.Add(kind, true);
            }
            return bases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesAndGradientsAreThoseOfE3nn(string name)
    {
        var about = Reference.Layers.Case(name);
        var kind = Enum.Parse<RadialBasisKind>(about.GetProperty("basis").GetString()!.Replace("_", ""), ignoreCase: true);
        double start = about.GetProperty("start").GetDouble(), end = about.GetProperty("end").GetDouble();
        Tensor x = Reference.Layers.Get(name, "x").requires_grad_();
        int number = about.GetProperty("number").GetInt32();
        Tensor y = RadialBasis.SoftOneHotLinspace(x, start, end, number, kind, about.GetProperty("cutoff").GetBoolean());
        Near.Equal(Reference.Layers.Get(name, "out"), y, 1e-12);
        Tensor gradient = GradientCheck.Gradients(y.mul(Reference.Layers.Get(name, "cotangent")).sum(), [x])[0];
        Near.Equal(Reference.Layers.Get(name, "grad_x"), gradient, 1e-12);
    }

    [Fact]
    public void TheSoftStepIsThatOfE3nn()
    {
        Tensor x = Reference.Layers.Get("soft_unit_step", "x").requires_grad_();
        Tensor y = RadialBasis.SoftUnitStep(x);
        Near.Equal(Reference.Layers.Get("soft_unit_step", "out"), y, 1e-14);
        Tensor gradient = GradientCheck.Gradients(y.mul(Reference.Layers.Get("soft_unit_step", "cotangent")).sum(), [x])[0];
        Near.Equal(Reference.Layers.Get("soft_unit_step", "grad_x"), gradient, 1e-14);
    }

    [Fact]
    public void TheSoftStepHasFiniteDerivativesEverywhere()
    {
        foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            Tensor x = tensor(new[] { -1, 0, 1e-300, 1e-40, 1e-20, 1e-10, 1e-4, 0.9e-3, 1.1e-3, 0.01, 1, 1e30 }, dtype: type).requires_grad_();
            Tensor first = GradientCheck.Gradients(RadialBasis.SoftUnitStep(x).sum(), [x], createGraph: true)[0];
            Tensor second = GradientCheck.Gradients(first.sum(), [x])[0];
            Assert.True(first.isfinite().all().item<bool>() && second.isfinite().all().item<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(Bases))]
    public void DerivativesAreRight(RadialBasisKind kind, bool cutoff)
    {
        // Away from grid points, where the cosines have kinks in the second derivative.
        Tensor[] x = [linspace(0.137, 3.3, 9, dtype: ScalarType.Float64)];
        GradientCheck.First(t => RadialBasis.Of(kind, t[0], 0, 3.5, 5, cutoff), x);
        GradientCheck.Second(t => RadialBasis.Of(kind, t[0], 0, 3.5, 5, cutoff), x);
    }

    [Theory]
    [MemberData(nameof(Bases))]
    public void TypeAndShapeAreKept(RadialBasisKind kind, bool cutoff)
    {
        Tensor exact = linspace(-0.5, 4, 12, dtype: ScalarType.Float64).reshape(3, 4);
        Tensor y = RadialBasis.Of(kind, exact.to_type(ScalarType.Float32), 0, 3.5, 6, cutoff);
        Assert.Equal([3, 4, 6], y.shape);
        Assert.Equal(ScalarType.Float32, y.dtype);
        Near.Equal(RadialBasis.Of(kind, exact, 0, 3.5, 6, cutoff), y, 1e-5);
        Assert.Equal([6], RadialBasis.Of(kind, tensor(1.0), 0, 3.5, 6, cutoff).shape);
        Assert.Equal([0, 6], RadialBasis.Of(kind, zeros(0), 0, 3.5, 6, cutoff).shape);
    }

    [Fact]
    public void BesselFunctionsAreOrthonormalInTheBall()
    {
        const double Radius = 2.7;
        const int Points = 4000;
        Tensor r = (arange(Points, dtype: ScalarType.Float64) + 0.5) * (Radius / Points);
        Tensor b = RadialBasis.Bessel(r, Radius, 6);
        // ∫ r² b_m b_n dr by the midpoint rule, exact for these periodic functions.
        Near.Equal(eye(6, dtype: ScalarType.Float64), b.t().matmul(b * (r * r).unsqueeze(1)) * (Radius / Points), 1e-12);
        Near.Equal(zeros(6, dtype: ScalarType.Float64), RadialBasis.Bessel(tensor(Radius), Radius, 6), 1e-14);
        // At the centre √(2/c)·nπ/c, with zero slope.
        Tensor zero = zeros(1, dtype: ScalarType.Float64).requires_grad_();
        Tensor center = RadialBasis.Bessel(zero, Radius, 6);
        Near.Equal(arange(1, 7, dtype: ScalarType.Float64).reshape(1, 6) * (Math.Sqrt(2 / Radius) * Math.PI / Radius), center, 1e-14);
        Assert.Equal(0, GradientCheck.Gradients(center.sum(), [zero])[0].item<double>());
    }

    /// <summary>cos(n arccos u), over an interval mapped to −1 … 1 and in MACE's way, which takes u itself.</summary>
    [Fact]
    public void ChebyshevPolynomialsAreCosines()
    {
        Tensor u = linspace(-1, 1, 21, dtype: ScalarType.Float64), angles = u.acos().unsqueeze(1) * arange(1, 10, dtype: ScalarType.Float64);
        Near.Equal(angles.cos(), RadialBasis.Of(RadialBasisKind.Chebyshev, u, -1, 1, 9, cutoff: false), 1e-13);
        Near.Equal(angles.cos(), RadialBasis.Of(RadialBasisKind.Chebyshev, (u + 1) * 2.1 + 0.3, 0.3, 4.5, 9, cutoff: false), 1e-12);
        Tensor faded = angles.cos() * ((1 + ((u + 1) * (Math.PI / 2)).cos()) / 2).unsqueeze(1);
        Near.Equal(faded, RadialBasis.Of(RadialBasisKind.Chebyshev, u, -1, 1, 9, cutoff: true), 1e-13);
        Near.Equal(ones(1, 3), RadialBasis.Of(RadialBasisKind.Chebyshev, tensor(new[] { 7.0 }), 0, 5, 3, cutoff: false), 1e-15);
    }

    /// <summary>
    /// TorchMD-NET's formula, number by number: exp(−β (exp(α (start − r)) − μ)²) times the cosine cutoff, of 0 … 5 Å with 50 functions its numbers, as published, too: α = 1 Å⁻¹,
    /// μ from exp(−5) = 0.006738 to 1, β = (2/50 · (1 − exp(−5)))⁻² = 633.5.
    /// </summary>
    [Theory]
    [InlineData(0, 5, 50)]
    [InlineData(0, 3.5, 8)]
    [InlineData(0.4, 4, 3)]
    public void ExponentialNormalFunctionsAreTorchMds(double start, double end, int number)
    {
        double alpha = 5 / (end - start), least = Math.Exp(start - end), beta = Math.Pow(2.0 / number * (1 - least), -2);
        double[] lengths = [start, start + 0.1, 1, 2.2, end - 0.3, end], expected = new double[lengths.Length * number], faded = new double[expected.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int k = 0; k < number; k++)
            {
                double mean = least + (1 - least) / (number - 1) * k;
                expected[(i * number) + k] = Math.Exp(-beta * Math.Pow(Math.Exp(alpha * (start - lengths[i])) - mean, 2));
                faded[(i * number) + k] = expected[(i * number) + k] * (1 + Math.Cos(Math.PI * (lengths[i] - start) / (end - start))) / 2;
            }
        }

        Near.Equal(tensor(expected).view(-1, number), RadialBasis.Of(RadialBasisKind.ExponentialNormal, tensor(lengths), start, end, number, cutoff: false), 1e-12);
        Near.Equal(tensor(faded).view(-1, number), RadialBasis.Of(RadialBasisKind.ExponentialNormal, tensor(lengths), start, end, number, cutoff: true), 1e-12);
        Assert.True(number != 50 || Math.Abs(beta - 633.5) < 0.1);
    }

    [Fact]
    public void E3nnsFunctionHasE3nnsBases()
    {
        Tensor x = rand(4, ScalarType.Float64);
        foreach (RadialBasisKind kind in Enum.GetValues<RadialBasisKind>())
        {
            if (kind is RadialBasisKind.Chebyshev or RadialBasisKind.ExponentialNormal)
            {
                var error = Assert.Throws<ArgumentOutOfRangeException>(() => RadialBasis.SoftOneHotLinspace(x, 0, 1, 3, kind, true));
                Assert.Contains("RadialBasis.Of", error.Message);
            }
            else
            {
                Assert.True(RadialBasis.Of(kind, x, 0, 1, 3, true).Equals(RadialBasis.SoftOneHotLinspace(x, 0, 1, 3, kind, true)));
            }
        }
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        Tensor x = ones(2);
        Assert.Throws<ArgumentException>(() => RadialBasis.SoftOneHotLinspace(x, 1, 1, 3, RadialBasisKind.Gaussian, true));
        Assert.Throws<ArgumentException>(() => RadialBasis.SoftOneHotLinspace(x, 0, double.NaN, 3, RadialBasisKind.Gaussian, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialBasis.SoftOneHotLinspace(x, 0, 1, 0, RadialBasisKind.Gaussian, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialBasis.SoftOneHotLinspace(x, 0, 1, 1, RadialBasisKind.Gaussian, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialBasis.SoftOneHotLinspace(x, 0, 1, 3, (RadialBasisKind)9, false));
        Assert.Throws<ArgumentException>(() => RadialBasis.SoftOneHotLinspace(x.to_type(ScalarType.Int64), 0, 1, 3, RadialBasisKind.Gaussian, true));
        Assert.Equal([2, 1], RadialBasis.SoftOneHotLinspace(x, 0, 1, 1, RadialBasisKind.Gaussian, true).shape);
        Assert.Equal([2, 1], RadialBasis.Bessel(x, 1, 1).shape);
        Assert.Throws<ArgumentException>(() => RadialBasis.Bessel(x, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialBasis.Of(RadialBasisKind.ExponentialNormal, x, 0, 1, 1, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialBasis.Of((RadialBasisKind)9, x, 0, 1, 3, true));
    }
}

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
        GradientCheck.First(t => RadialBasis.SoftOneHotLinspace(t[0], 0, 3.5, 5, kind, cutoff), x);
        GradientCheck.Second(t => RadialBasis.SoftOneHotLinspace(t[0], 0, 3.5, 5, kind, cutoff), x);
    }

    [Theory]
    [MemberData(nameof(Bases))]
    public void TypeAndShapeAreKept(RadialBasisKind kind, bool cutoff)
    {
        Tensor exact = linspace(-0.5, 4, 12, dtype: ScalarType.Float64).reshape(3, 4);
        Tensor y = RadialBasis.SoftOneHotLinspace(exact.to_type(ScalarType.Float32), 0, 3.5, 6, kind, cutoff);
        Assert.Equal([3, 4, 6], y.shape);
        Assert.Equal(ScalarType.Float32, y.dtype);
        Near.Equal(RadialBasis.SoftOneHotLinspace(exact, 0, 3.5, 6, kind, cutoff), y, 1e-5);
        Assert.Equal([6], RadialBasis.SoftOneHotLinspace(tensor(1.0), 0, 3.5, 6, kind, cutoff).shape);
        Assert.Equal([0, 6], RadialBasis.SoftOneHotLinspace(zeros(0), 0, 3.5, 6, kind, cutoff).shape);
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
    }
}

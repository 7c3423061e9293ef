using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Radial;

public sealed class RadialTransformTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static readonly Dictionary<string, (Func<Tensor, double, Tensor> OfNumber, Func<Tensor, Tensor, Tensor> OfTensor, Func<double, double, double> Formula)> Transforms = new()
    {
        ["Agnesi"] = ((r, r0) => RadialTransform.Agnesi(r, r0), (r, r0) => RadialTransform.Agnesi(r, r0), (r, r0) =>
            1 / (1 + (1.0805 * Math.Pow(r / r0, 0.9183) / (1 + Math.Pow(r / r0, 0.9183 - 4.5791))))),
        ["soft"] = ((r, r0) => RadialTransform.Soft(r, r0), (r, r0) => RadialTransform.Soft(r, r0), (r, r0) =>
            r + (0.5 * Math.Tanh(-(r / r0) - (0.2 * Math.Pow(r / r0, 3)))) + 0.5),
        ["soft clamp"] = ((r, r0) => RadialTransform.SoftClamp(r, r0), (r, r0) => RadialTransform.SoftClamp(r, r0), (r, r0) =>
        {
            double p0 = 0.75 * r0, p1 = 4.0 / 3 * r0, m = 0.5 * (p0 + p1);
            return p0 + ((r - p0) * 0.5 * (1 + Math.Tanh(4 / (p1 - p0) * (r - m))));
        }
        ),
    };

    public static TheoryData<string> Names => [.. Transforms.Keys];

    /// <summary>MACE's formulas as they are written there.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FormulasAreMaces(string name)
    {
        var (ofNumber, ofTensor, formula) = Transforms[name];
        double[] lengths = [0.05, 0.31, 0.7, 0.99, 1, 1.01, 1.4, 2.5, 6];
        foreach (double r0 in new[] { 0.62, 1, 1.7 })
        {
            Tensor r = tensor(lengths), expected = tensor(lengths.Select(x => formula(x, r0)).ToArray());
            Near.Equal(expected, ofNumber(r, r0), 1e-13);
            Near.Equal(expected, ofTensor(r, full_like(r, r0)), 1e-13);
            Near.Equal(expected, ofTensor(r, tensor(r0, dtype: ScalarType.Float64)), 1e-13, "broadcast");
        }

        Assert.Equal(ScalarType.Float16, ofNumber(ones(2, ScalarType.Float16), 1).dtype);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativesAreRight(string name)
    {
        var (_, ofTensor, _) = Transforms[name];
        Tensor[] inputs = [tensor(new[] { 0.1, 0.4, 0.8, 1.3, 2.2, 4 }), tensor(new[] { 0.7, 0.7, 0.9, 1.1, 1, 1.5 })];
        GradientCheck.First(t => ofTensor(t[0], t[1]), inputs);
        GradientCheck.Second(t => ofTensor(t[0], t[1]), inputs);
    }

    /// <summary>Both forms of the Agnesi transform meet at r0 in all derivatives that are compared.</summary>
    [Fact]
    public void TheFormsOfAgnesiMeet()
    {
        Tensor x = tensor(new[] { 1 - 1e-9, 1 + 1e-9 }).requires_grad_(), y = RadialTransform.Agnesi(x, 1);
        Tensor first = GradientCheck.Gradients(y.sum(), [x], createGraph: true)[0], second = GradientCheck.Gradients(first.sum(), [x])[0];
        foreach (Tensor values in new[] { y, first, second }) Assert.Equal(values[0].item<double>(), values[1].item<double>(), 1e-7);
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        Tensor r = ones(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialTransform.Agnesi(r, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialTransform.Agnesi(r, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialTransform.Agnesi(r, 1, q: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialTransform.Agnesi(r, 1, q: 2, p: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialTransform.Agnesi(r, 1, a: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialTransform.Soft(r, 1, a: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialTransform.Soft(r, 1, b: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadialTransform.SoftClamp(r, 1, alpha: 0));
        Assert.Throws<ArgumentException>(() => RadialTransform.Soft(r.to(ScalarType.Int64), 1));
        Assert.Throws<ArgumentException>(() => RadialTransform.SoftClamp(r, ones(3, ScalarType.Float64)));
        Assert.Throws<ArgumentNullException>(() => RadialTransform.Agnesi(null!, 1));
    }
}

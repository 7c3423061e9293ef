using E3Gen.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Numerics;

/// <summary>
/// Every function of lengths, vectors and rotations, in every floating-point type, at 0, at tiny and at huge arguments: values and two derivatives are finite, and those of a type are what float64
/// gives at the same arguments, but for rounding.
/// </summary>
public sealed class ExtremeArgumentsTests : IDisposable
{
    private static readonly ScalarType[] Types = [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>Functions of lengths.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Radial = new Dictionary<string, Func<Tensor, Tensor>>
    {
        ["smooth cutoff"] = Cutoff.Smooth,
        ["cosine cutoff"] = Cutoff.Cosine,
        ["polynomial cutoff of 2"] = x => Cutoff.Polynomial(x, 2),
        ["polynomial cutoff of 6"] = x => Cutoff.Polynomial(x, 6),
        ["polynomial cutoff of 12"] = x => Cutoff.Polynomial(x, 12),
        ["polynomial cutoff of 2.5"] = x => Cutoff.Polynomial(x, 2.5),
        ["polynomial cutoff of 6.5"] = x => Cutoff.Polynomial(x, 6.5),
        ["mollifier"] = Cutoff.Mollifier,
        ["soft step"] = Cutoff.SoftStep,
        ["Agnesi"] = x => RadialTransform.Agnesi(x, 0.7),
        ["Agnesi, r0 of each"] = x => RadialTransform.Agnesi(x, full_like(x, 0.75)),
        ["soft"] = x => RadialTransform.Soft(x, 0.7),
        ["soft clamp"] = x => RadialTransform.SoftClamp(x, 0.7),
        ["soft clamp, r0 of each"] = x => RadialTransform.SoftClamp(x, full_like(x, 0.75)),
        ["Bessel module"] = x => Module(new BesselBasis(2.5, 8, BesselConvention.Nequip, trainable: true), x),
        ["Bessel module as MACE's"] = x => Module(new BesselBasis(2.5, 8), x),
        ["Gaussian module"] = x => Module(new GaussianBasis(2.5, 8), x),
        ["soft unit step"] = RadialBasis.SoftUnitStep,
        ["Bessel"] = x => RadialBasis.Bessel(x, 2.5, 8),
    }
    .Concat(from kind in Enum.GetValues<RadialBasisKind>() from cutoff in new[] { false, true } select Named($"{kind} {cutoff}", x => RadialBasis.Of(kind, x, 0, 2.5, 6, cutoff)))
    .Concat(from function in Enum.GetValues<ActivationFunction>() select Named($"{function}", x => Activations.Apply(x, function)))
    .ToDictionary();

    /// <summary>A module whose numbers have the argument's type, rounded as in a half type: what it computes in float64 has the same ones.</summary>
    private static Tensor Module(RadialModule module, Tensor x)
    {
        using (module)
        {
            return module.to(ScalarType.BFloat16).to(x.dtype).forward(x);
        }
    }

    private static KeyValuePair<string, Func<Tensor, Tensor>> Named(string name, Func<Tensor, Tensor> f) => new(name, f);

    /// <summary>Functions of vectors, in rows of three.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor>> OfVectors = new()
    {
        ["harmonics of directions"] = v => O3.SphericalHarmonics(4, v),
        ["solid harmonics"] = v => O3.SphericalHarmonics(2, v, normalize: false),
    };

    public static TheoryData<string> RadialNames => [.. Radial.Keys];

    public static TheoryData<string> VectorNames => [.. OfVectors.Keys];

    [Theory]
    [MemberData(nameof(RadialNames))]
    public void Functions_of_lengths(string name)
    {
        double[] near = [0, 1e-7, 1e-4, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.999, 1, 1.001, 1.01, 1.1, 1.5, 2, 2.3, 2.5, 2.6, 4];
        Check(name, Radial[name], near, [1e-30, 1e-12, 1e2, 1e4, 6e4, 1e15, 1e30]);
    }

    /// <summary>The same functions of what is no length: a network must not fail because somebody subtracted.</summary>
    [Theory]
    [MemberData(nameof(RadialNames))]
    public void Functions_of_negative_numbers(string name) => Check(name, Radial[name], [-1e-3, -0.1, -0.5, -1, -2], [-1e-30, -1e2, -6e4, -1e30]);

    [Theory]
    [MemberData(nameof(VectorNames))]
    public void Functions_of_vectors(string name)
    {
        double[] near = [.. from size in new[] { 0, 1e-3, 1, 30 } from v in new[] { (1.0, 0, 0), (0, 1.0, 0), (0.3, -0.5, 0.8), (1e-3, 1, -1e-3) } from c in new[] { v.Item1, v.Item2, v.Item3 } select size * c];
        double[] far = [.. from size in new[] { 1e-5, 1e-9, 1e-20, 1e3, 6e4, 1e15 } from c in new[] { 0.3, -0.5, 0.8 } select size * c];
        Check(name, OfVectors[name], near, name.StartsWith("solid", StringComparison.Ordinal) ? far[..12] : far, columns: 3);
    }

    /// <summary>Rotations of every type; half-precision ones are rotations but for rounding, and so are their results.</summary>
    [Fact]
    public void Functions_of_rotations()
    {
        using var random = new Generator(5);
        Tensor exact = cat([eye(3, dtype: ScalarType.Float64).unsqueeze(0), O3.RandomRotation([20], ScalarType.Float64, generator: random)]);
        Tensor axis = randn([20, 3], ScalarType.Float64, generator: random), angle = rand([20], ScalarType.Float64, generator: random) * 3;
        foreach (ScalarType type in Types)
        {
            Tensor R = exact.to(type), wide = R.to(ScalarType.Float64);
            foreach (Irrep irrep in new[] { Irrep.Parse("0o"), Irrep.Parse("1e"), Irrep.Parse("2o"), Irrep.Parse("4e") })
            {
                Tensor expected = O3.WignerD(irrep, exact);
                Near($"D of {irrep}", expected, O3.WignerD(irrep, R), type, 4 + (4 * irrep.L));
                Near($"D of {irrep} for rotations with inversion", irrep.Parity * expected, O3.WignerD(irrep, -R), type, 4 + (4 * irrep.L));
            }

            Near("irreps", O3.WignerD(Irreps.Parse("2x0e + 1o + 2e"), exact), O3.WignerD(Irreps.Parse("2x0e + 1o + 2e"), R), type, 12);
            Near("quaternions", exact, O3.QuaternionToMatrix(O3.MatrixToQuaternion(R)), type, 8);
            var (a, b, c) = O3.MatrixToAngles(R);
            Near("angles", exact, O3.AnglesToMatrix(a, b, c), type, 16);
            var (n, phi) = O3.MatrixToAxisAngle(R);
            Near("axis and angle", exact, O3.AxisAngleToMatrix(n, phi), type, 16);
            Near("a rotation about an axis", O3.AxisAngleToMatrix(axis, angle), O3.AxisAngleToMatrix(axis.to(type), angle.to(type)), type, 8);
            Near("no axis is too short", O3.AxisAngleToMatrix(axis, angle), O3.AxisAngleToMatrix(axis.mul(1e-3).to(type), angle.to(type)), type, 32);
            var (alpha, beta) = O3.XyzToAngles(axis.to(type));
            Near("points of the sphere", axis / axis.norm(1, keepdim: true), O3.AnglesToXyz(alpha, beta), type, 8);
            Assert.Equal(type, O3.RandomRotation([2], type).dtype);

            // Nothing is rounded in between: of a rounded matrix a polynomial of degree 8 would be far off.
            Tensor[] angles = [.. Enumerable.Range(0, 3).Select(k => (axis.select(1, k) * 1.0).to(type))], exactAngles = [.. angles.Select(x => x.to(ScalarType.Float64))];
            Near("D of 8e by angles", O3.WignerD(Irrep.Parse("8e"), exactAngles[0], exactAngles[1], exactAngles[2]), O3.WignerD(Irrep.Parse("8e"), angles[0], angles[1], angles[2]), type, HalfPrecision.Is(type) ? 2 : 200);
        }

        Assert.Throws<ArgumentException>(() => O3.WignerD(Irrep.Parse("1o"), (1.05 * exact).to(ScalarType.BFloat16)));
    }

    private static void Near(string what, Tensor expected, Tensor actual, ScalarType type, double roundings)
    {
        Assert.Equal(type, actual.dtype);
        double error = (expected - actual.to(ScalarType.Float64)).abs().max().item<double>(), allowed = roundings * Rounding(type);
        Assert.True(error <= allowed, $"{what} in {type}: {error:E1} off, {allowed:E1} allowed");
    }

    /// <summary>Half of the distance from 1 to the next number.</summary>
    private static double Rounding(ScalarType type) => type switch
    {
        ScalarType.Float16 => Math.Pow(2, -11),
        ScalarType.BFloat16 => Math.Pow(2, -8),
        ScalarType.Float32 => Math.Pow(2, -24),
        _ => Math.Pow(2, -53),
    };

    /// <summary>Compares values and derivatives at arguments nearby; those far off have to be finite.</summary>
    /// <param name="name">The function.</param>
    /// <param name="f">The function.</param>
    /// <param name="near">Arguments whose results are compared.</param>
    /// <param name="far">Arguments whose results are finite.</param>
    /// <param name="columns">Columns of an argument; 1 for a number.</param>
    private static void Check(string name, Func<Tensor, Tensor> f, double[] near, double[] far, int columns = 1)
    {
        foreach (ScalarType type in Types)
        {
            Tensor everywhere = Argument([.. near, .. far], type);
            foreach (var (result, exact) in Derivatives(f, everywhere).Zip(Derivatives(f, everywhere.to(ScalarType.Float64))))
            {
                Assert.Equal(type, result.dtype);
                Assert.True(exact.isfinite().all().item<bool>(), $"{name} in Float64 is not finite");
                Tensor wrong = result.isfinite().logical_not().logical_and(exact.abs().lt(0.9 * Most(type))); // beyond, infinity is what a type has
                Assert.True(wrong.count_nonzero().item<long>() == 0, $"{name} in {type} is not finite at {string.Join(", ", everywhere.masked_select(wrong.reshape(wrong.shape[0], -1).any(1).reshape(-1, 1).expand(wrong.shape[0], columns).reshape(everywhere.shape)).to(ScalarType.Float64).data<double>().ToArray())}");
            }

            Tensor rounded = Argument(near, type);
            Tensor[] actual = Derivatives(f, rounded), expected = Derivatives(f, rounded.to(ScalarType.Float64));
            for (int order = 0; order < actual.Length; order++)
            {
                // float32 inside: derivatives cancel a little more each; a half type then rounds once.
                double inside = (type == ScalarType.Float64 ? 1e-13 : 1e-6) * Math.Pow(10, order) * Math.Max(1, expected[order].abs().max().item<double>());
                Tensor allowed = expected[order].abs() * (HalfPrecision.Is(type) ? 1.01 * Rounding(type) : 0) + inside + (type == ScalarType.Float16 ? 1e-7 : 0);
                Tensor error = (actual[order].to(ScalarType.Float64) - expected[order]).abs();
                error = error.masked_fill(expected[order].abs().ge(0.9 * Most(type)), 0);
                Assert.True(error.le(allowed).all().item<bool>(), $"{name} in {type}, derivative {order}: up to {error.max().item<double>():E1} off, e.g. element {error.sub(allowed).argmax().item<long>()}");
            }
        }

        Tensor Argument(double[] values, ScalarType type)
        {
            // What a type cannot hold is no argument of it.
            Tensor x = tensor(values.Chunk(columns).Where(c => c.All(v => Math.Abs(v) <= Most(type))).SelectMany(c => c).ToArray());
            return (columns == 1 ? x : x.view(-1, columns)).to(type);
        }
    }

    /// <summary>The largest number.</summary>
    private static double Most(ScalarType type) => type switch
    {
        ScalarType.Float16 => 65504,
        ScalarType.BFloat16 or ScalarType.Float32 => 3.3e38,
        _ => double.MaxValue,
    };

    /// <summary>Values, first and second derivatives of the sum of the results.</summary>
    private static Tensor[] Derivatives(Func<Tensor, Tensor> f, Tensor argument)
    {
        Tensor x = argument.detach().requires_grad_(true), y = f(x);
        if (!y.requires_grad)
        {
            return [y];
        }

        Tensor first = autograd.grad([y.sum()], [x], retain_graph: true, create_graph: true)[0];
        return first.requires_grad ? [y.detach(), first.detach(), autograd.grad([first.sum()], [x])[0]] : [y.detach(), first];
    }
}

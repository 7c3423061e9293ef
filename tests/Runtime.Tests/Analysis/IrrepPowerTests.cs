using E3Gen.Analysis;
using E3Gen.Runtime.Tests.Explanation;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Analysis;

public sealed class IrrepPowerTests
{
    private static readonly Irreps Some = "3x0e + 2x1o + 0x3e + 4x2e + 1x1o + 2x1e";

    [Theory]
    [InlineData(Layout.MulIr, ScalarType.Float64)]
    [InlineData(Layout.IrMul, ScalarType.Float64)]
    [InlineData(Layout.MulIr, ScalarType.Float32)]
    [InlineData(Layout.IrMul, ScalarType.Float16)]
    [InlineData(Layout.IrMul, ScalarType.BFloat16)]
    public void AsLoopsOverRowsCopiesAndComponents(Layout layout, ScalarType type)
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(4, 5, Some.Dim).to(type), input = Random(20, 7).to(type);
        double inputPower = Values(input).Select(v => v * v).Average();
        double[] values = Values(x);
        var powers = IrrepPower.Of(x, Some, layout, input);
        Assert.Equal([0, 1, 3, 4, 5], powers.Select(p => p.Index)); // segments without copies are left out
        foreach (var power in powers)
        {
            var (copies, components) = (power.Entry.Multiplicity, power.Entry.Irrep.Dim);
            var sums = new double[copies];
            for (int b = 0; b < 20; b++)
            {
                for (int u = 0; u < copies; u++)
                {
                    for (int m = 0; m < components; m++)
                    {
                        int column = layout == Layout.MulIr ? (u * components) + m : (m * copies) + u;
                        double value = values[(b * Some.Dim) + Some.Slices[power.Index].Offset + column];
                        sums[u] += value * value;
                    }
                }
            }

            Near(sums.Select(s => s / 20), power.Copies);
            Near(sums.Sum() / (20 * copies), power.Power);
            Near(sums.Sum() / (20 * copies * components), power.PowerPerComponent);
            Near(sums.Sum() / (20 * copies * components) / inputPower, power.Gain!.Value);
        }
    }

    [Fact]
    public void ByIrrepAndByDegreeMeansAreOverCopies()
    {
        using Tensor x = Random(6, Some.Dim), input = Random(3, 2);
        var segments = IrrepPower.Of(x, Some, input: input);
        var byIrrep = IrrepPower.ByIrrep(segments);
        Assert.Equal(["3x0e", "3x1o", "4x2e", "2x1e"], byIrrep.Select(p => p.Entry.ToString()));
        Near(((2 * segments[1].Power) + segments[3].Power) / 3, byIrrep[1].Power);
        Near(((2 * segments[1].Gain!.Value) + segments[3].Gain!.Value) / 3, byIrrep[1].Gain!.Value);
        Near([.. segments[1].Copies, .. segments[3].Copies], byIrrep[1].Copies);
        var byDegree = IrrepPower.ByDegree(segments);
        Assert.Equal([(0, 3L), (1, 5L), (2, 4L)], byDegree.Select(p => (p.L, p.Channels)));
        Near(((2 * segments[1].Power) + segments[3].Power + (2 * segments[4].Power)) / 5, byDegree[1].Power);
        Near(byDegree[1].Power / 3, byDegree[1].PowerPerComponent);
        Near(IrrepPower.MeanSquare(x), segments.Sum(s => s.Power * s.Entry.Multiplicity) / Some.Dim);
        Assert.Null(IrrepPower.ByDegree(IrrepPower.Of(x, Some))[0].Gain);
    }

    [Fact]
    public void ClosedForms()
    {
        using var scope = NewDisposeScope();
        foreach (var power in IrrepPower.Of(full(3, Some.Dim, 2.0, ScalarType.Float64), Some))
        {
            Assert.Equal(4.0 * power.Entry.Irrep.Dim, power.Power, 12);
            Assert.Equal(4, power.PowerPerComponent, 12);
        }

        Irreps harmonics = "0e + 1o + 2e + 3o + 4e";
        using var module = new E3Gen.Runtime.Tests.Operations.HarmonicsModule();
        foreach (var power in IrrepPower.Of(module.Component4(Random(9, 3)), harmonics))
        {
            Near(1, power.PowerPerComponent); // |Y_l|² = 2l + 1
        }
    }

    [Fact]
    public void NoRotationOrInversionChangesAPower()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(11, Some.Dim);
        var powers = IrrepPower.Of(x, Some);
        using var random = new Generator(5);
        for (int i = 0; i < 8; i++)
        {
            Tensor rotation = O3.RandomRotation(dtype: ScalarType.Float64, generator: random);
            Tensor moved = x.matmul(O3.WignerD(Some, i % 2 == 0 ? rotation : -rotation).t());
            foreach (var (before, after) in powers.Zip(IrrepPower.Of(moved, Some)))
            {
                Near(before.Power, after.Power);
                Near(before.Copies, after.Copies);
            }
        }
    }

    [Fact]
    public void BothOrdersOfColumnsAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(11, Some.Dim), y = IrrepsLayout.Convert(x, Some, Layout.MulIr, Layout.IrMul);
        foreach (var (mulIr, irMul) in IrrepPower.Of(x, Some).Zip(IrrepPower.Of(y, Some, Layout.IrMul)))
        {
            Near(mulIr.Power, irMul.Power);
            Near(mulIr.Copies, irMul.Copies);
        }
    }

    /// <summary>Squares of what float32 can hold need not fit into it.</summary>
    [Fact]
    public void SmallAndLargeNumbersOfFloat32()
    {
        using Tensor x = tensor(new[] { 1e-30f, 1e30f }).reshape(1, 2);
        var powers = IrrepPower.Of(x, "0e + 0o");
        Assert.Equal(1e-60, powers[0].Power, 1e-66);
        Assert.Equal(1e60, powers[1].Power, 1e54);
    }

    [Fact]
    public void NaNIsSaidWhereItIs()
    {
        using Tensor x = ones(4, 5, ScalarType.Float64);
        x[2, 3] = double.NaN;
        var powers = IrrepPower.Of(x, "2x0e + 1o");
        Assert.Equal([1, double.NaN], powers.Select(p => p.Power));
        Assert.Equal(double.NaN, IrrepPower.MeanSquare(x));
    }

    [Fact]
    public void WithoutRowsThereIsNoMean()
    {
        using Tensor x = zeros(0, 5), nothing = zeros(3, 0);
        Assert.All(IrrepPower.Of(x, "2x0e + 1o"), p => Assert.Equal(double.NaN, p.Power));
        Assert.Empty(IrrepPower.Of(nothing, "0x1o"));
        Assert.Equal(double.NaN, IrrepPower.MeanSquare(nothing));
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        using Tensor x = zeros(2, 6), whole = zeros([2, 5], ScalarType.Int64), scalar = tensor(3.0);
        Assert.Contains("must have 5 entries (2x0e+1x1o), but the shape is [2, 6]", Assert.Throws<ArgumentException>(() => IrrepPower.Of(x, "2x0e + 1o")).Message);
        Assert.Contains("floating-point", Assert.Throws<ArgumentException>(() => IrrepPower.Of(whole, "2x0e + 1o")).Message);
        Assert.Throws<ArgumentException>(() => IrrepPower.Of(x, "2x0e + 4x0e", (Layout)7));
        Assert.Throws<ArgumentNullException>(() => IrrepPower.Of(null!, "0e"));
        Assert.Equal(9, IrrepPower.MeanSquare(scalar));
        using var module = new EveryKind();
        var mix = RecordableOperation.Of(module)[0];
        Assert.Contains("must have 20 entries (weights of 2 paths)", Assert.Throws<ArgumentException>(() => IrrepPower.OfWeights(x, mix)).Message);
    }

    [Fact]
    public void WeightsByPath()
    {
        using var module = new EveryKind();
        using var scope = NewDisposeScope();
        var operations = RecordableOperation.Of(module).ToDictionary(o => o.Name);
        Assert.Equal(["Mix", "Activate", "Harmonics", "Constant", "Convolve", "Scale", "Couple", "Contract", "HighDegree", "Nothing"], operations.Keys);
        double[] mix = Values(operations["Mix"].Weights!);
        Near(
            [mix[..16].Select(w => w * w).Average(), mix[16..].Select(w => w * w).Average()],
            [.. IrrepPower.OfWeights(operations["Mix"].Weights!, operations["Mix"]).Select(p => p.MeanSquare)]);

        var convolve = operations["Convolve"];
        Assert.Null(convolve.Weights);
        Assert.Equal(["4x0e × 1x0e → 4x0e", "4x0e × 1x1o → 4x1o", "2x1o × 1x0e → 2x1o", "2x1o × 1x1o → 2x0e"], convolve.Paths.Select(p => p.Path));
        Assert.Equal([(0, 4), (4, 4), (8, 2), (10, 2)], convolve.Paths.Select(p => (p.Offset, p.Count)));
        Tensor weights = Random(6, 12);
        double[] values = Values(weights);
        var power = IrrepPower.OfWeights(weights, convolve)[2];
        Near(Enumerable.Range(0, 6).SelectMany(e => values[((12 * e) + 8)..((12 * e) + 10)]).Select(w => w * w).Average(), power.MeanSquare);
    }

    /// <summary>
    /// Component normalisation: a linear map with freshly drawn weights keeps unit variance. Of 64 × 64 weights the mean over outputs deviates by √(2/64)/√64 = 0.022, of 20 maps by 0.005.
    /// </summary>
    [Fact]
    public void FreshLinearMapsKeepUnitPower()
    {
        using var scope = NewDisposeScope();
        var means = new double[3];
        for (int i = 0; i < 20; i++)
        {
            using var module = new Square64();
            using var random = new Generator((ulong)i);
            var powers = IrrepPower.Of(module.Mix(randn([400, 64 * 9], generator: random)), "64x0e + 64x1o + 64x2e");
            for (int l = 0; l < 3; l++)
            {
                means[l] += powers[l].PowerPerComponent / 20;
            }
        }

        Assert.All(means, mean => Assert.InRange(mean, 0.97, 1.03));
    }

    private static Tensor Random(params long[] shape)
    {
        using var random = new Generator(17);
        return randn(shape, ScalarType.Float64, generator: random);
    }

    private static double[] Values(Tensor x) => x.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();

    private static void Near(double expected, double actual) => Assert.True(Math.Abs(expected - actual) <= 1e-10 * Math.Max(1, Math.Abs(expected)), $"{expected} expected, but is {actual}");

    private static void Near(IEnumerable<double> expected, IReadOnlyList<double> actual)
    {
        double[] values = [.. expected];
        Assert.Equal(values.Length, actual.Count);
        for (int i = 0; i < values.Length; i++)
        {
            Near(values[i], actual[i]);
        }
    }
}

/// <summary>A wide linear map.</summary>
[EquivariantModule]
public sealed partial class Square64 : nn.Module
{
    [Linear("64x0e + 64x1o + 64x2e", "64x0e + 64x1o + 64x2e")]
    public partial Tensor Mix(Tensor x);
}

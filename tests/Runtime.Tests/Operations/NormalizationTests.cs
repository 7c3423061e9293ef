using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>
/// What the constants in front of paths are for: arguments of unit variance and standard normal weights give results of unit variance.
/// Statistical, with fixed seeds; with many copies the mean over weights has a standard error of a few per cent.
/// </summary>
[EquivariantModule]
public sealed partial class WideOperations : nn.Module
{
    public const string X = "24x0e + 16x1o + 12x2e";
    public const string Out = "32x0e + 32x1o + 32x1e + 32x2e";

    [TensorProduct(X, X, Out)]
    public partial Tensor Element(Tensor x, Tensor y);

    [TensorProduct(X, X, Out, PathNormalization = PathNormalization.Path)]
    public partial Tensor Path(Tensor x, Tensor y);

    [TensorProduct(X, X, Out, IrrepNormalization = IrrepNormalization.Norm)]
    public partial Tensor Norm(Tensor x, Tensor y);

    [TensorProduct("256x0e + 256x1o + 256x2e", "0e + 1o + 2e", "256x0e + 256x1o + 256x2e", Mode = ConnectionMode.UVU)]
    public partial Tensor Uvu(Tensor x, Tensor y);
}

public sealed class NormalizationTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(19);
    private readonly WideOperations wide = new();

    public void Dispose()
    {
        wide.Dispose();
        random.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void LinearMapsKeepVariance()
    {
        using var maps = new LinearMaps();
        Draw(maps);
        AssertUnitVariance(maps.Wide(Normal(400, "48x0e + 32x1o + 16x0e + 24x2e")), "64x0e + 40x1o + 48x2e", 0.15);
    }

    [Theory]
    [InlineData(nameof(WideOperations.Element))]
    [InlineData(nameof(WideOperations.Path))]
    public void TensorProductsKeepVariance(string method)
    {
        Draw(wide);
        Tensor result = new Operation(wide, method).Call(Normal(400, WideOperations.X), Normal(400, WideOperations.X));
        AssertUnitVariance(result, WideOperations.Out, 0.15);
    }

    [Fact]
    public void ElementwiseTensorProductsKeepVariance()
    {
        Draw(wide);
        const string Features = "256x0e + 256x1o + 256x2e";
        AssertUnitVariance(wide.Uvu(Normal(1000, Features), Normal(1000, "0e + 1o + 2e")), Features, 0.15);
    }

    [Fact]
    public void NormNormalizationKeepsSquaredNorms()
    {
        // Irreps of unit mean squared norm have components of variance 1/(2l+1).
        Draw(wide);
        Tensor result = wide.Norm(Scaled(Normal(400, WideOperations.X)), Scaled(Normal(400, WideOperations.X)));
        Irreps output = WideOperations.Out;
        for (int i = 0; i < output.Count; i++)
        {
            Tensor segment = result.narrow(1, output.Slices[i].Offset, output.Slices[i].Length);
            Assert.Equal(1.0, segment.square().mean().to(ScalarType.Float64).item<double>() * output[i].Irrep.Dim, 0.15);
        }

        static Tensor Scaled(Tensor x) => cat([x[.., ..24], x[.., 24..72] / Math.Sqrt(3), x[.., 72..] / Math.Sqrt(5)], 1);
    }

    private Tensor Normal(long rows, Irreps irreps) => randn([rows, irreps.Dim], generator: random);

    /// <summary>Weights are standard normal from the start; here from a generator with a seed.</summary>
    private void Draw(nn.Module module)
    {
        foreach (var (_, parameter) in module.named_parameters().OrderBy(p => p.name))
        {
            Operation.Set(parameter, randn(parameter.shape, generator: random));
        }
    }

    private static void AssertUnitVariance(Tensor result, Irreps irreps, double tolerance)
    {
        for (int i = 0; i < irreps.Count; i++)
        {
            Tensor segment = result.narrow(1, irreps.Slices[i].Offset, irreps.Slices[i].Length);
            double variance = segment.square().mean().to(ScalarType.Float64).item<double>();
            Assert.True(Math.Abs(variance - 1) < tolerance, $"{irreps[i]} has variance {variance}");
        }
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>What no path reaches stays zero, whatever kernel computes the rest; what no path reads has no gradient.</summary>
public class MissingPathsTests
{
    [Fact]
    public void TheMaskIsE3nns()
    {
        double[] mask = Reference.File("tensor_products").Get("tp.missing_paths", "output_mask").to(ScalarType.Float64).data<double>().ToArray();
        Assert.Equal(mask.Select(m => m == 1), MissingPathsProducts.MissingPathsOutputMask());
        Assert.All(MissingPathsProducts.NothingOutputMask(), Assert.False);
    }

    [Theory]
    [InlineData("Uvw")]
    [InlineData("Uvu")]
    [InlineData("Uvv")]
    [InlineData("Uuw")]
    [InlineData("Uuu")]
    [InlineData("Uvuv")]
    [InlineData("UvuLessV")]
    [InlineData("ULessVw")]
    [InlineData("Square")]
    [InlineData("Nothing")]
    public void UnreachedColumnsAreZero(string method)
    {
        using var scope = NewDisposeScope();
        using var module = new MissingPathsProducts();
        var operation = new Operation(module.to(ScalarType.Float64), method);
        Tensor Random(string irreps) => randn(5, Irreps.Parse(irreps).Dim, ScalarType.Float64, requires_grad: true);
        Tensor[] arguments = method switch
        {
            "Square" => [Random("3x0e + 1x1o")],
            "Nothing" => [Random("3x0e"), Random("1x1o")],
            "Uvuv" => [Random("3x0e + 2x2o"), Random("1x0e + 1x1o + 1x4o")],
            _ => [Random("3x0e + 2x2o"), Random("3x0e + 3x1o + 1x4o")],
        };
        bool[] mask = (bool[])typeof(MissingPathsProducts).GetMethod($"{method}OutputMask")!.Invoke(null, null)!;
        Assert.Equal(method == "Nothing" ? new bool[16] : [.. Runs(1, 3, 14, 9, 11)], mask);
        foreach (Backend backend in new[] { Backend.Cpu, Backend.Portable })
        {
            full(100_000, double.NaN, ScalarType.Float64).Dispose(); // memory that is reused without being cleared shows
            using var use = Backends.Use(backend);
            Tensor z = operation.Call(arguments);
            bool[] isZero = [.. z.abs().amax([0]).data<double>().Select(a => a == 0)];
            Assert.Equal(mask.Select(m => !m), isZero);
            if (method == "Nothing") continue;
            arguments[0].grad?.zero_();
            z.square().sum().backward();
            double[] gradient = [.. arguments[0].grad!.abs().amax([0]).data<double>()];
            Assert.All(gradient, g => Assert.True(double.IsFinite(g)));
            Assert.True(gradient[0] > 0);
            if (method != "Square") Assert.All(gradient[3..], g => Assert.Equal(0, g));
        }
    }

    /// <summary>Columns that are reached and columns that are not, in turn.</summary>
    private static IEnumerable<bool> Runs(params int[] columns) => columns.SelectMany((count, i) => Enumerable.Repeat(i % 2 == 1, count));
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

public static class Near
{
    /// <summary>Every element within <paramref name="tolerance"/>·max(1, largest expected element).</summary>
    public static void Equal(Tensor expected, Tensor actual, double tolerance, string what = "result")
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        double error = MaxError(expected, actual);
        Assert.True(error <= tolerance, $"{what}: relative error {error:E2} exceeds {tolerance:E1}");
    }

    /// <summary>Every element within <paramref name="tolerance"/>·(largest expected element).</summary>
    public static void Relative(Tensor expected, Tensor actual, double tolerance, string what = "result")
    {
        using var scope = NewDisposeScope();
        double scale = expected.numel() == 0 ? 1 : expected.detach().abs().max().to(ScalarType.Float64).item<double>();
        Assert.True(scale > 0, $"{what}: nothing but zeros is expected");
        Equal(expected.detach() / scale, actual.detach() / scale, tolerance, what);
    }

    /// <summary>The largest difference relative to max(1, largest expected element); infinite where either is not finite and they differ.</summary>
    public static double MaxError(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        if (expected.numel() == 0) return 0;
        Tensor e = expected.detach().cpu().to_type(ScalarType.Float64), a = actual.detach().cpu().to_type(ScalarType.Float64);
        double error = (e - a).abs().max().item<double>() / Math.Max(1, e.abs().max().item<double>());
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }
}

using E3Gen.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Rotations;

/// <summary>Reference numbers as tensors, and comparison with them.</summary>
internal static class O3Reference
{
    public static readonly ReferenceFile WignerD = new("wigner_D");
    public static readonly ReferenceFile Harmonics = new("spherical_harmonics");

    public static Tensor Tensor(this ReferenceFile file, string key) => tensor(file.Doubles(key), file.Shape(key), float64);

    /// <summary>Largest difference, relative to the largest expected number where that is above 1.</summary>
    public static double Error(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        if (expected.numel() == 0)
            return 0;
        double error = (expected.to(float64) - actual.to(float64)).abs().max().item<double>();
        return error / Math.Max(1, expected.to(float64).abs().max().item<double>());
    }

    public static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what = "")
    {
        double error = Error(expected, actual);
        Assert.True(error <= tolerance, $"{what}: difference {error:E2}, at most {tolerance:E1} expected");
    }
}

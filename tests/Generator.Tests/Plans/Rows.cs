using E3Gen.Tests;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>Tensors of a reference file as rows, and their comparison.</summary>
internal static class Rows
{
    /// <summary>The rows of a matrix; a vector, such as shared weights, is the same row every time.</summary>
    public static Func<int, double[]> Of(ReferenceFile file, string key)
    {
        long[] shape = file.Shape(key);
        double[] all = file.Doubles(key);
        int columns = (int)shape[^1];
        return shape.Length == 1 ? _ => all : row => all[(row * columns)..((row + 1) * columns)];
    }

    public static double[] Sum(IEnumerable<double[]> rows) => rows.Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]);

    /// <summary>Within <paramref name="tolerance"/> relative to the largest number expected.</summary>
    public static void AssertClose(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
        double error = expected.Zip(actual, (x, y) => double.IsNaN(y) ? double.PositiveInfinity : Math.Abs(x - y)).DefaultIfEmpty(0).Max() / scale;
        Assert.True(error <= tolerance, $"{what}: error {error:E1} exceeds {tolerance:E0}");
    }
}

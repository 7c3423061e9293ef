namespace E3Gen.Cuda.Tests;

/// <summary>Compares results with those of a definition.</summary>
internal static class Results
{
    /// <summary>All results are there and close: relative to the size of all numbers of a result.</summary>
    public static void AreClose(IReadOnlyDictionary<string, double[]> expected, IReadOnlyDictionary<string, double[]> actual, NumberType type, string where)
    {
        foreach (var (name, numbers) in actual)
        {
            double size = Math.Sqrt(expected[name].Sum(v => v * v)), error = Math.Sqrt(expected[name].Zip(numbers, (a, b) => (a - b) * (a - b)).Sum());
            Assert.Equal(expected[name].Length, numbers.Length);
            Assert.True(error <= Storage.Tolerance(type) * size, $"{name} of {where} is off by {error / size:E1}"); // not a number where nothing was written
        }

        Assert.Equal(expected.Values.Where(v => v.Length > 0).Count(), actual.Values.Where(v => v.Length > 0).Count());
    }
}

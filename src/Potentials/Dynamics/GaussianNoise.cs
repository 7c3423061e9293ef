namespace E3Gen.Potentials;

/// <summary>
/// Normal random numbers by their place: number i of step n depends on seed, n and i alone, so that a run that is resumed draws what it would have drawn. Mixing as in SplitMix64 (G. Steele, D. Lea,
/// C. Flood, OOPSLA 2014), pairs of numbers after Box and Muller.
/// </summary>
internal static class GaussianNoise
{
    /// <summary>Normal numbers of mean 0 and variance 1.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="step">Which row of numbers.</param>
    /// <param name="numbers">What is filled.</param>
    public static void Fill(long seed, long step, Span<double> numbers)
    {
        ulong state = Mix(Mix((ulong)seed) ^ (ulong)step);
        for (int i = 0; i < numbers.Length; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(state, i))), angle = 2 * Math.PI * Uniform(state, i + 1);
            numbers[i] = radius * Math.Cos(angle);
            if (i + 1 < numbers.Length) numbers[i + 1] = radius * Math.Sin(angle);
        }
    }

    /// <summary>In [0, 1), with 53 bits.</summary>
    private static double Uniform(ulong state, int i) => (Mix(state + ((ulong)i * 0x9E3779B97F4A7C15)) >> 11) * (1.0 / (1L << 53));

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

using CsCheck;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>
/// Samples random modules in batches. Every run draws the same ones; the environment variable E3GEN_RANDOM_BATCHES asks for more than the usual number of batches.
/// </summary>
internal static class Sampling
{
    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("E3GEN_RANDOM_BATCHES"), out int batches) ? batches : null;

    /// <summary>Whether the number of batches was asked for.</summary>
    public static bool IsThorough => Asked is not null;

    /// <summary>The numbers of the batches.</summary>
    public static TheoryData<int> Batches(int usual) => new(Enumerable.Range(0, Asked ?? usual));

    /// <summary>Checks one batch; a failure names the seed.</summary>
    public static void Check(Gen<RandomModule> modules, int batch, int size, Action<Batch> check) => modules.Array[size].Sample(
        sample => check(Batch.Compile(sample)),
        seed: new PCG((uint)batch, 20_000UL + (ulong)batch).ToString(),
        iter: 1,
        threads: 1,
        print: sample => $"{sample.Length} modules");
}

using E3Gen.Generator.Tests.Robustness.Random;

namespace E3Gen.Generator.Tests.Robustness;

/// <summary>If it compiles, it is equivariant: tried at run time on random modules.</summary>
public class RandomEquivarianceTests
{
    public static TheoryData<int> Batches => Sampling.Batches(usual: 1);

    /// <summary>Operations, networks and forwards of modules that are right.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void Right_modules_are_equivariant(int batch) => Sampling.Check(RandomModules.Valid, 1000 + batch, 60, AreEquivariant);

    /// <summary>Forwards with a doubtful step that E3Gen nevertheless says are equivariant.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void Verified_modules_are_equivariant(int batch) => Sampling.Check(RandomModules.Doubtful, 2000 + batch, 300, AreEquivariant);

    /// <summary>
    /// Networks of any parities that E3Gen accepts. Rotations, inversion and translations are tried, and no output may be zero.
    /// </summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void Accepted_networks_are_equivariant(int batch) => Sampling.Check(RandomModules.Networks, 3000 + batch, 60, AreEquivariant);

    private static void AreEquivariant(Batch batch)
    {
        var (count, failures) = RandomRun.Measure(batch);
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} functions fail. The shortest:\n{string.Concat(failures.OrderBy(f => f.Length).Take(3))}");
        Assert.True(count >= batch.Modules.Count / 10, $"{count} functions of {batch.Modules.Count} modules");
    }
}

namespace E3Gen.Potentials.Tests.Models;

/// <summary>Structures for tests.</summary>
internal static class Structures
{
    /// <summary>Atoms on a distorted grid of 1.6 Å, about the length of <see cref="PairPotential"/>'s wells.</summary>
    public static Atoms Cluster(int count, int seed, double noise = 0.15)
    {
        var random = new Random(seed);
        double[] positions = new double[3 * count];
        for (int i = 0; i < count; i++)
        {
            int[] place = [i % 2, i / 2 % 2, i / 4];
            for (int axis = 0; axis < 3; axis++) positions[(3 * i) + axis] = (1.6 * place[axis]) + (noise * (random.NextDouble() - 0.5));
        }

        return new Atoms([.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? 8 : 1)], positions);
    }

    /// <summary>A skewed crystal of four atoms.</summary>
    public static Atoms Crystal(int seed)
    {
        Atoms cluster = Cluster(4, seed);
        return new Atoms(cluster.AtomicNumbers, cluster.Positions, [3.3, 0, 0, 0.4, 3.1, 0, -0.3, 0.5, 2.2]);
    }
}

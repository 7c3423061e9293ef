namespace E3Gen.Potentials.Tests.Dynamics;

public sealed class RadialDistributionTests
{
    [Fact]
    public void An_ideal_gas_is_one_everywhere()
    {
        var random = new Random(1);
        var distribution = new RadialDistribution(6, 12, isPeriodic: true);
        double[] cell = [10, 0, 0, 3, 9, 0, -2, 1, 8];
        for (int frame = 0; frame < 20; frame++)
        {
            double[] positions = new double[3 * 300];
            for (int i = 0; i < 300; i++)
            {
                double[] f = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
                for (int axis = 0; axis < 3; axis++) positions[(3 * i) + axis] = (f[0] * cell[axis]) + (f[1] * cell[3 + axis]) + (f[2] * cell[6 + axis]);
            }

            distribution.Add(new Atoms([.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? 8 : 1)], positions, cell));
        }

        Assert.Equal(["H-H", "H-O", "O-O"], distribution.Pairs);
        foreach (string pair in distribution.Pairs)
        {
            double[] g = distribution.Of(pair);
            // Shells beyond 2 Å have more than 5000 pairs.
            for (int i = 4; i < 12; i++) Assert.InRange(g[i], 0.93, 1.07);
        }
    }

    [Fact]
    public void A_simple_cubic_crystal_has_its_shells()
    {
        const double Range = 2.1, Lattice = 1.0;
        var distribution = new RadialDistribution(Range, 210, isPeriodic: true);
        distribution.Add(new Atoms([14], [0.2, 0.3, 0.4], [Lattice, 0, 0, 0, Lattice, 0, 0, 0, Lattice]));
        double[] g = distribution.Of("Si-Si");
        double Neighbors(double from, double to)
        {
            double sum = 0;
            for (int i = 0; i < g.Length; i++)
            {
                double inner = Range * i / 210, outer = Range * (i + 1) / 210;
                if (distribution.Distances[i] > from && distribution.Distances[i] < to) sum += g[i] * 4 * Math.PI / 3 * (Math.Pow(outer, 3) - Math.Pow(inner, 3));
            }

            return sum;
        }

        Assert.Equal(6, Neighbors(0.95, 1.05), 1e-9);
        Assert.Equal(12, Neighbors(1.37, 1.45), 1e-9);
        Assert.Equal(8, Neighbors(1.7, 1.76), 1e-9);
        Assert.Equal(6, Neighbors(1.95, 2.05), 1e-9);
        Assert.Equal(32, Neighbors(0, Range), 1e-9);
    }

    [Fact]
    public void Neighbours_in_a_molecule_are_counted_by_length()
    {
        var distribution = new RadialDistribution(2, 20, isPeriodic: false);
        var water = new Atoms([8, 1, 1], [0, 0, 0, 0.96, 0, 0, -0.24, 0.93, 0]);
        distribution.Add(water);
        distribution.Add(water);
        Assert.Equal(["H-H", "H-O"], distribution.Pairs);
        Assert.Equal(1, distribution.Of("H-O").Sum() * 0.1, 1e-12);   // each hydrogen has one oxygen
        Assert.Equal(1, distribution.Of("H-H").Sum() * 0.1, 1e-12);
        Assert.Equal(10, distribution.Of("H-O")[9], 1e-12);
        Assert.Throws<KeyNotFoundException>(() => distribution.Of("O-O"));
        Assert.Throws<ArgumentException>(() => new RadialDistribution(2, 20, isPeriodic: true).Add(water));
    }
}

using E3Gen.Potentials.Tests.Models;

namespace E3Gen.Potentials.Tests.Dynamics;

public sealed class LangevinTests
{
    /// <summary>
    /// BAOAB samples the positions of a harmonic oscillator exactly at any step (Leimkuhler and Matthews 2013), here at a quarter radian: variance kT/k, fourth moment three times its square.
    /// </summary>
    [Fact]
    public void Springs_have_the_positions_of_their_temperature()
    {
        const double T = 300, K = 1;
        const int Count = 60, Samples = 400;
        var random = new Random(1);
        var atoms = new Atoms([.. Enumerable.Repeat(8, Count)], [.. Enumerable.Range(0, 3 * Count).Select(_ => random.NextDouble() - 0.5)]);
        double omega = Math.Sqrt(K * MolecularUnits.Acceleration / AtomicWeights.Of(8)), step = 0.25 / omega;
        using var simulation = new Simulation(new Tethers(K), atoms, new Langevin(step, T, friction: omega, seed: 5));
        double square = 0, fourth = 0, temperature = 0;
        simulation.Run(200);
        simulation.Run(Samples * 20, 20, s =>
        {
            square += s.Positions.Average(x => x * x) / Samples;
            fourth += s.Positions.Average(x => x * x * x * x) / Samples;
            temperature += s.Temperature / Samples;
        });
        // 72 000 numbers, nearly independent after 5 radians: standard errors 0.5 % and 1.2 % of the moments.
        double variance = MolecularUnits.Boltzmann * T / K;
        Assert.InRange(square / variance, 0.98, 1.02);
        Assert.InRange(fourth / (3 * variance * variance), 0.95, 1.05);
        // Velocities of BAOAB are colder by (ω Δt)² / 4.
        Assert.InRange(temperature / T, 0.96, 1.0);
    }

    [Fact]
    public void A_cluster_has_the_temperature_of_its_bath()
    {
        using var simulation = new Simulation(PairPotential.Smooth(depth: 2), Structures.Cluster(8, 1), new Langevin(0.5, 150, friction: 0.05, seed: 3));
        simulation.Run(500);
        double sum = 0;
        int count = 0;
        simulation.Run(4000, 5, s =>
        {
            sum += s.Temperature;
            count++;
        });
        // 24 velocities, independent after about 10 fs: 2000 fs give a standard error of 2 %.
        Assert.InRange(sum / count / 150, 0.9, 1.1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        double[] first = Run(1), again = Run(1), other = Run(2);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static double[] Run(long seed)
        {
            using var simulation = new Simulation(PairPotential.Smooth(), Structures.Cluster(5, 1), new Langevin(1, 300, seed: seed));
            simulation.Run(40);
            return [.. simulation.Positions];
        }
    }

    [Fact]
    public void A_run_that_was_written_and_read_goes_on_exactly()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            using var whole = new Simulation(PairPotential.Smooth(), Structures.Cluster(5, 1), new Langevin(1, 300, seed: 7));
            whole.DrawVelocities(300);
            using (var trajectory = new TrajectoryWriter(folder))
            {
                whole.Run(30, 10, trajectory.Write);
            }

            whole.Run(30);
            Atoms last = ExtendedXyz.Read(TrajectoryWriter.FramesIn(folder)).Last();
            using var resumed = new Simulation(PairPotential.Smooth(), last, new Langevin(1, 300, seed: 7));
            using (var trajectory = new TrajectoryWriter(folder, append: true))
            {
                resumed.Run(30, 10, trajectory.Write);
            }

            Assert.Equal(whole.Positions, resumed.Positions);
            Assert.Equal(whole.Velocities, resumed.Velocities);
            Assert.Equal((60, 60.0), (resumed.Step, resumed.Time));
            Assert.Equal(["0", "10", "20", "30", "40", "50", "60"], File.ReadLines(TrajectoryWriter.EnergiesIn(folder)).Skip(1).Select(l => l.Split(',')[0]));
            Assert.Equal([0.0, 10, 20, 30, 40, 50, 60], ExtendedXyz.Read(TrajectoryWriter.FramesIn(folder)).Select(f => f.Info["time"].ToDouble()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(0, 300, 0.01)]
    [InlineData(-1, 300, 0.01)]
    [InlineData(double.NaN, 300, 0.01)]
    [InlineData(1, -1, 0.01)]
    [InlineData(1, double.PositiveInfinity, 0.01)]
    [InlineData(1, 300, -0.1)]
    public void Numbers_that_make_no_sense_are_refused(double step, double temperature, double friction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Langevin(step, temperature, friction));
}

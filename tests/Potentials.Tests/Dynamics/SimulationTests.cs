using E3Gen.Potentials.Tests.Models;
using TorchSharp;

namespace E3Gen.Potentials.Tests.Dynamics;

public sealed class SimulationTests
{
    [Fact]
    public void Velocities_are_drawn_without_motion_of_the_whole()
    {
        using var simulation = new Simulation(PairPotential.Smooth(), Structures.Cluster(8, 1), new VelocityVerlet(0.5));
        simulation.DrawVelocities(250, seed: 1);
        Assert.Equal(250, simulation.Temperature, 1e-9);
        Assert.Equal((3 * 8) - 6, simulation.DegreesOfFreedom);
        Assert.All(RigidMotion.Momentum(simulation.Velocities, simulation.Masses), p => Assert.Equal(0, p, 1e-14));
        var angular = new double[3];
        for (int i = 0; i < 8; i++)
        {
            (double[] r, double[] v) = (simulation.Positions[(3 * i)..(3 * i + 3)], simulation.Velocities[(3 * i)..(3 * i + 3)]);
            for (int a = 0; a < 3; a++) angular[a] += simulation.Masses[i] * ((r[(a + 1) % 3] * v[(a + 2) % 3]) - (r[(a + 2) % 3] * v[(a + 1) % 3]));
        }

        Assert.All(angular, l => Assert.Equal(0, l, 1e-13));
    }

    [Fact]
    public void Velocities_are_those_of_Maxwell_and_Boltzmann()
    {
        var random = new Random(1);
        int[] elements = [.. Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? 1 : 8)];
        using var simulation = new Simulation(new Tethers(1), new Atoms(elements, [.. Enumerable.Range(0, 6000).Select(_ => 10 * random.NextDouble())]), new VelocityVerlet(0.5));
        simulation.DrawVelocities(300, seed: 3);
        foreach ((int first, int element) in new[] { (0, 1), (1, 8) })
        {
            double[] v = [.. Enumerable.Range(0, 6000).Where(i => i / 3 % 2 == first).Select(i => simulation.Velocities[i])];
            double variance = MolecularUnits.Boltzmann * 300 * MolecularUnits.Acceleration / AtomicWeights.Of(element);
            // 3000 numbers: standard errors 2.6 % of the variance and 9 % of the fourth moment.
            Assert.InRange(v.Average(x => x * x) / variance, 0.9, 1.1);
            Assert.InRange(v.Average(x => x * x * x * x) / (3 * variance * variance), 0.7, 1.3);
        }
    }

    [Fact]
    public void Degrees_of_freedom_are_counted()
    {
        Assert.Equal(0, Freedom([18], [0, 0, 0]));
        Assert.Equal(1, Freedom([18, 18], [0, 0, 0, 1, 1, 0]));
        Assert.Equal(4, Freedom([8, 18, 8], [0, 0, 0, 1, 1, 0, 2, 2, 0]));
        Assert.Equal(3, Freedom([1, 8, 1], [0, 0, 0, 1, 1, 0, 2, 1, 0]));

        static int Freedom(int[] elements, double[] positions)
        {
            using var simulation = new Simulation(PairPotential.Smooth(), new Atoms(elements, positions), new VelocityVerlet(1));
            simulation.DrawVelocities(100);
            Assert.Equal(simulation.DegreesOfFreedom == 0 ? 0 : 100, simulation.Temperature, 1e-9);
            return simulation.DegreesOfFreedom;
        }
    }

    [Fact]
    public void Units_are_those_of_CODATA()
    {
        Assert.Equal(8.617333262e-5, MolecularUnits.Boltzmann, 1e-14);
        // ASE's unit of time, Å √(amu/eV), is 10.18050571 fs.
        Assert.Equal(10.18050571, 1 / Math.Sqrt(MolecularUnits.Acceleration), 1e-7);
    }

    [Fact]
    public void Weights_are_those_of_the_elements()
    {
        Assert.Equal(1.008, AtomicWeights.Of(1));
        Assert.Equal(15.999, AtomicWeights.Of(8));
        Assert.Equal(28.085, AtomicWeights.Of(14));
        Assert.Equal(63.546, AtomicWeights.Of(29));
        Assert.Equal(195.08, AtomicWeights.Of(78));
        Assert.Equal(238.03, AtomicWeights.Of(92));
        Assert.Equal(294, AtomicWeights.Of(118));
        // Weights rise with the number but for the places where Mendeleev swapped elements, and where weights are mass numbers of isotopes.
        int[] falling = [.. Enumerable.Range(1, 117).Where(z => AtomicWeights.Of(z + 1) < AtomicWeights.Of(z))];
        Assert.Equal([18, 27, 52, 90, 92, 94, 107], falling);
        Assert.Throws<ArgumentOutOfRangeException>(() => AtomicWeights.Of(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AtomicWeights.Of(119));
    }

    [Fact]
    public void An_explosion_says_what_happened_and_what_to_do()
    {
        using var simulation = new Simulation(PairPotential.Smooth(), Structures.Cluster(8, 1), new VelocityVerlet(30));
        simulation.DrawVelocities(5000, seed: 1);
        SimulationException error = Assert.Throws<SimulationException>(() => simulation.Run(500));
        Assert.Contains("smaller step", error.Message, StringComparison.Ordinal);
        Assert.Contains("moved by", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Energies_that_are_no_numbers_are_refused() =>
        Assert.Throws<SimulationException>(() => new Simulation(BrokenPotential.NotANumber(), Structures.Cluster(3, 1), new VelocityVerlet(1)));

    [Fact]
    public void Bad_structures_are_refused()
    {
        IPotential potential = PairPotential.Smooth();
        Assert.Contains("no atoms", Refused(new Atoms([], [])), StringComparison.Ordinal);
        Assert.Contains("Ne", Refused(new Atoms([10], [0, 0, 0])), StringComparison.Ordinal);
        Assert.Contains("same place", Refused(new Atoms([1, 1], [0, 0, 0, 0, 0, 0])), StringComparison.Ordinal);
        var wrong = new Atoms([1], [0, 0, 0]);
        wrong.Info.Add("velocities_unit", new InfoValue("angstrom/fs"));
        wrong.Columns.Add("velocities", new AtomColumn([1.0, 2.0], 2));
        Assert.Contains("velocities", Refused(wrong), StringComparison.Ordinal);
        Assert.Contains("masses", Assert.Throws<ArgumentException>(() => new Simulation(potential, new Atoms([1], [0, 0, 0]), new VelocityVerlet(1), [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Simulation(potential, new Atoms([1], [0, 0, 0]), new VelocityVerlet(1), [-1]));
        Assert.Throws<ArgumentException>(() => new Simulation(potential, new Atoms([1], [0, 0, 0]), new VelocityVerlet(1), dtype: torch.int64));

        string Refused(Atoms atoms) => Assert.ThrowsAny<ArgumentException>(() => new Simulation(potential, atoms, new VelocityVerlet(1))).Message;
    }

    [Fact]
    public void A_network_computes_in_its_own_type()
    {
        using var potential = new NetworkPotential(1);
        Atoms atoms = Structures.Cluster(6, 1);
        using var exact = new Simulation(potential, atoms, new VelocityVerlet(0.5));
        potential.to(torch.float32);
        using var single = new Simulation(potential, atoms, new VelocityVerlet(0.5));
        Assert.NotEqual(exact.PotentialEnergy, single.PotentialEnergy);
        Assert.Equal(exact.PotentialEnergy, single.PotentialEnergy, 1e-4);
    }

    [Fact]
    public void Drift_is_the_slope_of_a_line()
    {
        var drift = new EnergyDrift();
        for (int i = 0; i <= 1000; i++) drift.Add(i, -2000 + (1e-6 * i) + (i % 2 == 0 ? 1e-3 : -1e-3));
        Assert.Equal(1.0, drift.Drift, 0.01);
        Assert.Equal(1.0, drift.Fluctuation, 0.01);
        Assert.Equal(0, new EnergyDrift().Drift);
    }
}

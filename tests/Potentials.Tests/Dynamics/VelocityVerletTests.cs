using E3Gen.Potentials.Tests.Models;

namespace E3Gen.Potentials.Tests.Dynamics;

public sealed class VelocityVerletTests
{
    [Fact]
    public void Energy_errors_go_with_the_square_of_the_step()
    {
        double coarse = Swing(1.0), middle = Swing(0.5), fine = Swing(0.25);
        Assert.InRange(coarse / middle, 3.8, 4.2);
        Assert.InRange(middle / fine, 3.8, 4.2);

        static double Swing(double step)
        {
            using var simulation = new Simulation(PairPotential.Smooth(), Structures.Cluster(6, 1), new VelocityVerlet(step));
            simulation.DrawVelocities(200, seed: 1);
            var energies = new List<double>();
            simulation.Run((long)(60 / step), (int)(1 / step), s => energies.Add(s.TotalEnergy));
            return Math.Sqrt(energies.Average(e => Math.Pow(e - energies[0], 2)));
        }
    }

    [Fact]
    public void Energy_does_not_drift()
    {
        using var simulation = new Simulation(PairPotential.Smooth(), Structures.Cluster(6, 2), new VelocityVerlet(0.5));
        simulation.DrawVelocities(300, seed: 2);
        var drift = new EnergyDrift();
        simulation.Run(3000, 5, drift.Add);
        Assert.Equal(1500, drift.Duration, 1e-9);
        Assert.InRange(Math.Abs(drift.Drift), 0, 0.05);
        Assert.InRange(drift.Fluctuation, 1e-4, 0.5);
    }

    [Fact]
    public void A_sharp_cutoff_is_seen_in_the_energy()
    {
        // Rigid enough that the cluster stays, small enough a cutoff that atoms cross it.
        Assert.True(Wandering(PairPotential.Sharp(2.4)) > 20 * Wandering(PairPotential.Smooth(2.4)));

        static double Wandering(IPotential potential)
        {
            using var simulation = new Simulation(potential, Structures.Cluster(6, 2), new VelocityVerlet(0.5));
            simulation.DrawVelocities(300, seed: 2);
            var drift = new EnergyDrift();
            simulation.Run(400, 1, drift.Add);
            return drift.Fluctuation;
        }
    }

    [Fact]
    public void Time_runs_back()
    {
        Atoms start = Structures.Cluster(6, 3);
        using var forth = new Simulation(PairPotential.Smooth(), start, new VelocityVerlet(0.5));
        forth.DrawVelocities(300, seed: 3);
        double[] velocities = [.. forth.Velocities];
        forth.Run(300);
        Assert.True(Difference(start.Positions, forth.Positions) > 0.1);

        using var back = new Simulation(PairPotential.Smooth(), forth.Frame(), new VelocityVerlet(-0.5));
        back.Run(300);
        Assert.InRange(Difference(start.Positions, back.Positions), 0, 1e-9);
        Assert.InRange(Difference(velocities, back.Velocities), 0, 1e-9);
        Assert.Equal(0, back.Time, 1e-9);
    }

    [Fact]
    public void A_crystal_keeps_its_momentum()
    {
        using var simulation = new Simulation(PairPotential.Smooth(), Structures.Crystal(1), new VelocityVerlet(0.5));
        simulation.DrawVelocities(300, seed: 4);
        simulation.Run(200);
        Assert.All(RigidMotion.Momentum(simulation.Velocities, simulation.Masses), p => Assert.Equal(0, p, 1e-12));
        Assert.Equal(9, simulation.DegreesOfFreedom);
    }

    [Fact]
    public void A_dimer_swings_with_its_frequency()
    {
        const double Step = 0.5, Amplitude = 2e-4;
        var potential = new PairPotential(6, x => TorchSharp.torch.ones_like(x), ["Ar"]);
        using var simulation = new Simulation(potential, new Atoms([18, 18], [0, 0, 0, PairPotential.Length + Amplitude, 0, 0]), new VelocityVerlet(Step));
        double before = Amplitude;
        var crossings = new List<double>();
        simulation.Run(6000, 1, s =>
        {
            double stretch = s.Positions[3] - s.Positions[0] - PairPotential.Length;
            if (before < 0 && stretch >= 0) crossings.Add(s.Time - (Step * stretch / (stretch - before)));
            before = stretch;
        });
        double measured = 2 * Math.PI * (crossings.Count - 1) / (crossings[^1] - crossings[0]);
        double k = 2 * PairPotential.Depth * PairPotential.Width * PairPotential.Width, exact = Math.Sqrt(k * MolecularUnits.Acceleration / (39.95 / 2));
        // Verlet's own frequency, from sin(ω' Δt / 2) = ω Δt / 2.
        Assert.Equal(2 / Step * Math.Asin(exact * Step / 2), measured, 1e-6 * exact);
        Assert.True(crossings.Count > 10);
    }

    private static double Difference(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}

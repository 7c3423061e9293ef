namespace E3Gen.Potentials;

/// <summary>
/// Dynamics of constant temperature (NVT): friction and random forces on every atom, <c>m dv = F dt − γ m v dt + √(2 γ m k T) dW</c>, in the order BAOAB, which samples positions with the smallest
/// error of its kind (B. Leimkuhler, C. Matthews, Appl. Math. Res. Express 2013, 34). The random numbers of a step depend on the seed and the number of the step alone.
/// </summary>
/// <param name="stepLength">Length of a step, fs, positive.</param>
/// <param name="temperature">T, K, not negative.</param>
/// <param name="friction">γ, 1/fs, not negative: velocities are forgotten within 1/γ; 0.01 is gentle.</param>
/// <param name="seed">Of the random numbers.</param>
public sealed class Langevin(double stepLength, double temperature, double friction = 0.01, long seed = 0) : IIntegrator
{
    private double[] _noise = [];

    /// <inheritdoc/>
    public double StepLength { get; } = Motion.CheckStep(stepLength, allowNegative: false);

    /// <summary>Temperature of the bath, K.</summary>
    public double Temperature { get; } = Motion.CheckNotNegative(temperature, nameof(temperature), "The temperature in K");

    /// <summary>γ, 1/fs.</summary>
    public double Friction { get; } = Motion.CheckNotNegative(friction, nameof(friction), "The friction in 1/fs");

    /// <summary>Seed of the random numbers.</summary>
    public long Seed { get; } = seed;

    /// <inheritdoc/>
    public bool ConservesMomentum => Friction == 0;

    /// <inheritdoc/>
    public void Advance(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        Motion.Kick(simulation, StepLength / 2);
        Motion.Drift(simulation, StepLength / 2);
        Thermalise(simulation);
        Motion.Drift(simulation, StepLength / 2);
        simulation.UpdateForces();
        Motion.Kick(simulation, StepLength / 2);
    }

    /// <summary>The exact solution of friction and noise alone: <c>v ← c v + √((1 − c²) k T / m) ξ</c> with <c>c = exp(−γ Δt)</c>.</summary>
    private void Thermalise(Simulation simulation)
    {
        double[] velocities = simulation.Velocities;
        if (_noise.Length != velocities.Length) _noise = new double[velocities.Length];
        GaussianNoise.Fill(Seed, simulation.Step, _noise);
        double kept = Math.Exp(-Friction * StepLength), variance = (1 - (kept * kept)) * MolecularUnits.Boltzmann * Temperature * MolecularUnits.Acceleration;
        for (int i = 0; i < velocities.Length; i++)
        {
            velocities[i] = (kept * velocities[i]) + (Math.Sqrt(variance / simulation.Masses[i / 3]) * _noise[i]);
        }
    }
}

namespace E3Gen.Potentials;

/// <summary>
/// Dynamics of constant energy (NVE) by velocity Verlet: reversible in time and symplectic, so that the energy does not drift but swings by an amount that goes with the square of the step
/// (W. Swope, H. Andersen, P. Berens, K. Wilson, J. Chem. Phys. 76, 637 (1982)).
/// </summary>
/// <param name="stepLength">Length of a step, fs: about a twentieth of the fastest vibration, 0.5 with hydrogen and 2 with heavy atoms alone; negative goes back in time.</param>
public sealed class VelocityVerlet(double stepLength) : IIntegrator
{
    /// <inheritdoc/>
    public double StepLength { get; } = Motion.CheckStep(stepLength, allowNegative: true);

    /// <inheritdoc/>
    public bool ConservesMomentum => true;

    /// <inheritdoc/>
    public void Advance(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        Motion.Kick(simulation, StepLength / 2);
        Motion.Drift(simulation, StepLength);
        simulation.UpdateForces();
        Motion.Kick(simulation, StepLength / 2);
    }
}

namespace E3Gen.Potentials;

/// <summary>A rule that carries positions and velocities over one step of time.</summary>
public interface IIntegrator
{
    /// <summary>Length of a step, fs.</summary>
    double StepLength { get; }

    /// <summary>Whether total momentum, and without a cell angular momentum, stay as they are, so that they are no degrees of freedom that take heat.</summary>
    bool ConservesMomentum { get; }

    /// <summary>Carries a simulation over one step: moves its velocities and positions, and calls <see cref="Simulation.UpdateForces"/> when positions have moved.</summary>
    /// <param name="simulation">The simulation, whose forces belong to its positions; it counts the step itself.</param>
    void Advance(Simulation simulation);
}

using System.Globalization;

namespace E3Gen.Potentials;

/// <summary>The two halves that integrators are made of, and checks of their numbers.</summary>
internal static class Motion
{
    /// <summary>v ← v + F/m · t.</summary>
    public static void Kick(Simulation simulation, double time)
    {
        (double[] velocities, double[] forces, double[] masses) = (simulation.Velocities, simulation.Forces, simulation.Masses);
        for (int i = 0; i < velocities.Length; i++) velocities[i] += time * MolecularUnits.Acceleration * forces[i] / masses[i / 3];
    }

    /// <summary>r ← r + v · t.</summary>
    public static void Drift(Simulation simulation, double time)
    {
        (double[] positions, double[] velocities) = (simulation.Positions, simulation.Velocities);
        for (int i = 0; i < positions.Length; i++) positions[i] += time * velocities[i];
    }

    public static double CheckStep(double step, bool allowNegative)
    {
        if (double.IsFinite(step) && (allowNegative ? step != 0 : step > 0)) return step;
        string expected = allowNegative ? "number that is not 0" : "positive number";
        throw new ArgumentOutOfRangeException("stepLength", step, string.Create(CultureInfo.InvariantCulture, $"The step is {step} fs; expected a finite {expected}, such as 0.5."));
    }

    public static double CheckNotNegative(double value, string name, string what) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{what} is {value}; expected a finite number that is not negative."));
}

using E3Gen;
using E3Gen.Potentials;

namespace Potential.Report;

/// <summary>A structure with what was predicted beside what was known.</summary>
internal static class PredictedStructure
{
    /// <summary>Adds predicted_energy, predicted_forces and, with a volume, predicted_stress.</summary>
    public static Atoms Of(Atoms atoms, Prediction prediction)
    {
        Atoms copy = atoms.WithPositions(atoms.Positions);
        copy.Info["predicted_energy"] = new InfoValue(prediction.Energy);
        copy.Columns["predicted_forces"] = new AtomColumn(prediction.Forces, 3);
        if (prediction.Stress is { } stress) copy.Info["predicted_stress"] = new InfoValue(stress, columns: 3);
        return copy;
    }

    /// <summary>The mean in the same way, and standard deviations: energy_spread by atom, and the column force_spread.</summary>
    public static Atoms Of(CommitteePrediction prediction)
    {
        Atoms copy = Of(prediction.Structure.Atoms, prediction.Mean);
        copy.Info["energy_spread"] = new InfoValue(prediction.EnergySpread);
        copy.Columns["force_spread"] = new AtomColumn(prediction.ForceSpread, 1);
        return copy;
    }
}

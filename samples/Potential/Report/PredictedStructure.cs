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
}

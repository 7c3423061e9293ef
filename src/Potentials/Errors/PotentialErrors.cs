namespace E3Gen.Potentials;

/// <summary>Errors of predictions, in the units of the data.</summary>
public sealed class PotentialErrors
{
    /// <summary>Structures compared.</summary>
    public int Structures { get; private set; }

    /// <summary>Of total energies.</summary>
    public ErrorSums Energy { get; } = new();

    /// <summary>Of energies by atom, ΔE / N.</summary>
    public ErrorSums EnergyPerAtom { get; } = new();

    /// <summary>Of components of forces.</summary>
    public ErrorSums Forces { get; } = new();

    /// <summary>Of components of stresses.</summary>
    public ErrorSums Stress { get; } = new();

    /// <summary>Compares a prediction with what is known.</summary>
    /// <param name="structure">What is known.</param>
    /// <param name="prediction">The prediction for it.</param>
    public void Add(LabelledStructure structure, Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(prediction);
        Structures++;
        if (structure.Energy is { } energy)
        {
            Energy.Add(prediction.Energy - energy);
            EnergyPerAtom.Add((prediction.Energy - energy) / structure.Atoms.Count);
        }

        Add(Forces, structure.Forces, prediction.Forces);
        Add(Stress, structure.Stress, prediction.Stress);
    }

    private static void Add(ErrorSums sums, IReadOnlyList<double>? reference, double[]? predicted)
    {
        if (reference is null || predicted is null) return;
        for (int i = 0; i < predicted.Length; i++) sums.Add(predicted[i] - reference[i]);
    }
}

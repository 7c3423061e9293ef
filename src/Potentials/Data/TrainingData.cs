namespace E3Gen.Potentials;

/// <summary>What a potential learns from and what tells when it is best.</summary>
/// <param name="Training">Structures to learn from, at least one.</param>
/// <param name="Validation">Structures that are only watched, at least one.</param>
/// <param name="References">E0 of each species.</param>
public sealed record TrainingData(IReadOnlyList<LabelledStructure> Training, IReadOnlyList<LabelledStructure> Validation, ReferenceEnergies References)
{
    /// <summary>What the training set says; neighbours are counted within the cutoff, from the graphs that are made anyway.</summary>
    internal DatasetStatistics Statistics(IReadOnlyList<PreparedStructure> prepared)
    {
        LabelledStructure[] withEnergy = [.. Training.Where(s => s.Energy is not null)];
        double[] energies = [.. withEnergy.Select(s => (s.Energy!.Value - References.Of(s.Atoms)) / s.Atoms.Count)];
        double mean = energies.Length == 0 ? 0 : energies.Average();
        (double sum, long count) = (0, 0);
        foreach (double component in Training.Where(s => s.Forces is not null).SelectMany(s => s.Forces!))
        {
            sum += component * component;
            count++;
        }

        double scale = count > 0 ? Math.Sqrt(sum / count) : Math.Sqrt(energies.Select(e => (e - mean) * (e - mean)).DefaultIfEmpty(1).Average());
        return new DatasetStatistics
        {
            Species = References.Species,
            AtomEnergies = References.Values,
            MeanEnergy = mean,
            Scale = scale > 0 ? scale : 1,
            Neighbors = prepared.Sum(p => p.Graph.EdgeCount) / (double)prepared.Sum(p => p.Graph.NodeCount),
        };
    }
}

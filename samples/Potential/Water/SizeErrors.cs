using E3Gen.Potentials;

namespace Potential.Water;

/// <summary>Errors of clusters of one size, beside those of who knows the mean energy of a water molecule, and no forces.</summary>
internal sealed record SizeErrors(int Waters, PotentialErrors Network, PotentialErrors Baseline)
{
    public static SizeErrors[] Of(IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> compared, IReadOnlyList<LabelledStructure> training)
    {
        double perWater = training.Sum(s => s.Energy!.Value) / training.Sum(WaterClusters.Waters);
        return [.. compared.GroupBy(c => WaterClusters.Waters(c.Structure)).OrderBy(g => g.Key).Select(size =>
        {
            (PotentialErrors network, PotentialErrors baseline) = (new(), new());
            foreach ((LabelledStructure structure, Prediction prediction) in size)
            {
                network.Add(structure, prediction);
                baseline.Add(structure, new Prediction(size.Key * perWater, new double[prediction.Forces.Length], null));
            }

            return new SizeErrors(size.Key, network, baseline);
        })];
    }
}

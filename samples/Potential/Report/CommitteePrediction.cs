using E3Gen.Potentials;

namespace Potential.Report;

/// <summary>What a committee says of a structure: the mean of its members, and how far they are apart.</summary>
/// <param name="Place">Number of the structure in the files, from 0.</param>
/// <param name="Structure">The structure, with what is known of it.</param>
/// <param name="Mean">Mean energy, forces and, of a periodic structure, stress.</param>
/// <param name="EnergySpread">Standard deviation of the energy by atom.</param>
/// <param name="ForceSpread">Standard deviation of the force on each atom: [N].</param>
internal sealed record CommitteePrediction(int Place, LabelledStructure Structure, Prediction Mean, double EnergySpread, double[] ForceSpread)
{
    /// <summary>Structures that are computed together.</summary>
    private const int BatchSize = 16;

    public static IReadOnlyList<CommitteePrediction> All(Committee committee, IReadOnlyList<LabelledStructure> structures) =>
        [.. structures.Chunk(BatchSize).SelectMany((chunk, i) => Split(committee.Evaluate([.. chunk.Select(s => s.Atoms)], stresses: chunk.Any(s => s.HasVolume)), chunk, i * BatchSize))];

    private static IEnumerable<CommitteePrediction> Split(CommitteeResult result, LabelledStructure[] structures, int place)
    {
        int first = 0;
        for (int g = 0; g < structures.Length; g++)
        {
            int end = first + structures[g].Atoms.Count;
            var mean = new Prediction(result.Energies[g], result.Forces[(3 * first)..(3 * end)], structures[g].HasVolume ? result.Stresses![(9 * g)..(9 * g + 9)] : null);
            yield return new CommitteePrediction(place + g, structures[g], mean, result.EnergySpread[g], result.ForceSpread[first..end]);
            first = end;
        }
    }
}

using E3Gen;
using E3Gen.Potentials;

namespace Potential.Report;

/// <summary>What a committee says of a structure: the mean of its members, and how far they are apart.</summary>
/// <param name="Structure">The structure, with what is known of it.</param>
/// <param name="Mean">Mean energy, forces and, of a periodic structure, stress.</param>
/// <param name="EnergySpread">Standard deviation of the energy by atom.</param>
/// <param name="ForceSpread">Standard deviation of the force on each atom: [N].</param>
internal sealed record CommitteePrediction(LabelledStructure Structure, Prediction Mean, double EnergySpread, double[] ForceSpread)
{
    /// <summary>Structures that are computed together.</summary>
    private const int BatchSize = 16;

    public static IReadOnlyList<CommitteePrediction> All(Committee committee, IReadOnlyList<LabelledStructure> structures) =>
        [.. structures.Chunk(BatchSize).SelectMany(chunk => Split(committee.Evaluate([.. chunk.Select(s => s.Atoms)], stresses: chunk.Any(s => s.Atoms.IsPeriodic)), chunk))];

    private static IEnumerable<CommitteePrediction> Split(CommitteeResult result, LabelledStructure[] structures)
    {
        int first = 0;
        for (int g = 0; g < structures.Length; g++)
        {
            (int end, Atoms atoms) = (first + structures[g].Atoms.Count, structures[g].Atoms);
            bool hasStress = atoms.IsPeriodic && atoms.Volume() > 0;
            var mean = new Prediction(result.Energies[g], result.Forces[(3 * first)..(3 * end)], hasStress ? result.Stresses![(9 * g)..(9 * g + 9)] : null);
            yield return new CommitteePrediction(structures[g], mean, result.EnergySpread[g], result.ForceSpread[first..end]);
            first = end;
        }
    }
}

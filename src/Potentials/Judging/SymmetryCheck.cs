using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>Rotations, inversion and translations: the energy stays, forces turn as vectors, the virial as a symmetric tensor.</summary>
internal sealed class SymmetryCheck : ICheck
{
    private static readonly CartesianTensor Symmetric = new("ij=ji");

    public string Name => "rotation, inversion, translation";

    public IEnumerable<Judgement> Run(Subject subject)
    {
        yield return Measure(subject, "energy", "0e", r => r.Energies.view(-1, 1));
        yield return Measure(subject, "forces", "1o", r => r.Forces!);
        yield return Measure(subject, "virial", Symmetric.Irreps, r => Symmetric.FromCartesian(r.Virials!));
    }

    private Judgement Measure(Subject subject, string quantity, Irreps output, Func<PotentialResult, Tensor> select)
    {
        EquivarianceReport? worst = null;
        foreach (Atoms atoms in subject.Structures)
        {
            using var scope = NewDisposeScope();
            using Graph graph = atoms.ToGraph(subject.Potential.Cutoff, subject.Type, subject.Device);
            Tensor positions = atoms.PositionTensor(subject.Type, subject.Device), species = subject.Potential.SpeciesOf([atoms], subject.Device);
            EquivarianceReport report = Equivariance.Measure(
                (x, moved) => select(subject.Potential.Evaluate(x[0], species, moved, forces: true, virials: true)),
                [EquivariantInput.Points(positions)], graph, output, rotations: 2, seed: subject.Seed);
            if (worst is null || report.Error > worst.Error) worst = report;
        }

        string note = worst!.ToString().Split('\n').FirstOrDefault(l => l.Contains("worst", StringComparison.Ordinal))?.Trim() ?? "";
        return Judgement.Of(Name, quantity, worst.Error, subject.Relative, "relative", note);
    }
}

using TorchSharp;

namespace E3Gen.Potentials;

/// <summary>
/// Measures what a potential must be, whoever made it and however it was trained: equivariant; the same for atoms in another order; smooth where atoms come into each other's cutoff; additive for
/// molecules far from each other; with forces and stress that are derivatives of its energy; the same for a crystal in whatever cell. Nothing is compared with reference data.
/// Modules are called in their current mode: call <c>eval()</c> first. Judge in float64 (<c>potential.to(torch.float64)</c>), where faults are not hidden by rounding.
/// </summary>
public static class PotentialJudge
{
    private static readonly ICheck[] Checks =
        [new SymmetryCheck(), new PermutationCheck(), new BatchCheck(), new SmoothnessCheck(), new WorkCheck(), new SizeConsistencyCheck(), new DerivativeCheck(), new PeriodicityCheck()];

    /// <summary>Judges a potential on examples. What it throws is reported and does not end the judgement.</summary>
    /// <param name="potential">The potential; energies in eV and lengths in Å are assumed in the report's units.</param>
    /// <param name="examples">Structures of the kind it is made for, at least one; molecules, crystals or both.</param>
    /// <param name="atMost">How many of them are looked at, spread evenly.</param>
    /// <param name="seed">Of random rotations, directions and permutations.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">There is no structure, or one without atoms.</exception>
    public static PotentialReport Judge(IPotential potential, IReadOnlyList<Atoms> examples, int atMost = 6, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        if (examples.Count == 0) throw new ArgumentException("There is no structure to judge the potential on; give at least one.", nameof(examples));
        int empty = examples.ToList().FindIndex(a => a.Count == 0);
        if (empty >= 0) throw new ArgumentException($"Structure {empty} has no atoms.", nameof(examples));

        int count = Math.Min(atMost, examples.Count);
        Atoms[] chosen = [.. Enumerable.Range(0, count).Select(i => examples[(int)((long)i * examples.Count / count)])];
        var subject = new Subject(potential, chosen, seed);
        string title = $"{potential.GetType().Name}, {subject.TypeName}, judged on {count} structure{(count == 1 ? "" : "s")}";
        try
        {
            subject.MeasureScales();
        }
        catch (Exception error)
        {
            return new PotentialReport(title, [Judgement.Threw("evaluation", error)]);
        }

        return new PotentialReport(title, [.. Checks.SelectMany(c => Run(c, subject))]);
    }

    /// <summary>A potential is anybody's code: whatever it throws is a finding.</summary>
    private static List<Judgement> Run(ICheck check, Subject subject)
    {
        using var scope = torch.NewDisposeScope();
        var found = new List<Judgement>();
        try
        {
            foreach (Judgement judgement in check.Run(subject)) found.Add(judgement);
        }
        catch (Exception error)
        {
            found.Add(Judgement.Threw(check.Name, error));
        }

        return found;
    }
}

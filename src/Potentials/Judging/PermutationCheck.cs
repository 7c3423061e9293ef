namespace E3Gen.Potentials;

/// <summary>Atoms in another order: the same energy, and the forces of the same atoms.</summary>
internal sealed class PermutationCheck : ICheck
{
    public string Name => "permutation of atoms";

    public IEnumerable<Judgement> Run(Subject subject)
    {
        Random random = subject.NewRandom();
        double energy = 0, force = 0;
        foreach (Atoms atoms in subject.Structures)
        {
            int[] order = [.. Enumerable.Range(0, atoms.Count)];
            random.Shuffle(order);
            Evaluation before = subject.Evaluate(atoms), after = subject.Evaluate(Geometry.Permute(atoms, order));
            energy = Largest.Of(energy, Math.Abs(after.Energy - before.Energy));
            force = Largest.Of(force, Largest.Difference(after.Forces, Geometry.Rows(before.Forces, order)));
        }

        return subject.Equal(Name, "", energy, force);
    }
}

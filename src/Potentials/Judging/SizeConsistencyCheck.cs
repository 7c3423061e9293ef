namespace E3Gen.Potentials;

/// <summary>Two structures far from each other, both as molecules: the energy is the sum of theirs, forces are those that each has alone.</summary>
internal sealed class SizeConsistencyCheck : ICheck
{
    /// <summary>The gap between them, in cutoff radii: more than any number of layers reaches.</summary>
    private const double Gap = 20;

    public string Name => "separated molecules";

    public IEnumerable<Judgement> Run(Subject subject)
    {
        double energy = 0, force = 0;
        for (int i = 0; i < subject.Structures.Count; i++)
        {
            Atoms a = Geometry.Open(subject.Structures[i]), b = Geometry.Open(subject.Structures[(i + 1) % subject.Structures.Count]);
            double apart = X(a).Max() - X(b).Min() + (Gap * subject.Potential.Cutoff);
            // Alone at the same place: differences of rounding are none of the potential's.
            b = Geometry.Shift(b, apart, 0, 0);
            Evaluation both = subject.Evaluate(Geometry.Union(a, b)), first = subject.Evaluate(a), second = subject.Evaluate(b);
            energy = Largest.Of(energy, Math.Abs(both.Energy - first.Energy - second.Energy));
            force = Largest.Of(force, Largest.Difference(both.Forces, [.. first.Forces, .. second.Forces]));
        }

        return subject.Equal(Name, "", energy, force);
    }

    private static IEnumerable<double> X(Atoms atoms) => atoms.Positions.Where((_, i) => i % 3 == 0);
}

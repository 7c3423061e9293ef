namespace E3Gen.Potentials;

/// <summary>
/// A crystal in a larger cell has as many times the energy and the same forces; atoms moved by lattice vectors change nothing. Where no structure is periodic, molecules in a small box stand in.
/// </summary>
internal sealed class PeriodicityCheck : ICheck
{
    /// <summary>Å between a molecule and its image.</summary>
    private const double Room = 2.5;

    /// <summary>A cell is doubled in all directions up to this number of atoms, else in one.</summary>
    private const int MostAtoms = 128;

    public string Name => "crystals";

    public IEnumerable<Judgement> Run(Subject subject)
    {
        Random random = subject.NewRandom();
        Atoms[] periodic = [.. subject.Structures.Where(a => a.IsPeriodic)];
        if (periodic.Length == 0) periodic = [.. subject.Structures.Select(a => Geometry.InCell(a, Room))];
        double energy = 0, force = 0, wrappedEnergy = 0, wrappedForce = 0;
        foreach (Atoms crystal in periodic)
        {
            Evaluation one = subject.Evaluate(crystal);
            (int a, int b, int c) = Times(crystal);
            int cells = a * b * c;
            Evaluation many = subject.Evaluate(Geometry.Repeat(crystal, a, b, c));
            energy = Largest.Of(energy, Math.Abs((many.Energy / cells) - one.Energy));
            force = Largest.Of(force, Largest.Difference(many.Forces, [.. Enumerable.Repeat(one.Forces, cells).SelectMany(f => f)]));
            Evaluation moved = subject.Evaluate(MoveByLatticeVectors(crystal, random));
            wrappedEnergy = Largest.Of(wrappedEnergy, Math.Abs(moved.Energy - one.Energy));
            wrappedForce = Largest.Of(wrappedForce, Largest.Difference(moved.Forces, one.Forces));
        }

        return [.. subject.Equal(Name, " in a larger cell", energy, force), .. subject.Equal(Name, ", atoms wrapped", wrappedEnergy, wrappedForce)];
    }

    private static (int A, int B, int C) Times(Atoms crystal)
    {
        int[] flags = [crystal.Periodic.A ? 2 : 1, crystal.Periodic.B ? 2 : 1, crystal.Periodic.C ? 2 : 1];
        if (crystal.Count * flags[0] * flags[1] * flags[2] > MostAtoms)
        {
            int first = Array.IndexOf(flags, 2);
            for (int i = 0; i < 3; i++) flags[i] = i == first ? 2 : 1;
        }

        return (flags[0], flags[1], flags[2]);
    }

    private static Atoms MoveByLatticeVectors(Atoms crystal, Random random)
    {
        bool[] periodic = [crystal.Periodic.A, crystal.Periodic.B, crystal.Periodic.C];
        double[] moved = [.. crystal.Positions], cell = crystal.Cell!;
        for (int atom = 0; atom < crystal.Count; atom++)
        {
            for (int vector = 0; vector < 3; vector++)
            {
                int times = periodic[vector] ? random.Next(-1, 2) : 0;
                for (int axis = 0; axis < 3; axis++) moved[(3 * atom) + axis] += times * cell[(3 * vector) + axis];
            }
        }

        return crystal.WithPositions(moved);
    }
}

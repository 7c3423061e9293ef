namespace E3Gen.Potentials;

/// <summary>A structure where one atom is exactly at the cutoff radius of one other, and at that of no third.</summary>
/// <param name="Atoms">The structure, without a cell.</param>
/// <param name="Moving">The atom that was put there.</param>
/// <param name="Direction">From the other atom to it: [3], of length 1.</param>
internal sealed record CutoffCrossing(Atoms Atoms, int Moving, double[] Direction)
{
    private const int Tries = 400;

    /// <summary>Atoms may be this much closer than the closest two of the structure.</summary>
    private const double Closeness = 0.9;

    /// <summary>The place, of random ones, where the atom has the most neighbours.</summary>
    /// <param name="atoms">Where atoms are taken from.</param>
    /// <param name="cutoff">The radius.</param>
    /// <param name="margin">No third atom is this near to it.</param>
    /// <param name="random">Random numbers.</param>
    /// <returns>Null if no place has another neighbour.</returns>
    public static CutoffCrossing? Find(Atoms atoms, double cutoff, double margin, Random random)
    {
        if (atoms.Count < 3) return null;
        double[] positions = atoms.Positions;
        double closest = Closeness * ClosestPair(positions);
        (int Neighbors, CutoffCrossing? Found) best = (0, null);
        for (int i = 0; i < Tries; i++)
        {
            int moving = random.Next(atoms.Count), other = random.Next(atoms.Count);
            double[] u = Geometry.Direction(random, 3);
            if (moving == other) continue;
            double[] place = [.. u.Select((x, axis) => positions[(3 * other) + axis] + (cutoff * x))];
            int neighbors = 0;
            bool isFree = true;
            for (int third = 0; third < atoms.Count && isFree; third++)
            {
                if (third == moving || third == other) continue;
                double r = Geometry.Distance(place, positions.AsSpan(3 * third, 3));
                isFree = r > closest && Math.Abs(r - cutoff) > margin;
                if (r < cutoff) neighbors++;
            }

            if (!isFree || neighbors <= best.Neighbors) continue;
            double[] moved = [.. positions];
            place.CopyTo(moved, 3 * moving);
            best = (neighbors, new CutoffCrossing(new Atoms(atoms.AtomicNumbers, moved), moving, u));
        }

        return best.Found;
    }

    private static double ClosestPair(double[] positions)
    {
        double closest = double.PositiveInfinity;
        for (int i = 0; i < positions.Length / 3; i++)
        {
            for (int j = 0; j < i; j++) closest = Math.Min(closest, Geometry.Distance(positions, i, j));
        }

        return closest;
    }
}

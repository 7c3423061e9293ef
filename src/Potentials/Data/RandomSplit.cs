namespace E3Gen.Potentials;

/// <summary>Sets structures aside for validation.</summary>
public static class RandomSplit
{
    /// <summary>Draws structures without replacement; the same ones for the same seed.</summary>
    /// <param name="structures">The structures, at least two.</param>
    /// <param name="validFraction">Which part is for validation, between 0 and 1; at least one structure is, and at least one is not.</param>
    /// <param name="seed">What the draw follows from.</param>
    /// <returns>Both parts in the order of the structures.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">There are fewer than two structures.</exception>
    public static (IReadOnlyList<LabelledStructure> Training, IReadOnlyList<LabelledStructure> Validation) Draw(
        IReadOnlyList<LabelledStructure> structures, double validFraction, int seed)
    {
        ArgumentNullException.ThrowIfNull(structures);
        if (!(validFraction is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(validFraction), validFraction, "The fraction for validation must be between 0 and 1.");
        if (structures.Count < 2) throw new ArgumentException("A split needs at least two structures.", nameof(structures));
        int count = Math.Clamp((int)Math.Round(validFraction * structures.Count), 1, structures.Count - 1);
        HashSet<int> aside = [.. EpochOrder.Of(structures.Count, seed, epoch: -1).Take(count)];
        return ([.. structures.Where((_, i) => !aside.Contains(i))], [.. structures.Where((_, i) => aside.Contains(i))]);
    }
}

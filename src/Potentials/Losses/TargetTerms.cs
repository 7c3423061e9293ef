namespace E3Gen.Potentials;

/// <summary>Which targets a loss has something to compare with.</summary>
internal static class TargetTerms
{
    /// <exception cref="ArgumentException">No structure has a target that counts: the loss would be 0, whatever the potential says.</exception>
    public static void Require(IReadOnlyList<LabelledStructure> structures, string set, LossWeights weights)
    {
        bool Counts(LabelledStructure s) =>
            s.Weight > 0 && (s.Energy is not null && weights.Energy > 0 || s.Forces is not null && weights.Forces > 0 || s.Stress is not null && weights.Stress > 0);

        if (structures.Any(Counts)) return;
        throw new ArgumentException(
            $"No structure for {set} has an energy, forces or a stress that counts in the loss with {weights}: it would always be 0. Give structures with targets, or other weights.",
            nameof(structures));
    }
}

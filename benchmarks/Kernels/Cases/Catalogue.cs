namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>Everything that can be measured.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Case> All { get; } =
        [.. HarmonicsCases.All, .. ProductCases.All, .. ConvolutionCases.All, .. NetworkCases.All, .. NetworkCases.Sizes, .. ConvolutionCases.Degrees, .. ConvolutionCases.Copies];

    /// <summary>The cases with these names or beginnings of families; all without filters.</summary>
    /// <exception cref="ArgumentException">A filter fits no case.</exception>
    public static IReadOnlyList<Case> Select(IReadOnlyList<string> filters)
    {
        bool Fits(Case c, string filter) => filter.Contains('/')
            ? c.Name.Equals(filter, StringComparison.OrdinalIgnoreCase)
            : c.Name.StartsWith(filter, StringComparison.OrdinalIgnoreCase);
        if (filters.FirstOrDefault(f => !All.Any(c => Fits(c, f))) is { } stray)
            throw new ArgumentException($"There is no case '{stray}'. There are: {string.Join(", ", All.Select(c => c.Name))}.");
        return [.. All.Where(c => filters.Count == 0 || filters.Any(f => Fits(c, f)))];
    }
}

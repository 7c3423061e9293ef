namespace E3Gen;

/// <summary>What became of the keys of a file and of a module.</summary>
public sealed class LoadReport
{
    internal LoadReport()
    {
    }

    /// <summary>Keys of the module that were loaded, each with the key of the file that it came from.</summary>
    public required IReadOnlyDictionary<string, string> Loaded { get; init; }

    /// <summary>
    /// Keys of the file that were skipped on purpose: renamed to null, or without a place in the module and redundant in e3nn's files (they end in
    /// <c>output_mask</c>, contain <c>_w3j_</c>, are the grids of S2Activation and SO3Activation, or have no elements).
    /// </summary>
    public required IReadOnlyList<string> Skipped { get; init; }

    /// <summary>Keys of the file without a place in the module; empty if loading was strict.</summary>
    public required IReadOnlyList<string> Unexpected { get; init; }

    /// <summary>Keys of the module that the file does not have; empty if loading was strict. Their values are as they were.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>
    /// Keys of the module whose tensor in the file has another shape or type; empty unless <see cref="LoadOptions.SkipMismatched"/>. Their values are as they
    /// were.
    /// </summary>
    public required IReadOnlyList<string> Mismatched { get; init; }

    /// <summary>The numbers, and the first names of what was not loaded.</summary>
    /// <returns>One line each.</returns>
    public override string ToString() =>
        $"{Loaded.Count} loaded, {Skipped.Count} skipped" + Line("unexpected in the file", Unexpected) + Line("missing from the file", Missing)
        + Line("of another shape or type", Mismatched);

    private static string Line(string what, IReadOnlyList<string> names) => names.Count == 0 ? "" : $"\n{names.Count} {what}: {Excerpt.Of(names)}";
}

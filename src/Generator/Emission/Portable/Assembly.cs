namespace E3Gen.Generator.Emission.Portable;

/// <summary>Puts the segments of a result together.</summary>
internal static class Assembly
{
    /// <summary>An expression for the row of all segments: each the sum of its terms, or zeros where it has none.</summary>
    /// <param name="segments">For each segment its columns and the expressions that add up to it.</param>
    /// <param name="like">A tensor with the result's rows, dtype and device.</param>
    public static string Join(IEnumerable<(int Columns, List<string> Terms)> segments, string like)
    {
        var parts = segments.Select(s => Sum(s.Columns, s.Terms, like)).ToList();
        return parts.Count switch
        {
            0 => $"global::E3Gen.Operations.Layouts.Zeros({like}, 0)",
            1 => parts[0],
            _ => $"global::E3Gen.Operations.Layouts.Join({string.Join(", ", parts)})",
        };
    }

    /// <summary>An expression for one segment.</summary>
    public static string Sum(int columns, IReadOnlyList<string> terms, string like) => terms.Count switch
    {
        0 => $"global::E3Gen.Operations.Layouts.Zeros({like}, {columns})",
        1 => terms[0],
        _ => $"global::E3Gen.Operations.Layouts.Sum({string.Join(", ", terms)})",
    };
}

namespace E3Gen;

/// <summary>What the comment line of a frame says.</summary>
/// <param name="Properties">The columns, or null if the line does not describe them.</param>
/// <param name="Cell">Lattice vectors as rows, or null.</param>
/// <param name="Periodic">Which are periodic; null if the line does not say.</param>
/// <param name="Info">All else, in its order.</param>
/// <param name="SpeciesAreTypes">Whether a number in the place of a species is a type of LAMMPS.</param>
internal sealed record FrameHeader(
    string? Properties, double[]? Cell, (bool A, bool B, bool C)? Periodic, OrderedDictionary<string, InfoValue> Info, bool SpeciesAreTypes = false)
{
    private const string PropertiesKey = "Properties", LatticeKey = "Lattice", PeriodicKey = "pbc";

    /// <summary>Keys that are no info, upper or lower case alike.</summary>
    public static IReadOnlyList<string> Keys { get; } = [PropertiesKey, LatticeKey, PeriodicKey];

    /// <exception cref="FormatException">The line describes columns or a cell, and does so wrongly.</exception>
    public static FrameHeader Parse(string comment)
    {
        if (PathIntegralComment.TryParse(comment) is { } cell) return Plain(comment) with { Cell = cell, Periodic = (true, true, true) };
        CommentParser parser;
        try
        {
            parser = CommentParser.Parse(comment);
        }
        catch (FormatException) when (!IsExtended(comment))
        {
            return Plain(comment);
        }
        if (!parser.HasValues) return Plain(comment);

        InfoValue? properties = Take(parser.Pairs, PropertiesKey), lattice = Take(parser.Pairs, LatticeKey), periodic = Take(parser.Pairs, PeriodicKey);
        if (periodic is null || lattice is not null)
            return new FrameHeader(properties?.ToString(), lattice is null ? null : Matrix(lattice), periodic is null ? null : Directions(periodic), parser.Pairs);
        (bool a, bool b, bool c) = Directions(periodic);
        return a || b || c
            ? throw new FormatException($"pbc is '{Excerpt.Short(periodic.ToString())}', but there is no Lattice; expected Lattice=\"ax ay az bx by bz cx cy cz\"")
            : new FrameHeader(properties?.ToString(), null, null, parser.Pairs);
    }

    /// <summary>A comment of a plain xyz file, in words.</summary>
    private static FrameHeader Plain(string comment)
    {
        var info = new OrderedDictionary<string, InfoValue>(StringComparer.Ordinal);
        comment = comment.Trim();
        if (comment.Length > 0) info.Add("comment", new InfoValue(comment));
        return new FrameHeader(null, null, null, info, SpeciesAreTypes: comment.StartsWith("Atoms. Timestep:", StringComparison.Ordinal));
    }

    private static bool IsExtended(string comment)
    {
        foreach (string key in (string[])[PropertiesKey, LatticeKey])
        {
            int at = comment.IndexOf(key, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && comment.AsSpan(at + key.Length).TrimStart() is ['=', ..]) return true;
        }
        return false;
    }

    private static InfoValue? Take(OrderedDictionary<string, InfoValue> pairs, string key)
    {
        string[] found = [.. pairs.Keys.Where(k => k.Equals(key, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 0) return null;
        if (found.Length > 1) throw new FormatException($"there are '{found[0]}' and '{found[1]}'; expected one");
        pairs.Remove(found[0], out InfoValue? value);
        return value;
    }

    /// <summary>Nine numbers, in a row or as a matrix whose rows are lattice vectors, or three, the edges of a rectangular cell.</summary>
    private static double[] Matrix(InfoValue lattice)
    {
        if (lattice.Kind is ValueKind.Integer or ValueKind.Real && lattice.ToDoubles() is { } m && Array.TrueForAll(m, double.IsFinite))
        {
            if (m.Length == 9 && (lattice.Shape.Count == 1 || lattice.Shape[0] == 3)) return m;
            if (m.Length == 3 && lattice.Shape.Count == 1) return [m[0], 0, 0, 0, m[1], 0, 0, 0, m[2]];
        }
        throw new FormatException($"Lattice is '{Excerpt.Short(lattice.ToString())}'; expected 9 finite numbers in quotes, the lattice vectors one after another");
    }

    private static (bool, bool, bool) Directions(InfoValue periodic)
    {
        bool[] directions = periodic.Kind == ValueKind.Logical || (periodic.Kind == ValueKind.Integer && Array.TrueForAll(periodic.ToIntegers(), i => i is 0 or 1))
            ? periodic.ToLogicals()
            : [];
        return directions switch
        {
            [var a, var b, var c] => (a, b, c),
            [var all] => (all, all, all),
            _ => throw new FormatException($"pbc is '{Excerpt.Short(periodic.ToString())}'; expected \"T T T\", one T or F for each lattice vector"),
        };
    }
}

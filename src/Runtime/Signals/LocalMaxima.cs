namespace E3Gen;

/// <summary>Where values on a grid are larger than those before and after them, along both axes. The grid's border has none.</summary>
internal static class LocalMaxima
{
    /// <returns>Positions in the flattened grid, ascending.</returns>
    public static long[] Of(double[] values, int rows, int columns)
    {
        var alongRows = Enumerable.Range(0, rows).SelectMany(i => On(columns, j => values[(i * columns) + j]).Select(j => ((long)i * columns) + j));
        var alongColumns = Enumerable.Range(0, columns).SelectMany(j => On(rows, i => values[(i * columns) + j]).Select(i => ((long)i * columns) + j));
        return [.. alongRows.Intersect(alongColumns).Order()];
    }

    /// <summary>Of a row of equal values, the middle one: a signal that is the same on both sides of a point has it between two points of the grid.</summary>
    private static IEnumerable<int> On(int count, Func<int, double> value)
    {
        for (int i = 1; i < count - 1;)
        {
            int end = i + 1;
            while (end < count && value(end) == value(i))
                end++;
            if (value(i - 1) < value(i) && end < count && value(end) < value(i))
                yield return (i + end - 1) / 2;
            i = end;
        }
    }
}

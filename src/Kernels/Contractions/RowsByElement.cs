namespace E3Gen.Kernels;

/// <summary>The rows of each element, in order.</summary>
/// <param name="Rows">The rows, element after element.</param>
/// <param name="Starts">Where each element begins, and the end.</param>
internal sealed record RowsByElement(int[] Rows, int[] Starts)
{
    /// <param name="species">The element of each row; nothing where there is one element.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="elements">Number of elements.</param>
    /// <param name="name">The operation, for the message.</param>
    /// <exception cref="ArgumentException">A row's element is none.</exception>
    public static RowsByElement Of(ReadOnlySpan<long> species, int rows, int elements, string name)
    {
        if (species.IsEmpty && rows > 0)
        {
            return new RowsByElement([.. Enumerable.Range(0, rows)], [0, rows]);
        }

        var starts = new int[elements + 1];
        for (int r = 0; r < rows; r++)
        {
            if (species[r] < 0 || species[r] >= elements)
            {
                throw new ArgumentException($"{name}, argument 'species': row {r} has element {species[r]}, but there are weights for 0 to {elements - 1}.");
            }

            starts[species[r] + 1]++;
        }

        for (int e = 0; e < elements; e++)
        {
            starts[e + 1] += starts[e];
        }

        var (order, next) = (new int[rows], starts[..^1]);
        for (int r = 0; r < rows; r++)
        {
            order[next[species[r]]++] = r;
        }

        return new RowsByElement(order, starts);
    }
}

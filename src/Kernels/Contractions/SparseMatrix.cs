namespace E3Gen.Kernels;

/// <summary>A constant matrix whose entries are mostly zero, row by row, and its transpose.</summary>
internal sealed class SparseMatrix
{
    private readonly Lazy<SparseMatrix> _transpose;

    /// <param name="columns">Number of columns.</param>
    /// <param name="rows">The columns of each row that are not zero, and what stands there.</param>
    public SparseMatrix(int columns, IReadOnlyList<IReadOnlyList<(int Column, double Value)>> rows)
    {
        (Rows, Columns) = (rows.Count, columns);
        LongestRow = rows.Select(r => r.Count).DefaultIfEmpty(0).Max();
        Starts = [0, .. rows.Select(r => r.Count)];
        for (int r = 0; r < Rows; r++)
        {
            Starts[r + 1] += Starts[r];
        }

        Entries = [.. rows.SelectMany(r => r)];
        _transpose = new(Transposed);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The most entries that a row has.</summary>
    public int LongestRow { get; }

    /// <summary>Where the entries of each row begin, and the end.</summary>
    public int[] Starts { get; }

    /// <summary>What is not zero.</summary>
    public (int Column, double Value)[] Entries { get; }

    public SparseMatrix Transpose => _transpose.Value;

    /// <summary>All entries, row by row.</summary>
    public double[] ToDense()
    {
        var dense = new double[Rows * Columns];
        for (int r = 0; r < Rows; r++)
        {
            foreach (var (column, value) in Entries.AsSpan(Starts[r]..Starts[r + 1]))
            {
                dense[(r * Columns) + column] += value;
            }
        }

        return dense;
    }

    private SparseMatrix Transposed()
    {
        var columns = new List<(int Column, double Value)>[Columns];
        for (int c = 0; c < Columns; c++)
        {
            columns[c] = [];
        }

        for (int r = 0; r < Rows; r++)
        {
            foreach (var (column, value) in Entries.AsSpan(Starts[r]..Starts[r + 1]))
            {
                columns[column].Add((r, value));
            }
        }

        return new SparseMatrix(Rows, columns);
    }
}

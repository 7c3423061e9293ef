namespace E3Gen.Analysis;

/// <summary>Keeps rows in memory.</summary>
public sealed class PowerList : IPowerSink
{
    private readonly List<PowerRow> _rows = [];

    /// <summary>All rows so far, step after step.</summary>
    public IReadOnlyList<PowerRow> Rows => _rows;

    /// <inheritdoc/>
    public void Write(IReadOnlyList<PowerRow> rows) => _rows.AddRange(rows);

    /// <summary>Does nothing: the rows stay.</summary>
    public void Dispose()
    {
    }
}

using Parquet;
using Parquet.Schema;

namespace E3Gen.Analysis;

/// <summary>
/// Writes rows as a Parquet file, which other languages read as a table. Rows are gathered into row groups: after each <see cref="Flush"/>, by itself whenever a group is full, and after
/// disposal the file is complete and readable. An existing file is continued. A killed process loses its unflushed rows, and a kill during a flush corrupts the file: use
/// <see cref="CsvSink"/> where that matters.
/// </summary>
public sealed class ParquetSink : IPowerSink
{
    private static readonly DataField
        Step = new DataField<long>("step"),
        Operation = new DataField("operation", typeof(string), isNullable: false),
        Kind = new DataField("kind", typeof(string), isNullable: false),
        Quantity = new DataField("quantity", typeof(string), isNullable: false),
        Index = new DataField<int>("index"),
        Part = new DataField("part", typeof(string), isNullable: false),
        IrrepName = new DataField("irrep", typeof(string), isNullable: false),
        L = new DataField<int>("l"),
        Parity = new DataField<int>("parity"),
        Channels = new DataField<long>("channels"),
        Rows = new DataField<long>("rows"),
        Power = new DataField<double>("power"),
        PowerPerComponent = new DataField<double>("power_per_component"),
        Gain = new DataField<double>("gain", nullable: true);

    private static readonly ParquetSchema Schema = new(Step, Operation, Kind, Quantity, Index, Part, IrrepName, L, Parity, Channels, Rows, Power, PowerPerComponent, Gain);

    private readonly FileStream _file;
    private readonly int _rowsOfGroup;
    private readonly List<PowerRow> _waiting = [];
    private bool _isDisposed;

    /// <summary>Opens or creates a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rowsOfGroup">How many rows are gathered before they are written.</param>
    /// <exception cref="InvalidDataException">The file exists but holds something else.</exception>
    public ParquetSink(string path, int rowsOfGroup = 100_000)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsOfGroup, 1);
        _rowsOfGroup = rowsOfGroup;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            if (_file.Length > 0)
            {
                CheckSchema(path);
            }
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<PowerRow> rows)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(rows);
        _waiting.AddRange(rows);
        if (_waiting.Count >= _rowsOfGroup)
        {
            Flush();
        }
    }

    /// <summary>Writes what was gathered as a row group; the file is readable then.</summary>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_waiting.Count > 0 || _file.Length == 0)
        {
            FlushAsync().GetAwaiter().GetResult();
            _waiting.Clear();
        }
    }

    /// <summary>Flushes and closes the file.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        try
        {
            Flush();
        }
        finally
        {
            _isDisposed = true;
            _file.Dispose();
        }
    }

    private async Task FlushAsync()
    {
        // A writer puts the table of contents at the end of the file when it is disposed; one that appends puts its row group in its place.
        await using (var writer = await ParquetWriter.CreateAsync(Schema, _file, append: _file.Length > 0))
        using (var group = writer.CreateRowGroup())
        {
            await Numbers(Step, r => r.Step);
            await Texts(Operation, r => r.Operation);
            await Texts(Kind, r => r.Kind);
            await Texts(Quantity, r => r.Quantity.ToString());
            await Numbers(Index, r => r.Index);
            await Texts(Part, r => r.Part);
            await Texts(IrrepName, r => r.Irrep.ToString());
            await Numbers(L, r => r.L);
            await Numbers(Parity, r => r.Parity);
            await Numbers(Channels, r => r.Channels);
            await Numbers(Rows, r => r.Rows);
            await Numbers(Power, r => r.Power);
            await Numbers(PowerPerComponent, r => r.PowerPerComponent);
            await group.WriteAsync<double>(Gain, (ReadOnlyMemory<double?>)_waiting.Select(r => r.Gain).ToArray());

            Task Numbers<T>(DataField field, Func<PowerRow, T> value)
                where T : struct => group.WriteAsync<T>(field, (ReadOnlyMemory<T>)_waiting.Select(value).ToArray());

            Task Texts(DataField field, Func<PowerRow, string> value) => group.WriteAsync(field, _waiting.ConvertAll(r => value(r)));
        }

        await _file.FlushAsync();
    }

    private void CheckSchema(string path)
    {
        ParquetSchema found;
        try
        {
            found = ParquetReader.ReadSchemaAsync(_file).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{path} exists and is no Parquet file that can be continued: {error.Message}", error);
        }

        if (!found.Equals(Schema))
        {
            throw new InvalidDataException($"{path} exists and holds another table: {string.Join(", ", found.Fields.Select(f => f.Name))}.");
        }
    }
}

using System.Globalization;
using System.Text;

namespace E3Gen.Analysis;

/// <summary>
/// Writes rows as comma-separated values (RFC 4180 with \n line ends, UTF-8, '.' as decimal point, numbers to their last
/// digit), a header first. Each step is on disk when it ends. An existing file is continued, without a last line that a killed
/// process left unfinished.
/// </summary>
public sealed class CsvSink : IPowerSink
{
    /// <summary>The columns.</summary>
    public const string Header = "step,operation,kind,quantity,index,part,irrep,l,parity,channels,rows,power,power_per_component,gain";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly FileStream _file;

    /// <summary>Opens or creates a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file exists but holds something else: its first line is not the header.</exception>
    public CsvSink(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Continue(path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Reads back what a sink wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file holds something else; the message says in which line.</exception>
    public static IReadOnlyList<PowerRow> Read(string path)
    {
        string[] lines = File.ReadAllText(path).Split('\n');
        if (lines[0] != Header)
        {
            throw new InvalidDataException($"{path}: the first line is not \"{Header}\".");
        }

        var rows = new List<PowerRow>();
        for (int i = 1; i < lines.Length - 1; i++) // what follows the last line end is unfinished, or nothing
        {
            try
            {
                rows.Add(Row(Fields(lines[i])));
            }
            catch (Exception error) when (error is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
            {
                throw new InvalidDataException($"{path}, line {i + 1}: {error.Message}", error);
            }
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<PowerRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(Line(row)).Append('\n');
        }

        _file.Write(Encoding.GetBytes(text.ToString()));
        _file.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    internal static string Line(PowerRow row) => string.Join(
        ',',
        new[]
        {
            Text(row.Step), row.Operation, row.Kind, row.Quantity.ToString(), Text(row.Index), row.Part, row.Irrep.ToString(), Text(row.L),
            Text(row.Parity), Text(row.Channels), Text(row.Rows), Text(row.Power), Text(row.PowerPerComponent),
            row.Gain is { } gain ? Text(gain) : "",
        }.Select(Quote));

    private static PowerRow Row(List<string> fields)
    {
        var culture = CultureInfo.InvariantCulture;
        return fields.Count != Header.Split(',').Length
            ? throw new FormatException($"There are {fields.Count} fields, not {Header.Split(',').Length}.")
            : new PowerRow(
                long.Parse(fields[0], culture), fields[1], fields[2], Enum.Parse<Quantities>(fields[3]), int.Parse(fields[4], culture),
                fields[5], Irrep.Parse(fields[6]), long.Parse(fields[9], culture), long.Parse(fields[10], culture),
                double.Parse(fields[11], culture), double.Parse(fields[12], culture),
                fields[13].Length == 0 ? null : double.Parse(fields[13], culture));
    }

    /// <summary>The fields of a line. Names of operations and irreps hold no line ends, so that every line is a row.</summary>
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (isQuoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Quote(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";

    /// <summary>Seeks to the end of the complete lines, and writes the header to an empty file.</summary>
    private void Continue(string path)
    {
        byte[] header = Encoding.GetBytes(Header + "\n"), start = new byte[header.Length];
        int read = _file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start.AsSpan(0, read).SequenceEqual(header.AsSpan(0, read)))
        {
            throw new InvalidDataException($"{path} exists and holds something else: its first line is not \"{Header}\".");
        }

        if (read < header.Length)
        {
            _file.SetLength(0);
            _file.Write(header);
            _file.Flush();
            return;
        }

        long end = _file.Length;
        while (end > header.Length && ByteAt(end - 1) != '\n')
        {
            end--;
        }

        _file.SetLength(end);
        _file.Seek(0, SeekOrigin.End);
    }

    private int ByteAt(long position)
    {
        _file.Position = position;
        return _file.ReadByte();
    }
}

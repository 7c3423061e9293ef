using System.Globalization;
using System.Text;

namespace E3Gen.Analysis;

/// <summary>
/// Writes rows as comma-separated values (RFC 4180 with \n line ends, UTF-8, '.' as decimal point, numbers to their last digit), a header first. Each step is on the disk when it is
/// over. A file that exists is continued: a last line that a killed process left unfinished is cut off.
/// </summary>
public sealed class CsvSink : IPowerSink
{
    /// <summary>The columns.</summary>
    public const string Header = "step,operation,kind,quantity,index,part,irrep,l,parity,channels,rows,power,power_per_component,gain";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly FileStream _file;

    /// <summary>Opens a file, or makes it.</summary>
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
            Text(row.Step), row.Operation, row.Kind, row.Quantity.ToString(), Text(row.Index), row.Part, row.Irrep.ToString(), Text(row.L), Text(row.Parity), Text(row.Channels), Text(row.Rows),
            Text(row.Power), Text(row.PowerPerComponent), row.Gain is { } gain ? Text(gain) : "",
        }.Select(Quote));

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Quote(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";

    /// <summary>Goes to the end of what is complete, and writes the header where there is nothing.</summary>
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

using System.Globalization;
using System.Text;

namespace E3Gen;

/// <summary>Reads one frame after another from lines of (extended) xyz.</summary>
internal sealed class FrameReader(LineReader lines, string name)
{
    private const string PlainColumns = "species:S:1:pos:R:3";

    private static readonly int MostAtoms = Array.MaxLength / 3;

    private long _frame = -1;
    private long _firstLine;

    /// <returns>The next frame, or null at the end of the file.</returns>
    /// <exception cref="InvalidDataException">Names file, frame, line, value and what was expected.</exception>
    public Atoms? Read()
    {
        if (ReadCount() is not { } count) return null;
        FrameHeader header = ReadComment();
        FrameColumns columns = ReadAtoms(count, header);
        try
        {
            var atoms = new Atoms(columns.AtomicNumbers(), columns.Positions(), header.Cell, header.Periodic) { Labels = columns.Labels(), Origin = Place(_firstLine) };
            foreach ((string key, InfoValue value) in header.Info) atoms.Info.Add(key, value);
            foreach (ColumnBuilder column in columns.Others) atoms.Columns.Add(column.Name, column.Build());
            return atoms;
        }
        catch (ArgumentException error)
        {
            // Positions and species have been checked: it is the cell.
            throw Fail(_firstLine + 1, $"{error.Message} Correct Lattice, or say with pbc which of its directions are periodic.", error);
        }
    }

    private int? ReadCount()
    {
        ReadOnlySpan<byte> line;
        do
        {
            if (!lines.TryRead(out line)) return null;
            line = Trim(line);
        } while (line.IsEmpty);
        (_frame, _firstLine) = (_frame + 1, lines.Number);
        if (!NumberText.TryInteger(line, out long count) || count < 0)
        {
            string before = _frame == 0 ? "" : " of the next frame, since the one before is complete";
            throw Fail(lines.Number, $"'{Excerpt.Short(line)}' is no number of atoms; expected one alone on the line{before}.");
        }
        return count <= MostAtoms ? (int)count : throw Fail(lines.Number, $"{count} atoms are more than a frame can hold, {MostAtoms}; check the file.");
    }

    private FrameHeader ReadComment()
    {
        if (!lines.TryRead(out ReadOnlySpan<byte> line)) throw Fail(lines.Number, "the file ends here; expected a comment line and the atoms.");
        try
        {
            return FrameHeader.Parse(Encoding.UTF8.GetString(line));
        }
        catch (FormatException error)
        {
            throw Fail(lines.Number, $"{error.Message}.", error);
        }
    }

    private FrameColumns ReadAtoms(int count, FrameHeader header)
    {
        FrameColumns columns;
        try
        {
            columns = new FrameColumns(header.Properties ?? PlainColumns, exact: header.Properties is not null, header.SpeciesAreTypes);
        }
        catch (FormatException error)
        {
            throw Fail(lines.Number, $"{error.Message}.", error);
        }
        for (int atom = 0; atom < count; atom++)
        {
            if (!lines.TryRead(out ReadOnlySpan<byte> line))
                throw Fail(lines.Number, string.Create(CultureInfo.InvariantCulture, $"the file ends here after {atom} of the {count} atoms that line {_firstLine} promises."));
            if (columns.Add(line) is { } problem) throw Fail(lines.Number, $"{problem}.");
        }
        return columns;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line) => line.Trim(" \t"u8);

    private string Place(long line) => string.Create(CultureInfo.InvariantCulture, $"{name}, frame {_frame}, line {line}");

    private InvalidDataException Fail(long line, string what, Exception? inner = null) => new($"{Place(line)}: {what}", inner);
}

using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace E3Gen;

/// <summary>
/// Writes frames of extended XYZ one after another, such as those of a simulation. Each is in the file when <see cref="Write"/> returns, so that another
/// program can read it and a killed process loses none. Numbers come back exactly. For a whole file at once, replaced only when it is complete, use
/// <see cref="ExtendedXyz.Write(string, IEnumerable{Atoms})"/>.
/// </summary>
public sealed class ExtendedXyzWriter : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Stream _file;
    private readonly bool _compress, _ownsFile;
    private StreamWriter _text = StreamWriter.Null;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; compressed, each frame for itself, if its name ends in <c>.gz</c>.</param>
    /// <param name="append">Whether to go on after the frames that it has; if not, they are deleted. A compressed file is read to its end for this.</param>
    /// <exception cref="InvalidDataException">
    /// The file to go on with ends inside a line, or inside what gzip wrote: its last frame is not complete. Or it is damaged, or its name ends in <c>.gz</c> and
    /// it is not compressed.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public ExtendedXyzWriter(string path, bool append = false) : this(Open(path, append), ExtendedXyz.IsCompressed(path), ownsFile: true) { }

    internal ExtendedXyzWriter(Stream file, bool compress, bool ownsFile = false)
    {
        _file = file;
        _compress = compress;
        _ownsFile = ownsFile;
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ArgumentException">
    /// An info is named like what the format itself needs (Lattice, Properties, pbc), a column is named like species or positions or has a colon in its name,
    /// a column has another number of atoms, or a text in a column is empty or has white space. Or arrays were changed since the frame was made and are no
    /// structure now, such as positions that are not finite. Nothing of the frame has been written.
    /// </exception>
    public void Write(Atoms frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ObjectDisposedException.ThrowIf(!_file.CanWrite, this);
        Validate(frame);
        // A member of gzip for each frame, so that the file is complete after each; members may follow one another.
        using (GZipStream? member = _compress ? new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true) : null)
        using (_text = new StreamWriter((Stream?)member ?? _file, Utf8, 1 << 12, leaveOpen: true) { NewLine = "\n" })
        {
            WriteText(frame);
        }
        _file.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (_ownsFile) _file.Dispose();
    }

    private void WriteText(Atoms frame)
    {
        _text.WriteLine(frame.Count.ToString(CultureInfo.InvariantCulture));
        _text.WriteLine(Comment(frame));
        Action<int>[] columns = [.. frame.Columns.Values.Select(WriterOf)];
        for (int atom = 0; atom < frame.Count; atom++)
        {
            _text.Write(frame.Labels is { } labels ? labels[atom] : frame.SymbolOf(atom));
            for (int axis = 0; axis < 3; axis++) WriteNumber(frame.Positions[3 * atom + axis]);
            foreach (Action<int> write in columns) write(atom);
            _text.WriteLine();
        }
    }

    private static FileStream Open(string path, bool append)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileStream(path, append ? FileMode.OpenOrCreate : FileMode.Create, append ? FileAccess.ReadWrite : FileAccess.Write, FileShare.Read);
        try
        {
            if (file.Length > 0 && LastByte(file, path) != '\n')
                throw new InvalidDataException($"{path} ends inside a line, so its last frame is not complete; remove it before going on with the file.");
            file.Seek(0, SeekOrigin.End);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The last byte of a file's text. That a compressed file is complete is known only after reading all of it.</summary>
    private static int LastByte(FileStream file, string path)
    {
        if (!ExtendedXyz.IsCompressed(path))
        {
            file.Seek(-1, SeekOrigin.End);
            return file.ReadByte();
        }
        using var text = new GzipText(file, path);
        byte[] buffer = new byte[1 << 16];
        int last = '\n';
        try
        {
            for (int read; (read = text.Read(buffer)) > 0;) last = buffer[read - 1];
            return last;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path} is not a complete gzip file, so nothing can be appended to it; repair it, or write to another file.", error);
        }
    }

    private static string Comment(Atoms frame)
    {
        var comment = new StringBuilder();
        if (frame.Cell is { } cell) comment.Append("Lattice=\"").AppendJoin(' ', cell.Select(NumberText.Of)).Append("\" ");
        var properties = new StringBuilder("species:S:1:pos:R:3");
        foreach ((string name, AtomColumn column) in frame.Columns)
            properties.Append(CultureInfo.InvariantCulture, $":{name}:{Letter(column.Kind)}:{column.Width}");
        comment.Append("Properties=").Append(InfoText.Bare(properties.ToString()));
        foreach ((string key, InfoValue value) in frame.Info) comment.Append(' ').Append(InfoText.Bare(key)).Append('=').Append(InfoText.Written(value));
        (bool a, bool b, bool c) = frame.Periodic;
        return comment.Append(CultureInfo.InvariantCulture, $" pbc=\"{NumberText.Of(a)} {NumberText.Of(b)} {NumberText.Of(c)}\"").ToString();
    }

    private static char Letter(ValueKind kind) => kind switch { ValueKind.Integer => 'I', ValueKind.Real => 'R', ValueKind.Logical => 'L', _ => 'S' };

    private Action<int> WriterOf(AtomColumn column)
    {
        int width = column.Width;
        switch (column.Kind)
        {
            case ValueKind.Integer:
                return atom => { foreach (long value in column.Integers.AsSpan(atom * width, width)) WriteWord(value.ToString(CultureInfo.InvariantCulture)); };
            case ValueKind.Real:
                return atom => { foreach (double value in column.Reals.AsSpan(atom * width, width)) WriteNumber(value); };
            case ValueKind.Logical:
                return atom => { foreach (bool value in column.Logicals.AsSpan(atom * width, width)) WriteWord(NumberText.Of(value)); };
            default:
                return atom => { foreach (string value in column.Texts.AsSpan(atom * width, width)) WriteWord(value); };
        }
    }

    private void WriteNumber(double value) => WriteWord(NumberText.Of(value));

    private void WriteWord(string word)
    {
        _text.Write(' ');
        _text.Write(word);
    }

    private static void Validate(Atoms frame)
    {
        frame.Validate();   // again: arrays are the caller's, who may have changed them
        foreach (string key in frame.Info.Keys)
        {
            if (key.Length == 0 || FrameHeader.Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"An info is named '{key}', which extended XYZ needs for itself; choose another name.", nameof(frame));
        }
        foreach ((string name, AtomColumn column) in frame.Columns)
        {
            if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || FrameColumns.IsSpecial(name))
                throw new ArgumentException($"A column is named '{name}'; a name cannot be empty, have a colon, or be one of species and positions.", nameof(frame));
            if (column.Rows != frame.Count) throw new ArgumentException($"The column '{name}' has {column.Rows} atoms; expected {frame.Count}.", nameof(frame));
            if (column.Kind == ValueKind.Text) RequireWords(column.Texts, name);
        }
        if (frame.Labels is not { } labels) return;
        if (labels.Length != frame.Count) throw new ArgumentException($"There are {labels.Length} labels for {frame.Count} atoms.", nameof(frame));
        int wrong = Enumerable.Range(0, labels.Length).FirstOrDefault(i => Elements.Find(labels[i]) != frame.AtomicNumbers[i] || !IsWord(labels[i]), -1);
        if (wrong < 0) return;
        throw new ArgumentException(
            $"Atom {wrong} has the label '{labels[wrong]}'; expected its symbol {frame.SymbolOf(wrong)}, perhaps followed by something that is no letter.",
            nameof(frame));
    }

    private static void RequireWords(string[] texts, string name)
    {
        int wrong = Array.FindIndex(texts, t => !IsWord(t));
        if (wrong >= 0) throw new ArgumentException($"The column '{name}' has the text '{texts[wrong]}'; expected words, not empty and without white space.", "frame");
    }

    private static bool IsWord(string text) => text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}

using System.IO.Compression;

namespace E3Gen;

/// <summary>
/// What a gzip file of one or more members holds, all of it: .NET's decompression takes a truncated file for a shorter one. So a member of our own follows the
/// file, and its text must be the last that comes out.
/// </summary>
internal sealed class GzipText : ForwardStream
{
    private static readonly byte[] Mark = "E3Gen: the end.\n"u8.ToArray();

    private readonly GZipStream _text;
    private readonly string _name;
    private readonly byte[] _held = new byte[1 << 16];
    private int _start, _end;
    private bool _ended;

    /// <param name="file">The compressed file; stays open.</param>
    /// <param name="name">What messages call it.</param>
    public GzipText(Stream file, string name)
    {
        _text = new GZipStream(new JoinedStream(file, new MemoryStream(Compressed(Mark))), CompressionMode.Decompress);
        _name = name;
    }

    public override int Read(Span<byte> buffer)
    {
        // As many bytes as the mark has are held back: they may be the mark.
        while (!_ended && _end - _start <= Mark.Length) Fill();
        int count = Math.Min(buffer.Length, _end - _start - Mark.Length);
        _held.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _text.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _held.AsSpan(_start, _end - _start).CopyTo(_held);
        (_start, _end) = (0, _end - _start);
        int read;
        try
        {
            read = _text.Read(_held, _end, _held.Length - _end);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(error);
        }
        _end += read;
        _ended = read == 0;
        if (_ended && !_held.AsSpan(_start, _end - _start).SequenceEqual(Mark)) throw Damaged(null);
    }

    private InvalidDataException Damaged(Exception? inner) => new($"{_name}: the file is compressed with gzip, and truncated or damaged.", inner);

    private static byte[] Compressed(byte[] text)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest)) gzip.Write(text);
        return file.ToArray();
    }
}

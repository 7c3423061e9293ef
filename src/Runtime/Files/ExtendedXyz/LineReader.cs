namespace E3Gen;

/// <summary>
/// Lines of a file in UTF-8, one at a time, without line ends (LF or CRLF) and byte order mark. Memory grows with what was read of a line, up to a limit.
/// </summary>
internal sealed class LineReader(Stream stream, string name)
{
    /// <summary>Longest line, bytes.</summary>
    public const int Longest = 1 << 24;

    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private bool _ended;

    /// <summary>Number of the last line read, from 1.</summary>
    public long Number { get; private set; }

    /// <param name="line">The next line; valid until the next call.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        if (Number == 0) SkipMark();
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0 || (_ended && _end > _start))
            {
                length = length < 0 ? _end - _start : searched + length;
                if (length > Longest) throw TooLong();
                line = _buffer.AsSpan(_start, length);
                _start = Math.Min(_start + length + 1, _end);
                if (line is [.., (byte)'\r']) line = line[..^1];
                Number++;
                return true;
            }
            line = default;
            if (_ended) return false;
            searched = _end - _start;
            if (searched > Longest) throw TooLong();
            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }

    private void SkipMark()
    {
        while (_end < 3 && !_ended) Fill();
        ReadOnlySpan<byte> first = _buffer.AsSpan(0, _end);
        if (first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new InvalidDataException($"{name}: the file is in UTF-16; save it in UTF-8.");
        if (first is [0xEF, 0xBB, 0xBF, ..]) _start = 3;
    }

    private InvalidDataException TooLong() => new($"{name}, line {Number + 1}: the line is longer than {Longest >> 20} MiB; expected a frame of extended XYZ, one line for each atom.");
}

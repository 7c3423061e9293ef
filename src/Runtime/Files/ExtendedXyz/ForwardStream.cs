namespace E3Gen;

/// <summary>A stream that can only be read, from its beginning to its end.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Streams one after another, which stay open.</summary>
internal sealed class JoinedStream(params Stream[] parts) : ForwardStream
{
    private int _part;

    public override int Read(Span<byte> buffer)
    {
        for (; _part < parts.Length; _part++)
        {
            int read = parts[_part].Read(buffer);
            if (read > 0 || buffer.IsEmpty) return read;
        }
        return 0;
    }
}

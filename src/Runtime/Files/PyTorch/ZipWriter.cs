using System.Text;

namespace E3Gen;

/// <summary>
/// Writes a zip archive as torch.save does: entries without compression, aligned to 64 bytes so that they can be mapped into memory, with zip64 sizes. (.NET's ZipArchive
/// does not align entries.)
/// </summary>
internal sealed class ZipWriter(FileStream stream)
{
    private const int Alignment = 64;
    private const ushort Version = 45, Utf8Names = 1 << 11;
    private readonly List<(byte[] Name, long Header, long Length, uint Checksum)> _entries = [];

    public void Add(string name, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        Add(name, bytes.Length, target => target.Write(bytes));
    }

    /// <param name="name">Name of the entry.</param>
    /// <param name="length">Number of bytes that <paramref name="write"/> writes.</param>
    /// <param name="write">Writes the content.</param>
    public void Add(string name, long length, Action<Stream> write)
    {
        long header = stream.Position;
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        WriteLocalHeader(nameBytes, header, length, checksum: 0);
        var content = new ChecksumStream(stream);
        write(content);
        long end = stream.Position;
        stream.Position = header;
        WriteLocalHeader(nameBytes, header, length, content.Checksum);   // now that it is known
        stream.Position = end;
        _entries.Add((nameBytes, header, length, content.Checksum));
    }

    /// <summary>Writes the directory; nothing can be added afterwards.</summary>
    public void Finish()
    {
        long start = stream.Position;
        foreach ((byte[] name, long header, long length, uint checksum) in _entries) WriteDirectoryEntry(name, header, length, checksum);
        long end = stream.Position;
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(0x06064b50u);   // end of the directory, zip64
        writer.Write(44L);           // bytes that follow
        writer.Write(Version);
        writer.Write(Version);
        writer.Write(0L);            // number of this disk and of the directory's
        writer.Write((long)_entries.Count);
        writer.Write((long)_entries.Count);
        writer.Write(end - start);
        writer.Write(start);
        writer.Write(0x07064b50u);   // where that end is
        writer.Write(0u);
        writer.Write(end);
        writer.Write(1u);
        writer.Write(0x06054b50u);   // end of the directory: look at zip64's
        writer.Write(0u);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)0);
    }

    private void WriteLocalHeader(byte[] name, long position, long length, uint checksum)
    {
        const int Fixed = 30, Zip64 = 20, Padding = 4;
        int padding = (int)((Alignment - (position + Fixed + name.Length + Zip64 + Padding) % Alignment) % Alignment);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(0x04034b50u);
        WriteCommonFields(writer, checksum, name.Length, Zip64 + Padding + padding);
        writer.Write(name);
        writer.Write((ushort)1);     // zip64: sizes
        writer.Write((ushort)16);
        writer.Write(length);
        writer.Write(length);
        writer.Write("FB"u8);        // torch's field of padding
        writer.Write((ushort)padding);
        writer.Write(Enumerable.Repeat((byte)'Z', padding).ToArray());
    }

    private void WriteDirectoryEntry(byte[] name, long header, long length, uint checksum)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(0x02014b50u);
        writer.Write(Version);
        WriteCommonFields(writer, checksum, name.Length, extra: 28);
        writer.Write((ushort)0);     // comment
        writer.Write((ushort)0);     // disk
        writer.Write((ushort)0);     // attributes
        writer.Write(0u);
        writer.Write(uint.MaxValue); // position: in zip64
        writer.Write(name);
        writer.Write((ushort)1);     // zip64: sizes and position
        writer.Write((ushort)24);
        writer.Write(length);
        writer.Write(length);
        writer.Write(header);
    }

    private static void WriteCommonFields(BinaryWriter writer, uint checksum, int name, int extra)
    {
        writer.Write(Version);
        writer.Write(Utf8Names);
        writer.Write((ushort)0);     // stored
        writer.Write((ushort)0);     // midnight
        writer.Write((ushort)0x21);  // of 1980-01-01, the first day there is: the same tensors make the same file
        writer.Write(checksum);
        writer.Write(uint.MaxValue); // sizes: in zip64
        writer.Write(uint.MaxValue);
        writer.Write((ushort)name);
        writer.Write((ushort)extra);
    }

    /// <summary>Passes bytes on and keeps their checksum.</summary>
    private sealed class ChecksumStream(Stream target) : Stream
    {
        public uint Checksum { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Checksum = Crc32.Append(Checksum, buffer);
            target.Write(buffer);
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

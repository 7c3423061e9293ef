using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace E3Gen;

/// <summary>
/// The directory of a zip archive, also in the zip64 format, for direct access to entries that are stored without compression, as torch.save stores
/// them. Nothing in it is trusted: every entry lies within the file, before the directory, and overlaps no other. (.NET's ZipArchive gives neither the place of an entry, which large tensors are read
/// from directly, nor these checks.)
/// </summary>
internal static class ZipDirectory
{
    private const uint LocalSignature = 0x04034b50, CentralSignature = 0x02014b50, EndSignature = 0x06054b50;
    private const uint End64Signature = 0x06064b50, Locator64Signature = 0x07064b50;
    private const int LocalSize = 30, CentralSize = 46, EndSize = 22, End64Size = 56, Locator64Size = 20;
    private const int MaxDirectory = 1 << 28;

    /// <exception cref="InvalidDataException">It is no archive, or a damaged one; the message says why, without the file's name.</exception>
    public static Dictionary<string, ZipRecord> Read(SafeFileHandle file)
    {
        (long start, long size, long count) = FindDirectory(file, RandomAccess.GetLength(file));
        if (size > MaxDirectory) throw new InvalidDataException($"its zip directory takes {size} bytes; at most {MaxDirectory} are read.");
        byte[] directory = ReadAt(file, start, (int)size);
        var entries = new List<(long Header, ZipRecord Record)>();
        for (int at = 0; at < directory.Length;)
        {
            entries.Add(ReadEntry(file, directory.AsSpan(at), start, out int length));
            at += length;
        }
        if (entries.Count != count) throw new InvalidDataException($"its zip directory has {entries.Count} entries instead of {count}.");
        RequireApart(entries);

        var records = new Dictionary<string, ZipRecord>();
        foreach ((_, ZipRecord record) in entries)
        {
            if (!records.TryAdd(record.Name, record)) throw new InvalidDataException($"its zip directory has two entries '{Excerpt.Short(record.Name)}'.");
        }
        return records;
    }

    /// <summary>The end of the archive, which says where the directory is. A comment may follow it, whose length must lead exactly to the file's end.</summary>
    private static (long Start, long Size, long Count) FindDirectory(SafeFileHandle file, long length)
    {
        int tailLength = (int)Math.Min(length, EndSize + ushort.MaxValue);
        byte[] tail = ReadAt(file, length - tailLength, tailLength);
        for (int at = tailLength - EndSize; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = tail.AsSpan(at);
            if (U32(end, 0) != EndSignature || EndSize + U16(end, 20) != end.Length) continue;
            long position = length - tailLength + at;
            (long start, long size, long count) = (U32(end, 16), U32(end, 12), U16(end, 10));
            if (FindEnd64(file, position) is { } end64) (start, size, count, position) = end64;
            if (start < 0 || size < 0 || start > position || size != position - start)
                throw new InvalidDataException($"its zip directory claims {size} bytes at {start}, but must end at {position}. The file is damaged.");
            return (start, size, count);
        }
        throw new InvalidDataException("it has no zip directory at its end. The file is truncated or not a PyTorch file.");
    }

    private static (long Start, long Size, long Count, long Position)? FindEnd64(SafeFileHandle file, long end)
    {
        if (end < Locator64Size + End64Size) return null;
        ReadOnlySpan<byte> locator = ReadAt(file, end - Locator64Size, Locator64Size);
        if (U32(locator, 0) != Locator64Signature) return null;
        long position = I64(locator, 8);
        if (position != end - Locator64Size - End64Size)
            throw new InvalidDataException($"its zip64 directory end is said to be at {position}, not before its locator. The file is damaged.");
        ReadOnlySpan<byte> end64 = ReadAt(file, position, End64Size);
        if (U32(end64, 0) != End64Signature) throw new InvalidDataException("its zip64 directory end is damaged.");
        return (I64(end64, 48), I64(end64, 40), I64(end64, 32), position);
    }

    private static (long Header, ZipRecord Record) ReadEntry(SafeFileHandle file, ReadOnlySpan<byte> entry, long directory, out int length)
    {
        if (entry.Length < CentralSize || U32(entry, 0) != CentralSignature) throw new InvalidDataException("its zip directory is damaged.");
        int nameLength = U16(entry, 28), extraLength = U16(entry, 30);
        length = CentralSize + nameLength + extraLength + U16(entry, 32);
        if (length > entry.Length) throw new InvalidDataException("its zip directory is damaged: an entry runs over its end.");
        ReadOnlySpan<byte> nameBytes = entry.Slice(CentralSize, nameLength);
        string name = Encoding.UTF8.GetString(nameBytes);
        (long plain, long stored, long header) = Sizes(entry, entry.Slice(CentralSize + nameLength, extraLength), name);

        if (header < 0 || header > directory - LocalSize) throw Bad(name, $"begins at byte {header}, outside of the data");
        ReadOnlySpan<byte> local = ReadAt(file, header, LocalSize);
        if (U32(local, 0) != LocalSignature) throw Bad(name, $"is not at byte {header}, where the directory has it");
        long start = header + LocalSize + U16(local, 26) + U16(local, 28);
        if (stored < 0 || start > directory || stored > directory - start) throw Bad(name, $"claims {stored} bytes at {start}, but the data end at {directory}");
        if (!nameBytes.SequenceEqual(ReadAt(file, header + LocalSize, U16(local, 26)))) throw Bad(name, "has another name in the directory than before its data");

        int flags = U16(entry, 8), method = U16(entry, 10);
        string? obstacle = (flags & 1) != 0 ? "encrypted" : method != 0 ? $"compressed (method {method})" : null;
        if (obstacle is null && plain != stored) throw Bad(name, $"is not compressed, but has the sizes {plain} and {stored}");
        return (header, new ZipRecord(name, start, stored, U32(entry, 16), obstacle));
    }

    /// <summary>Sizes and position; those that do not fit in 32 bits are in the extra field of zip64, in this order.</summary>
    private static (long Plain, long Stored, long Header) Sizes(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra, string name)
    {
        Span<long> sizes = [U32(entry, 24), U32(entry, 20), U32(entry, 42)];
        ReadOnlySpan<byte> wide = Zip64Field(extra);
        foreach (ref long size in sizes)
        {
            if (size != uint.MaxValue) continue;
            if (wide.Length < 8) throw Bad(name, "lacks its zip64 sizes");
            size = I64(wide, 0);
            wide = wide[8..];
        }
        return (sizes[0], sizes[1], sizes[2]);
    }

    private static ReadOnlySpan<byte> Zip64Field(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int size = Math.Min(U16(extra, 2), extra.Length - 4);
            if (U16(extra, 0) == 1) return extra.Slice(4, size);
            extra = extra[(4 + size)..];
        }
        return [];
    }

    private static void RequireApart(List<(long Header, ZipRecord Record)> entries)
    {
        entries.Sort((a, b) => a.Header.CompareTo(b.Header));
        for (int i = 1; i < entries.Count; i++)
        {
            ZipRecord before = entries[i - 1].Record;
            if (before.Start + before.Length > entries[i].Header) throw Bad(entries[i].Record.Name, $"overlaps '{Excerpt.Short(before.Name)}'");
        }
    }

    private static byte[] ReadAt(SafeFileHandle file, long position, int length)
    {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length;)
        {
            int read = RandomAccess.Read(file, bytes.AsSpan(done), position + done);
            if (read == 0) throw new InvalidDataException("it ends early.");
            done += read;
        }
        return bytes;
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static InvalidDataException Bad(string name, string problem) => new($"its zip entry '{Excerpt.Short(name)}' {problem}.");
}

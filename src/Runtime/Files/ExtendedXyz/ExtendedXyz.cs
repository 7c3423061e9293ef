using System.IO.Compression;

namespace E3Gen;

/// <summary>
/// Reads and writes xyz files, plain and extended, also compressed with gzip. docs/extxyz.md describes the dialects, names and conventions. Energies, lengths
/// and forces stay in the unit of the file, by convention eV and Å.
/// </summary>
public static class ExtendedXyz
{
    private const int BufferSize = 1 << 16;

    /// <summary>
    /// Reads a file frame by frame: only one is in memory, unless the caller keeps more. The file is open while the frames are enumerated, and read again by
    /// another enumeration.
    /// </summary>
    /// <param name="path">The file, in UTF-8; compressed or not, whatever its name.</param>
    /// <returns>The frames; enumerating them reads the file and throws what is said here.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is no xyz file, damaged or truncated: the message names the file, the frame (from 0), the line (from 1), the value and what was expected.
    /// Frames before it have been given.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<Atoms> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Frames(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.SequentialScan), path, leaveOpen: false);
    }

    /// <summary>Reads frames from a stream, from where it is; enumerate them once.</summary>
    /// <param name="stream">The stream, compressed or not; it stays open.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The frames; see <see cref="Read(string)"/>.</returns>
    /// <exception cref="InvalidDataException">See <see cref="Read(string)"/>.</exception>
    public static IEnumerable<Atoms> Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Frames(() => stream, name, leaveOpen: true);
    }

    /// <summary>
    /// Writes frames to a file, compressed if its name ends in <c>.gz</c>. An existing file is replaced only once the new one is complete; it keeps its Unix
    /// permissions, and where the path is a symbolic link, the file that it points to is written.
    /// </summary>
    /// <param name="path">The file to write.</param>
    /// <param name="frames">The frames.</param>
    /// <exception cref="ArgumentException">A frame has what the format cannot hold; see <see cref="ExtendedXyzWriter.Write"/>.</exception>
    public static void Write(string path, IEnumerable<Atoms> frames)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(frames);
        AtomicFile.Write(path, file =>
        {
            // One member for all frames: it is smaller than one for each.
            using GZipStream? compressed = IsCompressed(path) ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
            using var writer = new ExtendedXyzWriter((Stream?)compressed ?? file, compress: false);
            foreach (Atoms frame in frames) writer.Write(frame);
        });
    }

    /// <summary>Writes one frame to a file; see <see cref="Write(string, IEnumerable{Atoms})"/>.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="frame">The frame.</param>
    public static void Write(string path, Atoms frame) => Write(path, [frame]);

    internal static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Atoms> Frames(Func<Stream> open, string name, bool leaveOpen)
    {
        Stream file = open();
        try
        {
            using Stream text = Decompressed(file, name);
            var reader = new FrameReader(new LineReader(text, name), name);
            while (reader.Read() is { } frame) yield return frame;
        }
        finally
        {
            if (!leaveOpen) file.Dispose();
        }
    }

    /// <summary>The text of a file that begins like one of gzip, or the file itself.</summary>
    private static Stream Decompressed(Stream file, string name)
    {
        var first = new byte[2];
        int read = file.ReadAtLeast(first, 2, throwOnEndOfStream: false);
        var whole = new JoinedStream(new MemoryStream(first, 0, read), file);
        return first is [0x1F, 0x8B] ? new GzipText(whole, name) : whole;
    }
}

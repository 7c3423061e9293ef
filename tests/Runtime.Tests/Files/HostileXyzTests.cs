using System.IO.Compression;
using System.Text;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>Files that lie about their size. They are refused, and take no more memory than what they really hold.</summary>
public sealed class HostileXyzTests
{
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData("2147483646\n\nH 0 0 0\n", "2147483646 atoms are more than a frame can hold")]
    [InlineData("9223372036854775807\n\nH 0 0 0\n", "more than a frame can hold")]
    [InlineData("9223372036854775808\n\nH 0 0 0\n", "is no number of atoms")]
    [InlineData("700000000\n\nH 0 0 0\n", "the file ends here after 1 of the 700000000 atoms")]
    [InlineData("700000000\nProperties=species:S:1:pos:R:3:a:R:8000000\nH 0 0 0 1\n", "has 5 columns; expected 8000004")]
    [InlineData("1\nProperties=species:S:1:pos:R:3:a:R:2147483647:b:R:2147483647\nH 0 0 0\n", "more than a line can have")]
    public void ClaimsAllocateNothing(string text, string because)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.InRange(Allocated(() => Assert.Contains(because, Assert.Throws<InvalidDataException>(() => Xyz.Read(bytes)).Message)), 0, Megabyte);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1\n")]
    [InlineData("1\n\n")]
    public void EndlessLinesAreRefused(string before)
    {
        using var stream = new JoinedStream(new MemoryStream(Encoding.UTF8.GetBytes(before)), new Endless((byte)'7'));
        long allocated = Allocated(() => Assert.Contains("longer than 16 MiB", Assert.Throws<InvalidDataException>(() => ExtendedXyz.Read(stream, "long.xyz").First()).Message));
        Assert.InRange(allocated, 0, 128 * Megabyte);
    }

    [Fact]
    public void EndlessBlanksTakeNoMemory()
    {
        using var stream = new JoinedStream(new Endless((byte)'\n', 5_000_000), new MemoryStream("1\n\nH 0 0 0"u8.ToArray()));
        Assert.InRange(Allocated(() => Assert.Equal("blank.xyz, frame 0, line 5000001", ExtendedXyz.Read(stream, "blank.xyz").First().Origin)), 0, Megabyte);
    }

    [Fact]
    public void CompressedEndlessLinesAreRefused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] block = new byte[Megabyte];
            Array.Fill(block, (byte)'a');
            for (int i = 0; i < 64; i++) gzip.Write(block);
        }
        Assert.InRange(packed.Length, 0, Megabyte);
        Assert.Contains("longer than 16 MiB", Assert.Throws<InvalidDataException>(() => Xyz.Read(packed.ToArray())).Message);
    }

    [Fact]
    public void MessagesAreShortAndObeyNoTerminal()
    {
        string message = Xyz.Refused($"1\n\nH 0 0 \u001b[31m{new string('x', 100_000)}\n");
        Assert.InRange(message.Length, 0, 300);
        Assert.DoesNotContain('\u001b', message);
        Assert.InRange(Xyz.Refused($"1\n{new string('k', 100_000)}=[ Lattice=\nH 0 0 0\n").Length, 0, 400);
        Atoms many = Xyz.OfComment(string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"key{i}{new string('x', 1000)}={i}")));
        Assert.InRange(Assert.Throws<InvalidDataException>(() => many.GetEnergy()).Message.Length, 0, 2000);
    }

    [Fact]
    public void ManyFramesTakeTheMemoryOfOne()
    {
        byte[] frame = Encoding.UTF8.GetBytes("2\nProperties=species:S:1:pos:R:3:forces:R:3 energy=-1.5 pbc=\"F F F\"\nO 0 0 0 1 2 3\nH 0 0 1 4 5 6\n");
        using var stream = new JoinedStream([.. Enumerable.Repeat(frame, 20_000).Select(f => new MemoryStream(f))]);
        long count = 0;
        foreach (Atoms atoms in ExtendedXyz.Read(stream, "many.xyz")) count += atoms.Count;
        Assert.Equal(40_000, count);
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>One byte over and over.</summary>
    private sealed class Endless(byte value, long length = 1L << 30) : ForwardStream
    {
        private long _left = length;

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, _left);
            buffer[..count].Fill(value);
            _left -= count;
            return count;
        }
    }
}

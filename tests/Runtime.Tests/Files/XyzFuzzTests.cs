using System.Diagnostics;
using System.Text;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>
/// Random damage to good files: each is read, or refused with a message that names the file. Always the same files; the environment variable
/// E3GEN_RANDOM_BATCHES asks for so many batches of 1000 instead of the few that always run.
/// </summary>
public sealed class XyzFuzzTests
{
    private const int BatchSize = 1000, FewBatches = 5;

    private static readonly int Batches = int.TryParse(Environment.GetEnvironmentVariable("E3GEN_RANDOM_BATCHES"), out int batches) ? batches : FewBatches;

    private static readonly string[] Fixtures =
    [
        "3\nLattice=\"5 0 0 0 5 0 0 0 5\" Properties=species:S:1:pos:R:3:forces:R:3:tag:I:1:move:L:1 energy=-1.5 virial={1 0 0 0 1 0 0 0 1} name=\"a \\\"b\\\" c\" list=[1, 2, 3] pbc=\"T T F\"\nO 0 0 0 1 2 3 4 T\nH 0 0 1 1 2 3 4 F\nH 0 1 0 1 2 3 4 F\n",
        "2\n\nO 0.0 0.1 1.0D-3\nH1 1e0 -2 .5\n\n1\nplain words\nHe 0 0 0",
        "1\nmatrix=[[1, 2], [3, 4]] texts=[\"a b\", c] key only=T stress=\"1 2 3 4 5 6\" j=\"_JSON [[true, false]]\"\nX 1 2 3\n",
        "\uFEFF1\r\n# CELL(abcABC): 10 10 10 90 90 90 Step: 0 Bead: 0 positions{angstrom} cell{angstrom}\r\nO 1\t2\t3\r\n",
        "1\n i = 0, time = 0.000, E = -17.16\nCl 0 0 0\n1\nAtoms. Timestep: 5\nO 0 0 0\n",
    ];

    private static readonly string[] Tokens =
    [
        "\"", "'", "{", "}", "[", "]", "[[", "]]", "=", ",", ":", "\\", "\n", "\r", "\t", "\0", " ", "\u00e9", "\ud83d\ude00", "nan", "inf", "-", "1e999", "2147483646", "-1", "99999999999999999999",
        "Properties=", "Lattice=", "pbc=", "species:S:1", "R:1000000000", "_JSON [", "T", "\uFEFF", "0", ".", "D", "# CELL(",
    ];

    [Fact]
    public void DamagedFilesAreReadOrRefused()
    {
        int read = 0, refused = 0;
        for (int i = 0; i < Batches * BatchSize; i++)
        {
            var random = new Random(2026 + i);
            byte[] file = Damaged(random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            try
            {
                foreach (Atoms atoms in Xyz.Read(file, "fuzz.xyz")) Use(atoms);
                read++;
            }
            catch (InvalidDataException error)
            {
                Assert.True(error.Message.StartsWith("fuzz.xyz", StringComparison.Ordinal) && error.Message.Length is > 20 and < 1500, $"{i}: {error.Message}");
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"file {i}: {error}\n{Encoding.UTF8.GetString(file)}");
            }
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000, $"file {i} took {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"file {i} took {Stopwatch.GetElapsedTime(start)}");
        }
        // Damage that is always or never seen tests nothing.
        Assert.InRange(refused, read / 10, read * 10);
    }

    /// <summary>Whatever was read can be asked for its targets, and comes back from a file.</summary>
    private static void Use(Atoms atoms)
    {
        foreach (Action find in (Action[])[() => atoms.FindEnergy(), () => atoms.FindForces(), () => atoms.FindStress()])
        {
            try
            {
                find();
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("fuzz.xyz, frame", error.Message);
            }
        }
        using var file = new MemoryStream();
        try
        {
            using (var writer = new ExtendedXyzWriter(file, compress: false)) writer.Write(atoms);
        }
        catch (ArgumentException)
        {
            return;         // a control character in a word, such as a zero byte
        }
        Atoms again = Assert.Single(Xyz.Read(file.ToArray(), "again.xyz"));
        Assert.Equal(atoms.Positions, again.Positions);
        Assert.Equal(atoms.AtomicNumbers, again.AtomicNumbers);
        Assert.Equal(atoms.Labels, again.Labels);
        Assert.Equal(atoms.Cell, again.Cell);
        Assert.Equal(atoms.Periodic, again.Periodic);
        Assert.Equal(atoms.Info.Select(i => (i.Key, i.Value.ToString())), again.Info.Select(i => (i.Key, i.Value.ToString())));
        Assert.Equal(atoms.Columns.Keys, again.Columns.Keys);
    }

    private static byte[] Damaged(Random random)
    {
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(Fixtures[random.Next(Fixtures.Length)]));
        if (random.Next(4) == 0) bytes.AddRange(Encoding.UTF8.GetBytes(Fixtures[random.Next(Fixtures.Length)]));
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count + 1), length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    if (random.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}

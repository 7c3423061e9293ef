using System.Diagnostics;
using System.IO.Compression;
using E3Gen.Runtime.Tests.Files.PyTorch;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>
/// Damaged files load or are refused with <see cref="InvalidDataException"/>, in bounded time and memory. Every run damages them in the same ways; the environment
/// variable E3GEN_RANDOM_FILES asks for so many damaged files of each format instead of a few, E3GEN_RANDOM_SEED for others.
/// </summary>
public sealed class MutationTests : IDisposable
{
    private static readonly int Count = Number("E3GEN_RANDOM_FILES") ?? 1000;
    private static readonly int Seed = Number("E3GEN_RANDOM_SEED") ?? 2026;

    /// <summary>Managed memory that a file of a few kilobytes may take, and time in seconds, far more than either needs.</summary>
    private const long MaxBytes = 32 << 20;
    private const double MaxSeconds = 60;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : null;

    [Fact]
    public void DamagedSafetensorsLoadOrAreRefused()
    {
        Run([Encode(), File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "gate_points_2101_rackers.io.safetensors"))], Damage, ReadSafetensors);
    }

    /// <summary>The bytes of the archive, most of which checksums protect.</summary>
    [Fact]
    public void DamagedPyTorchArchivesLoadOrAreRefused() => Run([.. Fixtures.All.Select(File.ReadAllBytes)], Damage, ReadPyTorch);

    /// <summary>The pickle in the archive, whose checksum is right.</summary>
    [Fact]
    public void DamagedPicklesLoadOrAreRefused() => Run([.. Fixtures.All.Where(f => !f.EndsWith("legacy.pt")).Select(File.ReadAllBytes)], DamagePickle, ReadPyTorch);

    private static void Run(byte[][] files, Func<byte[], Random, byte[]> damage, Action<byte[], Random> read)
    {
        var random = new Random(Seed);
        int refused = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] damaged = damage(files[random.Next(files.Length)], random);
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            try
            {
                read(damaged, random);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"file {i} of seed {Seed}: {error}");
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, MaxSeconds);
        }
        Assert.InRange(refused, Count / 10, Count - 1);
    }

    private void ReadSafetensors(byte[] bytes, Random random)
    {
        File.WriteAllBytes(_folder.File("x"), bytes);
        using var scope = NewDisposeScope();
        using SafetensorsFile file = Safetensors.Read(_folder.File("x"));
        foreach (string name in file.Names.Take(20)) _ = file[name];
    }

    private void ReadPyTorch(byte[] bytes, Random random)
    {
        File.WriteAllBytes(_folder.File("x"), bytes);
        using var scope = NewDisposeScope();
        using PyTorchFile file = PyTorchFile.Read(_folder.File("x"), skipUnknown: random.Next(2) == 0);
        foreach (string name in file.Names) _ = file[name];
        _ = file.StateDict();
    }

    /// <summary>A few bytes changed, or the file cut, or a part of it repeated, removed or put elsewhere.</summary>
    private static byte[] Damage(byte[] bytes, Random random)
    {
        int from = random.Next(bytes.Length), length = random.Next(1, 1 + Math.Min(bytes.Length - from, 64)), to = random.Next(bytes.Length);
        switch (random.Next(8))
        {
            case 0: return bytes[..from];
            case 1: return [.. bytes[..from], .. bytes[(from + length)..]];
            case 2: return [.. bytes[..to], .. bytes[from..(from + length)], .. bytes[to..]];
            case 3:
                byte[] pasted = [.. bytes];
                bytes.AsSpan(from, Math.Min(length, bytes.Length - to)).CopyTo(pasted.AsSpan(to));
                return pasted;
            default:
                byte[] changed = [.. bytes];
                for (int n = random.Next(1, 6); n > 0; n--) changed[random.Next(changed.Length)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
                return changed;
        }
    }

    private static byte[] DamagePickle(byte[] file, Random random)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        var records = archive.Entries.Select(e => (Name: e.FullName[(e.FullName.IndexOf('/') + 1)..], Content: Content(e))).ToArray();
        byte[] pickle = records.Single(r => r.Name == "data.pkl").Content;
        for (int n = random.Next(1, 3); n > 0 && pickle.Length > 0; n--) pickle = Damage(pickle, random);
        return TestArchive.Of(pickle, [.. records.Where(r => r.Name != "data.pkl")]);
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (Stream stream = entry.Open()) stream.CopyTo(content);
        return content.ToArray();
    }

    private byte[] Encode()
    {
        using var scope = NewDisposeScope();
        (string, Tensor)[] tensors = [("a", arange(6, dtype: ScalarType.Float32).reshape(2, 3)), ("flag", ones(3, dtype: ScalarType.Bool)), ("none", zeros(0, 2))];
        Safetensors.Save(_folder.File("small"), tensors, new Dictionary<string, string> { ["kind"] = "test" });
        return File.ReadAllBytes(_folder.File("small"));
    }
}

using System.IO.Compression;
using E3Gen.Runtime.Tests.Support;
using static E3Gen.Runtime.Tests.Files.PyTorch.TestArchive;

namespace E3Gen.Runtime.Tests.Files.PyTorch;

/// <summary>Files that lie. Each must be refused with <see cref="InvalidDataException"/>, in little time and memory.</summary>
public sealed class HostilePyTorchTests : IDisposable
{
    /// <summary>The data of four float32.</summary>
    private static readonly (string, byte[]) FourFloats = ("data/0", new byte[16]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Tensors => new()
    {
        { Tensor([1000, 1000], [1000, 1], 0, 4), "reaches element 999999 of the storage '0', which has 4" },
        { Tensor([4], [1], 1, 4), "reaches element 4" },
        { Tensor([2, 2], [3, 1], 0, 4), "reaches element 4" },
        { Tensor([2, 2], [long.MaxValue, 1], 0, 4), "larger than any memory" },
        { Tensor([1L << 32, 1L << 32], [0, 0], 0, 4), "larger than any memory" },
        { Tensor([0, long.MaxValue, 3], [1, 1, 1], 0, 4), "larger than any memory" },
        { Tensor([2], [-1], 1, 4), "a way that torch.save does not write" },
        { Tensor([-1], [1], 0, 4), "a way that torch.save does not write" },
        { Tensor([4], [1], -1, 4), "a way that torch.save does not write" },
        { Tensor([4], [1, 1], 0, 4), "a way that torch.save does not write" },
        { Tensor([.. Enumerable.Repeat(1L, 65)], [.. Enumerable.Repeat(1L, 65)], 0, 4), "65 axes" },
        { Tensor([4], [1], 0, 1L << 40), "should have 1099511627776 elements of type float32, but has 16 bytes" },
        { Tensor([4], [1], 0, -4), "should have -4 elements" },
        { Tensor([4], [1], 0, 4, key: "1"), "storage '1' has no data" },
        { Tensor([4], [1], 0, 4, key: "../data/0"), "has no data" },
        { Tensor([4], [1], 0, 4, kind: "torch\nSize"), "unknown class 'torch.Size'" },
        { $"{Tensor([4], [1], 0, 4)}0{Tensor([4], [1], 0, 4, kind: "torch\nIntStorage")}", "storage '0' has two types" },
        { "ctorch._utils\n_rebuild_tensor_v2\n)R", "a way that torch.save does not write" },
        { "Nctorch\nSize\n)RQ", "something else than a storage" },
        { "cos\nsystem\nX\u0002\0\0\0ls\u0085R", "'os.system'" },
        { "X\u0002\0\0\0osX\u0006\0\0\0system\u0093X\u0002\0\0\0ls\u0085R", "'os.system'" },
        { "cbuiltins\neval\nX\u0002\0\0\01+\u0085R", "'builtins.eval'" },
        { "ccollections\nOrderedDict\nK\u0001\u0085R", "a dictionary from arguments" },
        { "X\u00ff\u00ff\u00ff\u007fabc", "claims 2147483647 bytes, but" },
        { "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffabc", "claims 18446744073709551615 bytes" },
        { "B\u00ff\u00ff\u00ff\u00ffabc", "claims 4294967295 bytes" },
        { "\u008b\u00ff\u00ff\u00ff\u007f1", "an integer of 2147483647 bytes" },
        { "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "a frame of" },
        { "X\u0001\0\0\0\u00ff", "a text that is not UTF-8" },
        { "]r\u00ff\u00ff\u00ff\u007f", "under the number 2147483647" },
        { "h\u0005", "number 5, which was not kept" },
        { "0000", "takes a value where there is none" },
        { "t", "after a mark where there is none" },
        { "(]a", "takes a value where there is none" },
        { "N(NNe", "appends to something that is no list" },
        { "](NNu", "no dictionary" },
        { "}(Nu", "a key without a value" },
        { "NN\u0081", "calls something that is no function" },
        { "NNb", "fields of something that has none" },
        { "I1\n", "the opcode 0x49" },
        { "\u0082\u0001", "the opcode 0x82" },
    };

    [Theory]
    [MemberData(nameof(Tensors))]
    public void LyingPicklesAreRefused(string value, string because) => AssertRefused(Of(Dictionary(value), FourFloats), because);

    [Fact]
    public void OldProtocolsAndCutPicklesAreRefused()
    {
        AssertRefused(Of("\u0080\u0001N."), "protocol 1; 2 to 5 are read");
        AssertRefused(Of("\u0080\u0002]"), "claims 1 bytes, but 0 are left");
        AssertRefused(Of(""), "claims 1 bytes");
        AssertRefused(Of("\u0080\u0002."), "takes a value where there is none");
    }

    [Fact]
    public void DeepNestingIsRefused()
    {
        AssertRefused(Of($"\u0080\u0002{new string(']', 1000)}{new string('a', 999)}."), "nested more than 200 deep");
        AssertRefused(Of($"\u0080\u0002{new string('(', 100_000)}{new string('t', 100_000)}."), "nested more than 200 deep");
    }

    /// <summary>A function that calls itself by its arguments, as deep as the file likes: refused at the first time, or the stack would end.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void CallsInCallsAreRefused(int depth)
    {
        string call = string.Concat(Enumerable.Repeat("h\0N", depth)), end = new('\u0087', depth);
        AssertRefused(
            Of($"\u0080\u0002ctorch._tensor\n_rebuild_from_type_v2\nq\0{call}ctorch\nSize\nN)\u0087{end}R."),
            "makes torch._tensor._rebuild_from_type_v2 from arguments that torch.save does not write");
    }

    [Fact]
    public void LongNamesOfManyNumbersTakeNoMemory()
    {
        string pairs = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{Integer(i)}N{Text($"k{i}")}N"));
        File.WriteAllBytes(_folder.File("x"), Of($"\u0080\u0002}}{Text(new string('a', 100_000))}}}({pairs}us."));
        long before = GC.GetAllocatedBytesForCurrentThread();
        using PyTorchFile file = PyTorchFile.Read(_folder.File("x"));
        Assert.Empty(file.Names);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);   // 4000 such names would take 800 MB
    }

    /// <summary>What a file says may be long, and a terminal would obey some of it.</summary>
    [Fact]
    public void MessagesAreShortAndHarmless()
    {
        string bad = "\u001b[31m" + new string('x', 5000), name = bad[..250], key = "\u001b[31m", tensor = Tensor([4], [1], 0, 4);
        RefusedHarmlessly(Of($"\u0080\u0002c{name}\n{name}\n."), "a Python object");
        RefusedHarmlessly(Of(Dictionary(Tensor([4], [1], 0, 4, key))), "has no data");
        RefusedHarmlessly(Of(Dictionary(Tensor([4], [1], 0, 5, key)), ("data/" + key, new byte[16])), "should have 5 elements");
        RefusedHarmlessly(Of(Dictionary(Tensor([5], [1], 0, 4, key)), ("data/" + key, new byte[16])), "reaches element 4 of the storage");
        RefusedHarmlessly(Of(Dictionary(Tensor([4], [1], 0, 4, kind: $"{name}\n{name}")), FourFloats), "of the unknown class", skipUnknown: true);
        RefusedHarmlessly(Of(Dictionary(tensor), FourFloats, ("byteorder", Bytes(key))), "byte order");
        RefusedHarmlessly(Of($"\u0080\u0002}}({Text(bad + "/b")}{tensor}{Text(bad)}}}{Text("b")}{tensor}su.", FourFloats), "two of its tensors are called");
        RefusedHarmlessly(Of($"\u0080\u0002}}({Text(bad)}}}{Text("w")}{tensor}s{Text("b")}}}{Text("w")}{tensor}su.", FourFloats), "Sections: ");
        RefusedHarmlessly(Zip(bad, bad), "two entries");
        byte[] elsewhere = Zip(bad);
        RefusedHarmlessly(Changed(elsewhere, Find(elsewhere, "PK\u0001\u0002") + 42, 1), "is not at byte");
    }

    private void RefusedHarmlessly(byte[] bytes, string because, bool skipUnknown = false)
    {
        string path = _folder.File("hostile");
        File.WriteAllBytes(path, bytes);
        string message = Assert.Throws<InvalidDataException>(() =>
        {
            using PyTorchFile file = PyTorchFile.Read(path, skipUnknown);
            file.StateDict();
        }).Message;
        Assert.Contains(because, message);
        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 0, 700);
    }

    [Fact]
    public void AListInItselfIsRefused() => AssertRefused(Of("\u0080\u0002]q\0h\0a."), "nested more than 200 deep");

    /// <summary>Sixty dictionaries, each twice in the next one: 2^60 tensors.</summary>
    [Fact]
    public void TreesThatGrowExponentiallyAreRefused()
    {
        string pickle = $"\u0080\u0002{Tensor([4], [1], 0, 4)}q\0";
        for (int i = 1; i < 60; i++) pickle += $"}}({Text("a")}h{(char)(i - 1)}{Text("b")}h{(char)(i - 1)}uq{(char)i}";
        AssertRefused(Of(pickle + ".", FourFloats), "or have more than 1048576 names");
    }

    [Fact]
    public void CopyingAgainAndAgainIsRefused()
    {
        // A text of 20 kB that is encoded 20 000 times would take 400 MB.
        string encode = $"h\0h\u0001{Text("latin1")}\u0086R0";
        AssertRefused(Of($"\u0080\u0002c_codecs\nencode\nq\0{Text(new string('a', 20_000))}q\u00010{string.Concat(Enumerable.Repeat(encode, 20_000))}N."), "bytes of memory");
        string device = "h\0h\u0001K\0\u0086R0";
        AssertRefused(Of($"\u0080\u0002ctorch\ndevice\nq\0{Text(new string('a', 20_000))}q\u00010{string.Concat(Enumerable.Repeat(device, 20_000))}N."), "bytes of memory");
        string ones = string.Concat(Enumerable.Repeat("K\u0001", 20_000)), named = "h\0h\u0001h\u0002\u00920";
        AssertRefused(
            Of($"\u0080\u0002ctorch._utils\n_rebuild_parameter\nq\0({Tensor([4], [1], 0, 4)}{ones}tq\u0001}}{Text("a")}Nsq\u0002{string.Concat(Enumerable.Repeat(named, 2000))}N.", FourFloats),
            "bytes of memory");
        string copy = "h\0h\u0001\u0085R0";
        AssertRefused(Of($"\u0080\u0002ctorch\nSize\nq\0({string.Concat(Enumerable.Repeat("K\u0001", 20_000))}tq\u00010{string.Concat(Enumerable.Repeat(copy, 20_000))}N."), "bytes of memory");
    }

    [Fact]
    public void BoolsOtherThanZeroAndOneAreRefused()
    {
        File.WriteAllBytes(_folder.File("x"), Of(Dictionary(Tensor([2], [1], 0, 2, kind: "torch\nBoolStorage")), ("data/0", [1, 2])));
        using PyTorchFile file = PyTorchFile.Read(_folder.File("x"));
        Assert.Contains("neither 0 nor 1", Assert.Throws<InvalidDataException>(() => file["w"]).Message);
    }

    [Fact]
    public void ExpandedNumbersTakeNoMemory()
    {
        File.WriteAllBytes(_folder.File("x"), Of(Dictionary(Tensor([1 << 20, 1 << 20], [0, 0], 0, 4)), FourFloats));
        using var scope = TorchSharp.torch.NewDisposeScope();
        using PyTorchFile file = PyTorchFile.Read(_folder.File("x"));
        Assert.Equal([1 << 20, 1 << 20], file["w"].shape);
    }

    [Fact]
    public void CompressedDataAreRefusedHoweverLargeTheyWouldBe()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (Stream pickle = archive.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open())
                pickle.Write(Bytes(Dictionary(Tensor([4], [1], 0, 4))));
            using Stream data = archive.CreateEntry("archive/data/0", CompressionLevel.Fastest).Open();
            data.Write(new byte[1 << 24]);
        }
        AssertRefused(bytes.ToArray(), "'archive/data/0' is compressed");
    }

    [Fact]
    public void LyingDirectoriesAreRefused()
    {
        byte[] whole = Of(Dictionary(Tensor([4], [1], 0, 4)), FourFloats, ("version", "3\n"u8.ToArray()));
        int directory = Find(whole, "PK\u0001\u0002"), end = Find(whole, "PK\u0005\u0006"), second = Find(whole, "PK\u0001\u0002", directory + 4);
        AssertRefused(Changed(whole, end + 12, 0xff), "zip directory claims");
        AssertRefused(Changed(whole, end + 10, 9), "entries instead of 9");
        AssertRefused(Changed(whole, directory, 0), "zip directory is damaged");
        AssertRefused(Changed(whole, directory + 28, 0xff), "runs over its end");
        AssertRefused(Changed(whole, second + 22, 0xff), "claims 16711696 bytes");
        AssertRefused(Changed(whole, second + 20, 17), "has the sizes 16 and 17");
        AssertRefused(Changed(whole, second + 44, 0xff), "outside of the data");
        AssertRefused(Changed(whole, second + 42, (byte)(whole[second + 42] + 1)), "is not at byte");
        AssertRefused(Changed(whole, directory + 46, (byte)'b'), "has another name in the directory");
        // Both entries at the first one's place, whose name and header fit.
        byte[] twice = [.. whole];
        twice.AsSpan(directory, second - directory).CopyTo(twice.AsSpan(second));
        AssertRefused(twice, "zip directory");
        AssertRefused(whole[..^1], "no zip directory at its end");
        AssertRefused([.. whole, 0], "no zip directory at its end");
    }

    [Fact]
    public void OverlappingEntriesAreRefused()
    {
        // The first entry claims its data and what follows them, up to the directory.
        byte[] whole = Of(Dictionary(Tensor([4], [1], 0, 4)), FourFloats);
        int directory = Find(whole, "PK\u0001\u0002"), first = 30 + "archive/data.pkl".Length;
        byte[] overlapping = [.. whole];
        BitConverter.GetBytes(directory - first).CopyTo(overlapping, directory + 20);
        BitConverter.GetBytes(directory - first).CopyTo(overlapping, directory + 24);
        AssertRefused(overlapping, "overlaps 'archive/data.pkl'");
    }

    [Fact]
    public void OtherArchivesAreNamed()
    {
        AssertRefused(Zip("weights.npy"), "NumPy arrays (.npz)");
        AssertRefused(Zip("readme.txt"), "0 files 'data.pkl' in its folder");
        AssertRefused(Zip("a/data.pkl", "b/data.pkl"), "2 files 'data.pkl' in its folder");
        AssertRefused(Zip("m/data.pkl", "m/constants.pkl", "m/code/m.py"), "TorchScript archive (torch.jit.save)");
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] whole = File.ReadAllBytes(Fixtures.PathOf("tensor"));
        for (int length = 0; length < whole.Length; length++) AssertRefused(whole[..length], "as a PyTorch file");
    }

    private static byte[] Zip(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names) archive.CreateEntry(name, CompressionLevel.NoCompression);
        }
        return bytes.ToArray();
    }

    private static int Find(byte[] bytes, string text, int from = 0) => from + bytes.AsSpan(from).IndexOf(Bytes(text));

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        byte[] changed = [.. bytes];
        changed[at] = value;
        return changed;
    }

    private void AssertRefused(byte[] bytes, string because)
    {
        string path = _folder.File("hostile");
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<InvalidDataException>(() => PyTorchFile.Read(path));
        Assert.Contains(path, error.Message);
        Assert.Contains(because, error.Message);
    }
}

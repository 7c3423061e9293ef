using System.Globalization;
using System.Text;
using E3Gen.Runtime.Tests.Support;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>What is written comes back.</summary>
public sealed class ExtendedXyzWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NumbersComeBackExactly()
    {
        var random = new Random(5);
        double[] numbers =
        [
            0.1, 1.0 / 3, -0.0, double.Epsilon, double.MaxValue, double.MinValue, 1e-300, 123456789.123456789, 1e22, 5,
            .. Enumerable.Range(0, 500).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Where(double.IsFinite),
        ];
        numbers = numbers[..(numbers.Length / 3 * 3)];
        var atoms = new Atoms([.. Enumerable.Repeat(1, numbers.Length / 3)], numbers);
        atoms.Columns["again"] = new AtomColumn(numbers, 3);
        atoms.Info["all"] = new InfoValue(numbers);
        Atoms back = RoundTrip(atoms);
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), back.Positions.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), back.Columns["again"].Reals.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), back.Info["all"].ToDoubles().Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [InlineData("a.xyz")]
    [InlineData("a.xyz.gz")]
    public void FramesComeBack(string name)
    {
        Atoms atoms = Sample();
        string path = _folder.File(name);
        ExtendedXyz.Write(path, [atoms, atoms]);
        Assert.Equal([name], _folder.Files);
        Atoms[] frames = [.. ExtendedXyz.Read(path)];
        Assert.Equal(2, frames.Length);
        AssertSame(atoms, frames[1]);
        Assert.Equal(name.EndsWith(".gz", StringComparison.Ordinal), File.ReadAllBytes(path)[0] == 0x1F);
    }

    [Fact]
    public void TheTextIsWhatOtherProgramsRead()
    {
        using var file = new MemoryStream();
        using (var writer = new ExtendedXyzWriter(file, compress: false)) writer.Write(Sample());
        Assert.Equal("""
            2
            Lattice="5.0 0.0 0.0 0.0 6.5 0.0 0.0 0.0 7.0" Properties=species:S:1:pos:R:3:forces:R:3:id:I:1:fixed:L:1:tag:S:2 energy=-1.5 n=3 done=T name="two \"words\"\n\\" "a key"=word list="1.0 2.5" one=[1] flags="T F" matrix=[[1, 2], [3, 4]] texts=["a b", "c"] bad=nan pbc="T F T"
            O 0.0 0.25 -1.0 1.0 2.0 3.0 7 T a b
            H_w 1E-10 3.0 1E+20 4.0 5.0 nan -8 F c d

            """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(file.ToArray()));
    }

    [Theory]
    [InlineData("a.xyz")]
    [InlineData("a.xyz.gz")]
    public void FramesAreAppended(string name)
    {
        string path = _folder.File(name);
        for (int part = 0; part < 3; part++)
        {
            using var writer = new ExtendedXyzWriter(path, append: part > 0);
            writer.Write(Sample());
            writer.Write(Sample());
        }
        Assert.Equal(6, ExtendedXyz.Read(path).Count());
        using (var writer = new ExtendedXyzWriter(path)) writer.Write(Sample());
        Assert.Single(ExtendedXyz.Read(path));
    }

    [Theory]
    [InlineData("md.xyz")]
    [InlineData("md.xyz.gz")]
    public void EveryFrameIsInTheFileWhenItIsWritten(string name)
    {
        string path = _folder.File(name);
        using var writer = new ExtendedXyzWriter(path);
        for (int frame = 1; frame <= 3; frame++)
        {
            writer.Write(Sample());
            Assert.Equal(frame, ExtendedXyz.Read(path).Count());
        }
    }

    [Fact]
    public void IncompleteFilesAreNotContinued()
    {
        string path = _folder.File("cut.xyz");
        File.WriteAllText(path, "1\n\nH 0 0");
        Assert.Contains("ends inside a line", Assert.Throws<InvalidDataException>(() => new ExtendedXyzWriter(path, append: true)).Message);
        Assert.Equal("1\n\nH 0 0", File.ReadAllText(path));

        string compressed = _folder.File("cut.xyz.gz");
        ExtendedXyz.Write(compressed, [Sample(), Sample()]);
        byte[] whole = File.ReadAllBytes(compressed);
        foreach (byte[] bytes in (byte[][])[whole[..^1], whole[..^10], whole[..20], Encoding.UTF8.GetBytes("1\n\nH 0 0 0\n")])
        {
            File.WriteAllBytes(compressed, bytes);
            Assert.Contains("cut.xyz.gz is not a complete gzip file", Assert.Throws<InvalidDataException>(() => new ExtendedXyzWriter(compressed, append: true)).Message);
            Assert.Equal(bytes, File.ReadAllBytes(compressed));
        }
    }

    [Fact]
    public void ALinkIsWrittenThrough()
    {
        if (OperatingSystem.IsWindows()) return;   // links need a privilege there
        string target = _folder.File("target.xyz"), link = _folder.File("link.xyz");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        ExtendedXyz.Write(link, Sample());
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        AssertSame(Sample(), Assert.Single(ExtendedXyz.Read(target)));
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFile()
    {
        string path = _folder.File("a.xyz");
        File.WriteAllText(path, "old");
        Atoms bad = Sample();
        bad.Info["pbc"] = new InfoValue(true);
        Assert.Throws<ArgumentException>(() => ExtendedXyz.Write(path, [Sample(), bad]));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.xyz"], _folder.Files);
    }

    [Fact]
    public void WhatTheFormatCannotHoldIsRefused()
    {
        Refuses("has the position (0.0, 0.25, nan); positions must be finite", a => a.Positions[2] = double.NaN);
        Refuses("the cell is (inf, 0.0,", a => a.Cell![0] = double.PositiveInfinity);
        Refuses("has the atomic number 119", a => a.AtomicNumbers[1] = 119);
        Refuses("named 'Lattice'", a => a.Info["Lattice"] = new InfoValue(1L));
        Refuses("named 'PROPERTIES'", a => a.Info["PROPERTIES"] = new InfoValue(1L));
        Refuses("named ''", a => a.Info[""] = new InfoValue(1L));
        Refuses("A column is named 'pos'", a => a.Columns["pos"] = new AtomColumn(new double[2]));
        Refuses("A column is named 'Z'", a => a.Columns["Z"] = new AtomColumn(new long[2]));
        Refuses("A column is named 'a:b'", a => a.Columns["a:b"] = new AtomColumn(new long[2]));
        Refuses("has 3 atoms; expected 2", a => a.Columns["a"] = new AtomColumn(new long[3]));
        Refuses("has the text 'two words'", a => a.Columns["a"] = new AtomColumn(["one", "two words"]));
        Refuses("has the text ''", a => a.Columns["a"] = new AtomColumn(["one", ""]));
        Refuses("the label 'C1'; expected its symbol O", a => a.Labels![0] = "C1");
        Refuses("the label 'O 1'", a => a.Labels![0] = "O 1");

        static void Refuses(string because, Action<Atoms> change)
        {
            Atoms atoms = Sample();
            change(atoms);
            using var file = new MemoryStream();
            using var writer = new ExtendedXyzWriter(file, compress: false);
            Assert.Contains(because, Assert.ThrowsAny<ArgumentException>(() => writer.Write(atoms)).Message, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(0, file.Length);
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("fr-FR")]
    public void NoCountryChangesAnything(string name)
    {
        // The invariant mode of globalization knows no real cultures: this one has what differs between them.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", name == "fr-FR" ? "\u202f" : ".");
        (culture.NumberFormat.NegativeSign, culture.NumberFormat.NaNSymbol) = ("\u2212", "¤¤¤");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            AssertSame(Sample(), RoundTrip(Sample()));
            Assert.Contains("'0,5' is no finite coordinate", Xyz.Refused("1\n\nH 0 0,5 0\n"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Atoms Sample()
    {
        var atoms = new Atoms([8, 1], [0, 0.25, -1, 1e-10, 3, 1e20], [5, 0, 0, 0, 6.5, 0, 0, 0, 7], (true, false, true)) { Labels = ["O", "H_w"] };
        atoms.Info["energy"] = new InfoValue(-1.5);
        atoms.Info["n"] = new InfoValue(3L);
        atoms.Info["done"] = new InfoValue(true);
        atoms.Info["name"] = new InfoValue("two \"words\"\n\\");
        atoms.Info["a key"] = new InfoValue("word");
        atoms.Info["list"] = new InfoValue([1, 2.5]);
        atoms.Info["one"] = new InfoValue(new long[] { 1 });
        atoms.Info["flags"] = new InfoValue([true, false]);
        atoms.Info["matrix"] = new InfoValue([1L, 2, 3, 4], columns: 2);
        atoms.Info["texts"] = new InfoValue(["a b", "c"]);
        atoms.Info["bad"] = new InfoValue(double.NaN);
        atoms.Columns["forces"] = new AtomColumn([1, 2, 3, 4, 5, double.NaN], 3);
        atoms.Columns["id"] = new AtomColumn([7L, -8]);
        atoms.Columns["fixed"] = new AtomColumn([true, false]);
        atoms.Columns["tag"] = new AtomColumn(["a", "b", "c", "d"], 2);
        return atoms;
    }

    private static Atoms RoundTrip(Atoms atoms)
    {
        using var file = new MemoryStream();
        using (var writer = new ExtendedXyzWriter(file, compress: false)) writer.Write(atoms);
        return Assert.Single(Xyz.Read(file.ToArray()));
    }

    private static void AssertSame(Atoms expected, Atoms actual)
    {
        Assert.Equal(expected.AtomicNumbers, actual.AtomicNumbers);
        Assert.Equal(expected.Positions, actual.Positions);
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal(expected.Cell, actual.Cell);
        Assert.Equal(expected.Periodic, actual.Periodic);
        Assert.Equal(expected.Info.Select(i => (i.Key, i.Value.Kind, i.Value.ToString())), actual.Info.Select(i => (i.Key, i.Value.Kind, i.Value.ToString())));
        Assert.Equal(expected.Info.Select(i => i.Value.Shape), actual.Info.Select(i => i.Value.Shape));
        Assert.Equal(expected.Columns.Select(c => (c.Key, c.Value.Kind, c.Value.Width)), actual.Columns.Select(c => (c.Key, c.Value.Kind, c.Value.Width)));
        Assert.Equal(expected.Columns["forces"].Reals, actual.Columns["forces"].Reals);
        Assert.Equal(expected.Columns["tag"].Texts, actual.Columns["tag"].Texts);
    }
}

using System.IO.Compression;
using System.Text;
using E3Gen.Runtime.Tests.Support;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>What a file says is what a frame holds.</summary>
public sealed class ExtendedXyzTests : IDisposable
{
    private const string Water = "3\nProperties=species:S:1:pos:R:3:forces:R:3:id:I:1:fixed:L:1:tag:S:2 energy=-14.5\nO 0 0 0.5 1 2 3 7 T a b\nH 0.76 0 -0.5 4 5 6 8 F c d\nH -0.76 0 -0.5 7 8 9 9 false e f\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ColumnsOfEveryTypeAreRead()
    {
        Atoms water = Assert.Single(Xyz.Read(Water));
        Assert.Equal(3, water.Count);
        Assert.Equal([8, 1, 1], water.AtomicNumbers);
        Assert.Equal(["O", "H", "H"], Enumerable.Range(0, 3).Select(water.SymbolOf));
        Assert.Equal([0, 0, 0.5, 0.76, 0, -0.5, -0.76, 0, -0.5], water.Positions);
        Assert.Equal(["forces", "id", "fixed", "tag"], water.Columns.Keys);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], water.Columns["forces"].Reals);
        Assert.Equal(3, water.Columns["forces"].Width);
        Assert.Equal([7, 8, 9], water.Columns["id"].Integers);
        Assert.Equal([true, false, false], water.Columns["fixed"].Logicals);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], water.Columns["tag"].Texts);
        Assert.Equal(-14.5, water.Info["energy"].ToDouble());
        Assert.Null(water.Cell);
        Assert.False(water.IsPeriodic);
        Assert.Null(water.Labels);
        Assert.Equal("test.xyz, frame 0, line 1", water.Origin);
        Assert.Throws<InvalidOperationException>(() => water.Columns["id"].Reals);
    }

    [Fact]
    public void ColumnsComeInAnyOrder()
    {
        Atoms atoms = Assert.Single(Xyz.Read("2\nProperties=forces:R:3:Z:I:1:pos:R:3:species:S:1\n1 2 3 6 4 5 6 C\n7 8 9 1 0 1 2 h\n"));
        Assert.Equal([6, 1], atoms.AtomicNumbers);
        Assert.Equal([4, 5, 6, 0, 1, 2], atoms.Positions);
        Assert.Equal(["forces"], atoms.Columns.Keys);
        Assert.Equal([8, 1], Assert.Single(Xyz.Read("2\nProperties=Z:I:1:pos:R:3\n8 0 0 0\n1 0 0 1\n")).AtomicNumbers);
    }

    [Theory]
    [InlineData("8", 8, null)]
    [InlineData("o", 8, null)]
    [InlineData("CL", 17, null)]
    [InlineData("cl", 17, null)]
    [InlineData("O1", 8, "O1")]
    [InlineData("H_w", 1, "H_w")]
    [InlineData("Fe3+", 26, "Fe3+")]
    [InlineData("C13", 6, "C13")]
    [InlineData("D", 1, "D")]
    [InlineData("T", 1, "T")]
    [InlineData("X", 0, null)]
    [InlineData("Og", 118, null)]
    public void SpeciesAreSymbolsNumbersOrLabels(string written, int number, string? label)
    {
        Atoms atoms = Assert.Single(Xyz.Read($"2\n\nH 0 0 0\n{written} 0 0 1\n"));
        Assert.Equal([1, number], atoms.AtomicNumbers);
        Assert.Equal(label is null ? null : ["H", label], atoms.Labels);
    }

    [Theory]
    [InlineData("Xx")]
    [InlineData("OW")]
    [InlineData("119")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("_H")]
    [InlineData("Hé")]
    public void OtherSpeciesAreRefused(string written) => Assert.Contains($"line 3: '{written}' is no element", Xyz.Refused($"1\n\n{written} 0 0 0\n"));

    [Theory]
    [InlineData("a=5", ValueKind.Integer, "5")]
    [InlineData("a=-5.50", ValueKind.Real, "-5.50")]
    [InlineData("a=1.0D-3", ValueKind.Real, "1.0D-3")]
    [InlineData("a = 1e3", ValueKind.Real, "1e3")]
    [InlineData("a=T", ValueKind.Logical, "T")]
    [InlineData("a=false", ValueKind.Logical, "false")]
    [InlineData("a", ValueKind.Logical, "T")]
    [InlineData("a=t", ValueKind.Text, "t")]
    [InlineData("a=word", ValueKind.Text, "word")]
    [InlineData("a=007", ValueKind.Integer, "007")]
    [InlineData("a=1e999", ValueKind.Text, "1e999")]
    [InlineData("a=99999999999999999999", ValueKind.Real, "99999999999999999999")]
    [InlineData("a=--5", ValueKind.Text, "--5")]
    [InlineData("a=1,", ValueKind.Integer, "1")]
    [InlineData("a=", ValueKind.Text, "")]
    [InlineData("a=\"\"", ValueKind.Text, "")]
    [InlineData("a={}", ValueKind.Text, "")]
    [InlineData("a=\"two words\"", ValueKind.Text, "two words")]
    [InlineData("a='two words'", ValueKind.Text, "two words")]
    [InlineData("a=it's", ValueKind.Text, "it's")]
    [InlineData("a=x=y", ValueKind.Text, "x=y")]
    [InlineData("a=\"say \\\"no\\\" \\\\ \\n\"", ValueKind.Text, "say \"no\" \\ \n")]
    [InlineData("a=\"5\"", ValueKind.Integer, "5")]
    [InlineData("a={5}", ValueKind.Integer, "5")]
    [InlineData("a={word}", ValueKind.Text, "word")]
    [InlineData("a=\"_JSON {\\\"b\\\": 1}\"", ValueKind.Text, "_JSON {\"b\": 1}")]
    [InlineData("\"a\"=5", ValueKind.Integer, "5")]
    public void ScalarsHaveTheTypeOfTheirText(string comment, ValueKind kind, string text)
    {
        InfoValue value = Xyz.OfComment($"other=1 {comment}").Info["a"];
        Assert.Equal(kind, value.Kind);
        Assert.Empty(value.Shape);
        Assert.Equal(text, value.ToString());
    }

    [Fact]
    public void NumbersAreRead()
    {
        Atoms atoms = Xyz.OfComment("x=1.0D-3 y=-2d+2 z=+.5 i=+3 n=NaN p=inf q=-Infinity");
        Assert.Equal([0.001, -200, 0.5, 3, double.NaN, double.PositiveInfinity, double.NegativeInfinity], atoms.Info.Values.Select(v => v.ToDouble()));
    }

    [Theory]
    [InlineData("\"1 2 3\"", ValueKind.Integer, 3, 0)]
    [InlineData("{1 2 3}", ValueKind.Integer, 3, 0)]
    [InlineData("[1, 2, 3]", ValueKind.Integer, 3, 0)]
    [InlineData("[1,2,3]", ValueKind.Integer, 3, 0)]
    [InlineData("1,2,3", ValueKind.Integer, 3, 0)]
    [InlineData("\"1, 2.5\"", ValueKind.Real, 2, 0)]
    [InlineData("[1]", ValueKind.Integer, 1, 0)]
    [InlineData("\"T F T\"", ValueKind.Logical, 3, 0)]
    [InlineData("[T, False]", ValueKind.Logical, 2, 0)]
    [InlineData("{a b}", ValueKind.Text, 2, 0)]
    [InlineData("[\"a b\", \"c, d\"]", ValueKind.Text, 2, 0)]
    [InlineData("[1, two]", ValueKind.Text, 2, 0)]
    [InlineData("[[1, 2], [3, 4], [5, 6]]", ValueKind.Integer, 3, 2)]
    [InlineData("[[1, 2.0], [3, 4]]", ValueKind.Real, 2, 2)]
    [InlineData("[ [1 2] [3 4] ]", ValueKind.Integer, 2, 2)]
    [InlineData("\"_JSON [[1, 2], [3, 4]]\"", ValueKind.Integer, 2, 2)]
    [InlineData("\"_JSON [true, false]\"", ValueKind.Logical, 2, 0)]
    public void ListsAndMatricesAreRead(string written, ValueKind kind, int rows, int columns)
    {
        InfoValue value = Xyz.OfComment($"a={written} b=1").Info["a"];
        Assert.Equal(kind, value.Kind);
        Assert.Equal(columns == 0 ? [rows] : [rows, columns], value.Shape);
    }

    [Theory]
    [InlineData("Lattice=\"1 2 3 4 5 6 7 8 10\"", "TTT")]
    [InlineData("Lattice=[[1,2,3],[4,5,6],[7,8,10]]", "TTT")]
    [InlineData("lattice={1 2 3 4 5 6 7 8 10}", "TTT")]
    [InlineData("LATTICE=\"1 2 3 4 5 6 7 8 10\" PBC=F", "FFF")]
    [InlineData("Lattice=\"1 2 3 4 5 6 7 8 10\" pbc=\"T T F\"", "TTF")]
    [InlineData("Lattice=\"1 2 3 4 5 6 7 8 10\" pbc=[True, False, True]", "TFT")]
    [InlineData("Lattice=\"1 2 3 4 5 6 7 8 10\" pbc=F F T Origin=\"1 2 3\"", "FFT")]
    [InlineData("pbc=T T F Lattice=\"1 2 3 4 5 6 7 8 10\"", "TTF")]
    [InlineData("pbc=1 1 0 Lattice=\"1 2 3 4 5 6 7 8 10\"", "TTF")]
    [InlineData("pbc=\"1 1 0\" Lattice=\"1 2 3 4 5 6 7 8 10\"", "TTF")]
    [InlineData("pbc=T,T,F Lattice=\"1 2 3 4 5 6 7 8 10\"", "TTF")]
    public void CellsHaveLatticeVectorsAsRows(string comment, string periodic)
    {
        Atoms atoms = Xyz.OfComment(comment);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 10], atoms.Cell!);
        Assert.Equal(periodic, string.Concat(new[] { atoms.Periodic.A, atoms.Periodic.B, atoms.Periodic.C }.Select(p => p ? 'T' : 'F')));
        Assert.DoesNotContain(atoms.Info.Keys, k => k.ToUpperInvariant() is "PBC" or "LATTICE" or "T" or "F");
        Assert.Equal([0, 0, 0], atoms.Positions);       // Origin says where to draw the cell; positions are as written
    }

    [Fact]
    public void LatticesOfThreeNumbersAreRectangular() => Assert.Equal([2, 0, 0, 0, 3, 0, 0, 0, 4], Xyz.OfComment("Lattice=\"2 3 4\"").Cell!);

    [Fact]
    public void PlainFilesNeedNoComment()
    {
        Atoms[] frames = Xyz.Read("2\n\nO 0 0 0\nH 0 0 1 0.1 some more\n\n\n1\n it is plain, really \nHe\t1.5\t-2\t1.0D-3");
        Assert.Equal(2, frames.Length);
        Assert.Empty(frames[0].Info);
        Assert.Empty(frames[0].Columns);
        Assert.Equal("it is plain, really", frames[1].Info["comment"].ToString());
        Assert.Equal([1.5, -2, 0.001], frames[1].Positions);
        Assert.Equal("test.xyz, frame 1, line 7", frames[1].Origin);
    }

    [Theory]
    [InlineData("E = \"it -5")]
    [InlineData("energy=[1, 2")]
    [InlineData("a=1 a=2")]
    [InlineData("words only, no values")]
    [InlineData("a = b=3")]
    public void CommentsThatAreNoPairsAreText(string comment) => Assert.Equal(comment, Assert.Single(Xyz.OfComment(comment).Info).Value.ToString());

    [Theory]
    [InlineData("Properties=species:S:1:pos:R:3 a=[1, 2", "without its closing ']'")]
    [InlineData("Properties=species:S:1:pos:R:3 a=\"b", "a quote \" without its closing one")]
    [InlineData("Properties=species:S:1:pos:R:3 a=[[1],[2,3]]", "different lengths")]
    [InlineData("Properties=species:S:1:pos:R:3 a=1 a=2", "the key 'a' has two values, '1' and '2'")]
    [InlineData("Properties=species:S:1:pos:R:3 =2", "a value without a key")]
    [InlineData("Properties=species:S:1:pos:R:3 a=\"b\"c", "directly after the value of 'a'")]
    [InlineData("Properties=species:S:1:pos:R:3 a={1 {2}}", "inside a list")]
    [InlineData("Properties=species:S:1:pos:R:3 a = b=3", "in quotes if it contains '='")]
    [InlineData("Lattice = \"5 0 0 0 5 0 0 0 5", "a quote")]
    [InlineData("Properties=species:S:1:pos:R:3 properties=a:R:1", "there are 'Properties' and 'properties'; expected one")]
    [InlineData("Properties=species:S:1:pos:R", "expected triples")]
    [InlineData("Properties=species:S:1:pos:Q:3", "the type of 'pos' is 'Q'")]
    [InlineData("Properties=species:S:1:pos:R:0", "'pos' has '0' columns")]
    [InlineData("Properties=species:S:1:pos:R:-3", "'pos' has '-3' columns")]
    [InlineData("Properties=species:S:1:pos:R:3:a:R:99999999999999999999", "'a' has '99999999999999999999' columns")]
    [InlineData("Properties=species:S:1:pos:R:3:a:R:1000000000", "more than a line can have")]
    [InlineData("Properties=species:S:1:pos:R:2", "need the type R and 3 columns")]
    [InlineData("Properties=species:S:1", "expected positions")]
    [InlineData("Properties=pos:R:3", "expected species:S:1 or Z:I:1")]
    [InlineData("Properties=species:S:2:pos:R:3", "need the type S")]
    [InlineData("Properties=Z:R:1:pos:R:3", "need the type I")]
    [InlineData("Properties=species:S:1:pos:R:3:pos:R:3", "two columns are named 'pos'")]
    [InlineData("Properties=species:S:1:pos:R:3:positions:R:3", "both 'pos' and 'positions'")]
    [InlineData("Properties=species:S:1:pos:R:3::R:1", "a column has no name")]
    [InlineData("Properties=5", "expected triples")]
    [InlineData("Lattice=\"1 2 3 4 5 6 7 8\"", "Lattice is '1 2 3 4 5 6 7 8'; expected 9 finite numbers")]
    [InlineData("Lattice=5 0 0 0 5 0 0 0 5", "Lattice is '5'; expected 9 finite numbers")]
    [InlineData("Lattice=\"1 0 0 0 nan 0 0 0 1\"", "expected 9 finite numbers")]
    [InlineData("Lattice=\"a b c\"", "expected 9 finite numbers")]
    [InlineData("Lattice=\"1 0 0 2 0 0 0 0 1\"", "singular")]
    [InlineData("Lattice=\"1 0 0 0 1 0 0 0 0\"", "say with pbc which of its directions are periodic")]
    [InlineData("Lattice=\"1 0 0 0 1 0 0 0 1\" pbc=\"T T\"", "pbc is 'T T'")]
    [InlineData("Lattice=\"1 0 0 0 1 0 0 0 1\" pbc=\"2 0 0\"", "pbc is '2 0 0'")]
    [InlineData("Lattice=\"1 0 0 0 1 0 0 0 1\" pbc=yes", "pbc is 'yes'")]
    [InlineData("pbc=\"T T T\"", "there is no Lattice")]
    public void BrokenExtendedCommentsAreRefused(string comment, string because)
    {
        string message = Xyz.Refused($"1\n{comment}\nH 0 0 0\n");
        Assert.StartsWith("test.xyz, frame 0, line 2: ", message);
        Assert.Contains(because, message);
    }

    [Fact]
    public void OpenDirectionsNeedNoLatticeVector()
    {
        Atoms slab = Xyz.OfComment("Lattice=\"3 0 0 0 3 0 0 0 0\" pbc=\"T T F\"");
        Assert.Equal((true, true, false), slab.Periodic);
        Assert.False(Xyz.OfComment("pbc=\"F F F\" a=1").IsPeriodic);
    }

    [Theory]
    [InlineData("three\n", "line 1: 'three' is no number of atoms; expected one alone on the line.")]
    [InlineData("3 atoms\n", "line 1: '3 atoms' is no number of atoms")]
    [InlineData("-1\n\n", "line 1: '-1' is no number of atoms")]
    [InlineData("1.0\n\n", "line 1: '1.0' is no number of atoms")]
    [InlineData("1", "line 1: the file ends here; expected a comment line")]
    [InlineData("2\n\nH 0 0 0", "line 3: the file ends here after 1 of the 2 atoms that line 1 promises.")]
    [InlineData("2\n\nH 0 0 0\n\n", "line 4: the line is blank")]
    [InlineData("1\n\nH 0 0\n", "line 3: 'H 0 0' has 3 columns; expected 4 (species pos×3).")]
    [InlineData("1\n\nH 0 0 nan\n", "line 3: 'nan' is no finite coordinate; expected a number in Å.")]
    [InlineData("1\n\nH 0 inf 0\n", "line 3: 'inf' is no finite coordinate")]
    [InlineData("1\n\nH 0 1e999 0\n", "line 3: '1e999' is no finite coordinate")]
    [InlineData("1\n\nH 0 0,5 0\n", "line 3: '0,5' is no finite coordinate")]
    [InlineData("1\n\nH 0 0x10 0\n", "line 3: '0x10' is no finite coordinate")]
    [InlineData("1\n\nH 0 1\0 0\n", "line 3: '1·' is no finite coordinate")]
    [InlineData("1\n\nH 0 ******** 0\n", "line 3: '********' is no finite coordinate")]
    [InlineData("1\n\nH 0 0 0\nH 0 0 1\n", "frame 1, line 4: 'H 0 0 1' is no number of atoms; expected one alone on the line of the next frame")]
    [InlineData("1\nProperties=species:S:1:pos:R:3:a:I:1\nH 0 0 0 1.5\n", "line 3: '1.5' in the column 'a' is not an integer (I).")]
    [InlineData("1\nProperties=species:S:1:pos:R:3:a:L:1\nH 0 0 0 yes\n", "line 3: 'yes' in the column 'a' is not T or F (L).")]
    [InlineData("1\nProperties=species:S:1:pos:R:3:a:R:1\nH 0 0 0 x\n", "line 3: 'x' in the column 'a' is not a real number (R).")]
    [InlineData("1\nProperties=species:S:1:pos:R:3:a:R:2\nH 0 0 0 1\n", "line 3: 'H 0 0 0 1' has 5 columns; expected 6 (species pos×3 a×2).")]
    [InlineData("1\nProperties=species:S:1:pos:R:3\nH 0 0 0 1 2\n", "line 3: 'H 0 0 0 1 2' has 6 columns; Properties describes 4 (species pos×3).")]
    [InlineData("1\nProperties=species:S:1:pos:R:3:Z:I:1\nH 0 0 0 2\n", "line 3: '2' contradicts the other column of this atom's element, which says H (1).")]
    [InlineData("1\nProperties=Z:I:1:pos:R:3:species:S:1\n1 0 0 0 O\n", "line 3: 'O' contradicts the other column of this atom's element, which says H (1).")]
    [InlineData("1\nProperties=Z:I:1:pos:R:3\n119 0 0 0\n", "line 3: '119' is no atomic number; expected 0 … 118.")]
    public void BrokenFramesAreRefusedByLine(string text, string message) => Assert.Contains(message, Xyz.Refused(text));

    [Fact]
    public void FramesBeforeABrokenOneAreGiven()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("1\n\nH 0 0 0\n1\n\nH 0 0"));
        using IEnumerator<Atoms> frames = ExtendedXyz.Read(stream, "cut.xyz").GetEnumerator();
        Assert.True(frames.MoveNext());
        Assert.StartsWith("cut.xyz, frame 1, line 6: ", Assert.Throws<InvalidDataException>(() => frames.MoveNext()).Message);
    }

    [Fact]
    public void LineEndsTabsMarksAndBlankLinesDoNotMatter()
    {
        Atoms[] plain = Xyz.Read(Water);
        string spread = "\uFEFF\n \t\n" + Water.Replace(' ', '\t').Replace("\n", " \r\n") + "\r\n\t\r\n";
        Atoms[] frames = Xyz.Read(spread);
        Assert.Equal(plain[0].Positions, Assert.Single(frames).Positions);
        Assert.Equal(plain[0].Columns["tag"].Texts, frames[0].Columns["tag"].Texts);
        Assert.Equal("-14.5", frames[0].Info["energy"].ToString());
    }

    [Fact]
    public void EmptyFilesHaveNoFrames()
    {
        Assert.Empty(Xyz.Read(""));
        Assert.Empty(Xyz.Read("\n \n"));
        Assert.Empty(Assert.Single(Xyz.Read("0\n\n")).Positions);
    }

    [Fact]
    public void Utf16IsRefusedByName() =>
        Assert.Contains("UTF-16", Assert.Throws<InvalidDataException>(() => Xyz.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Water)])).Message);

    [Fact]
    public void CompressedFilesAreKnownByTheirBytes()
    {
        string path = _folder.File("packed.xyz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(Water + Water));
        Assert.Equal(2, ExtendedXyz.Read(path).Count());
        Assert.Equal(2, ExtendedXyz.Read(path).Count());    // and once more
    }

    [Fact]
    public void TruncatedAndDamagedCompressedFilesAreRefusedByName()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Water, 1000))));
        byte[] whole = packed.ToArray();
        Assert.Equal(1000, Xyz.Read(whole).Length);
        foreach (int length in new[] { 3, 10, whole.Length / 2, whole.Length - 8, whole.Length - 1 })
            Assert.Contains("cut.xyz", Assert.Throws<InvalidDataException>(() => Xyz.Read(whole[..length], "cut.xyz")).Message);
        whole[whole.Length / 2] ^= 0xFF;
        Assert.Contains("cut.xyz", Assert.Throws<InvalidDataException>(() => Xyz.Read(whole, "cut.xyz")).Message);
        Assert.Contains("cut.xyz", Assert.Throws<InvalidDataException>(() => Xyz.Read([0x1F, 0x8B, 1, 2, 3, 4], "cut.xyz")).Message);
    }

    [Fact]
    public void MissingFilesAreNamed() => Assert.Contains("no-such.xyz", Assert.Throws<FileNotFoundException>(() => ExtendedXyz.Read(_folder.File("no-such.xyz")).ToArray()).Message);

    [Fact]
    public void AFileIsClosedWhenTheReaderStops()
    {
        string path = _folder.File("a.xyz");
        File.WriteAllText(path, Water + Water);
        Assert.Equal(3, ExtendedXyz.Read(path).First().Count);
        using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }
}

using System.Globalization;
using E3Gen.Analysis;
using E3Gen.Runtime.Tests.Support;

namespace E3Gen.Runtime.Tests.Analysis;

public sealed class CsvSinkTests
{
    private static readonly PowerRow Features = new(3, "layers.0.first.Gate", "Gate", Quantities.Features, 1, "4x1o", new Irrep(1, -1), 4, 6, 0.1 + 0.2, 1.0 / 3, 1.5);
    private static readonly PowerRow Weights = new(4, "odd,\"name\"", "Linear", Quantities.WeightGradients, 0, "4x0e → 2x0e", new Irrep(0, 1), 8, 1, double.NaN, 1e-300, null);

    private const string FeaturesLine = "3,layers.0.first.Gate,Gate,Features,1,4x1o,1o,1,-1,4,6,0.30000000000000004,0.3333333333333333,1.5\n";
    private const string WeightsLine = "4,\"odd,\"\"name\"\"\",Linear,WeightGradients,0,4x0e → 2x0e,0e,0,1,8,1,NaN,1E-300,\n";

    [Fact]
    public void AHeaderAndALineARow()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("powers.csv");
        using (var sink = new CsvSink(file))
        {
            sink.Write([Features, Weights]);
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)); // readable while it is written
            Assert.Equal($"{CsvSink.Header}\n{FeaturesLine}{WeightsLine}", reader.ReadToEnd());
        }

        using (var sink = new CsvSink(file))
        {
            sink.Write([Features]);
        }

        Assert.Equal($"{CsvSink.Header}\n{FeaturesLine}{WeightsLine}{FeaturesLine}", File.ReadAllText(file));
        Assert.NotEqual(0xEF, File.ReadAllBytes(file)[0]);
    }

    /// <summary>Wherever a process was killed while it wrote, the file goes on from its last whole line.</summary>
    [Fact]
    public void AnUnfinishedLineIsCutOff()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("powers.csv"), whole = $"{CsvSink.Header}\n{FeaturesLine}{WeightsLine}";
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(whole);
        int header = CsvSink.Header.Length + 1;
        for (int length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(file, bytes[..length]);
            using (var sink = new CsvSink(file))
            {
                sink.Write([Features]);
            }

            int kept = length < header ? header : Array.LastIndexOf(bytes, (byte)'\n', length - 1) + 1;
            Assert.Equal(System.Text.Encoding.UTF8.GetString(bytes, 0, kept) + FeaturesLine, File.ReadAllText(file));
        }
    }

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("powers.csv");
        using (var sink = new CsvSink(file))
        {
            sink.Write([Features, Weights, Features with { Power = double.PositiveInfinity, Gain = -0.0 }]);
        }

        Assert.Equal([Features, Weights, Features with { Power = double.PositiveInfinity, Gain = -0.0 }], CsvSink.Read(file));
        File.AppendAllText(file, "9,unfinished");
        Assert.Equal(3, CsvSink.Read(file).Count);
        File.AppendAllText(file, "\n");
        Assert.Contains("line 5: There are 2 fields", Assert.Throws<InvalidDataException>(() => CsvSink.Read(file)).Message);
        File.WriteAllText(file, $"{CsvSink.Header}\n{FeaturesLine.Replace("Features", "Fortunes")}");
        Assert.Contains("line 2: ", Assert.Throws<InvalidDataException>(() => CsvSink.Read(file)).Message);
        File.WriteAllText(file, "else");
        Assert.Throws<InvalidDataException>(() => CsvSink.Read(file));
    }

    [Theory]
    [InlineData("some notes of mine\n")]
    [InlineData("step,operation,kind,power\n1,a,b,2\n")]
    [InlineData("x")]
    public void OtherFilesAreLeftAlone(string text)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("notes.txt");
        File.WriteAllText(file, text);
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => new CsvSink(file)).Message);
        Assert.Equal(text, File.ReadAllText(file));
        Assert.Throws<ArgumentException>(() => new CsvSink(""));
    }

    [Fact]
    public void NoCultureChangesNumbers()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            Assert.Equal(FeaturesLine, CsvSink.Line(Features) + "\n");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

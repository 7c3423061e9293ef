namespace E3Gen.Analysis.Tests;

public sealed class PowerPlotTests
{
    [Fact]
    public void AnImageAndADrawing()
    {
        using var folder = new Samples.Folder();
        var rows = Samples.Rows(6);
        foreach (var quantity in new[] { Quantities.Features, Quantities.FeatureGradients, Quantities.Weights, Quantities.WeightGradients })
        {
            string path = folder.File(quantity.ToString());
            PowerPlot.Save(path, rows, quantity);
            Assert.Equal([0x89, .. "PNG"u8.ToArray()], File.ReadAllBytes(path + ".png")[..4]);
            Assert.Contains("</svg>", File.ReadAllText(path + ".svg"));
        }

        PowerPlot.Save(folder.File("gate"), rows, operations: name => name.EndsWith("Gate", StringComparison.Ordinal));
        Assert.True(new FileInfo(folder.File("gate.svg")).Length < new FileInfo(folder.File("Features.svg")).Length);
    }

    /// <summary>Of each degree the mean over channels of all its segments; what logarithms cannot show is left out.</summary>
    [Fact]
    public void ALineForEachDegree()
    {
        PowerRow Row(long step, Irrep irrep, long channels, double power) =>
            new(step, "Mix", "Linear", Quantities.Features, 0, $"{channels}x{irrep}", irrep, channels, 1, power * irrep.Dim, power, null);
        Irrep scalar = new(0, 1), vector = new(1, -1), pseudovector = new(1, 1);
        var lines = PowerPlot.Lines(
        [
            Row(10, scalar, 4, 2), Row(10, vector, 3, 1), Row(10, pseudovector, 1, 5),
            Row(0, scalar, 4, 2), Row(0, vector, 3, 1),
            Row(20, scalar, 4, double.NaN), Row(20, vector, 3, 4), Row(20, pseudovector, 1, 4),
            Row(30, scalar, 4, 3), Row(30, vector, 3, 0),
        ]).ToList();
        Assert.Equal([0, 1], lines.Select(l => l.L));
        Assert.Equal([10, 30], lines[0].Steps);
        Assert.Equal([2, 3], lines[0].Powers);
        Assert.Equal([10, 20], lines[1].Steps);
        Assert.Equal([2, 4], lines[1].Powers);
    }

    [Fact]
    public void NothingToDrawIsSaid()
    {
        using var folder = new Samples.Folder();
        var rows = Samples.Rows(1);
        Assert.Contains("no rows of Weights", Assert.Throws<ArgumentException>(() => PowerPlot.Save(folder.File("x"), rows, Quantities.Weights, name => name == "Nobody")).Message);
        Assert.Contains("one quantity", Assert.Throws<ArgumentException>(() => PowerPlot.Save(folder.File("x"), rows, Quantities.All)).Message);
        Assert.Contains("one quantity", Assert.Throws<ArgumentException>(() => PowerPlot.Save(folder.File("x"), rows, Quantities.None)).Message);
    }
}

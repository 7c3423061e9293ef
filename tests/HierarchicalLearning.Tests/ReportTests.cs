using HierarchicalLearning.Grids;
using HierarchicalLearning.Report;
using HierarchicalLearning.Runs;

namespace HierarchicalLearning.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    /// <summary>Student's t for two degrees of freedom is 4.30265.</summary>
    [Fact]
    public void ConfidenceIntervalIsStudents()
    {
        Estimate e = Estimate.Of([1, 2, 3]);
        Assert.Equal(2, e.Mean, 1e-12);
        Assert.Equal(2 + 4.302652729911275 / Math.Sqrt(3), e.High, 1e-8);
        Assert.Equal(2 - 4.302652729911275 / Math.Sqrt(3), e.Low, 1e-8);
        Assert.True(double.IsNaN(Estimate.Of([1]).Low));
        Assert.Equal(10, Estimate.OfLogarithms([1, 10, 100]).Mean, 1e-12);
    }

    [Fact]
    public void SlopeOfAPowerLawIsItsExponent()
    {
        int[] sizes = [18, 42, 100, 240];
        ResultRow[] rows = [.. from seed in new[] { 1, 2, 3 } from n in sizes
                               select Row(GridA.Experiment, "1", n, seed, 0, $"final_{Quantity.Error}", Sets.Test, 1, seed * Math.Pow(n, -0.8))];
        LearningCurve curve = Assert.Single(LearningCurves.Of(rows));
        Assert.Equal(-0.4, curve.Slope.Mean, 1e-10);            // of the root of E
        Assert.Equal(sizes, curve.Errors.Select(e => e.Systems));
        Assert.Equal(Math.Pow(6, 1.0 / 6) * Math.Pow(18, -0.4), curve.Errors[0].Error.Mean, 1e-10);
        Assert.Equal(1, curve.RelativeTo(curve).Mean, 1e-12);
    }

    [Fact]
    public void TimesAreFirstStepsAtAPartOfWhatIsLearnt()
    {
        (int, double)[] course = [(0, 3), (1, 1), (2, 0.8), (5, 0.5), (10, 0.3), (20, 0.11), (40, 0.1)];
        Assert.Equal(5, LearningOrder.TimeTo(0.5, course));
        Assert.Equal(20, LearningOrder.TimeTo(0.9, course));
        Assert.Null(LearningOrder.TimeTo(0.5, [(0, 1), (10, 0.97)]));
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 5 }, 1)]
    [InlineData(new[] { 50, 20, 10, 5, 1 }, -1)]
    public void RankCorrelationSaysWhichDegreesComeFirst(int[] steps, double expected)
    {
        ResultRow[] rows = [.. from l in Enumerable.Range(0, 5) from step in Enumerable.Range(0, 100)
                               select Row(GridB.Experiment, "all", 0, 1, step, Quantity.Error, Sets.Training, l, step < steps[l] ? 1 : 0)];
        LearningOrder order = Assert.Single(LearningOrder.Of(rows));
        Assert.Equal(steps.Cast<int?>(), order.Half);
        Assert.Equal(expected, order.Correlation, 1e-12);
    }

    [Fact]
    public void TableComesBackAsItWas()
    {
        ResultRow[] rows =
        [
            Row("A", "3-4", 42, 2, 2000, "final_error", "test", 3, 0.0123456),
            Row("C", "all", 0, 1, 100, ResultTable.DensityError, "4", null, double.NaN),
        ];
        ResultTable.Save(_path, rows);
        Assert.Equal(rows, ResultTable.Load(_path));
    }

    [Fact]
    public void BrokenTableIsNamed()
    {
        using (var writer = new StreamWriter(new System.IO.Compression.GZipStream(File.Create(_path), System.IO.Compression.CompressionLevel.Fastest)))
            writer.WriteLine("a,b,c");
        Assert.Contains(_path, Assert.Throws<InvalidDataException>(() => ResultTable.Load(_path)).Message, StringComparison.Ordinal);
        ResultTable.Save(_path, [Row("A", "1", 1, 1, 1, "x,y", "z", 1, 1)]);
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => ResultTable.Load(_path)).Message, StringComparison.Ordinal);
    }

    private static ResultRow Row(string experiment, string target, int systems, int seed, int step, string quantity, string place, int? l, double value)
        => new(experiment, "", "quarter-1", 1, "truncated", 55_566, target, systems, seed, step, quantity, place, l, value);
}

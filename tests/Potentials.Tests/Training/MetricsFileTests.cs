using E3Gen.Potentials.Tests.Support;

namespace E3Gen.Potentials.Tests.Training;

public class MetricsFileTests
{
    [Fact]
    public void AResumedFileIsThatOfATrainingThatWasNeverStopped()
    {
        using var folder = new TemporaryFolder();
        string whole = folder.Of("whole.csv"), parts = folder.Of("parts.csv");
        using (var file = new MetricsFile(whole))
        {
            for (int epoch = 1; epoch <= 5; epoch++) file.Append(Row(epoch));
        }

        using (var file = new MetricsFile(parts))
        {
            for (int epoch = 1; epoch <= 4; epoch++) file.Append(Row(epoch));
        }

        File.AppendAllText(parts, "5,50,1.");   // killed while writing; the last checkpoint was of epoch 3
        using (var file = new MetricsFile(parts, lastStep: 30))
        {
            for (int epoch = 4; epoch <= 5; epoch++) file.Append(Row(epoch));
        }

        Assert.Equal(File.ReadAllText(whole), File.ReadAllText(parts));
        IReadOnlyDictionary<string, double[]> columns = MetricsFile.Read(parts);
        Assert.Equal([1.0, 2, 3, 4, 5], columns["epoch"]);
        Assert.Equal(0.5, columns["energy_rmse"][2]);
        Assert.All(columns["stress_mae"], v => Assert.True(double.IsNaN(v)));
        using (new MetricsFile(parts)) { }
        Assert.Equal(MetricsFile.Header + "\n", File.ReadAllText(parts));
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InvalidDataException>(() => MetricsFile.Read(folder.Write("a.csv", "a,b\n1,2\n")));
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => MetricsFile.Read(folder.Write("a.csv", MetricsFile.Header + "\n1,2\n"))).Message, StringComparison.Ordinal);
    }

    private static EpochMetrics Row(int epoch)
    {
        var errors = new PotentialErrors();
        errors.Energy.Add(0.5);
        return new EpochMetrics(epoch, 10 * epoch, epoch, 0.01, 1, 0.25, 1.0 / epoch, errors, true);
    }
}

using HierarchicalLearning.Grids;
using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;
using HierarchicalLearning.Training;

namespace HierarchicalLearning.Tests;

public sealed class RunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("study").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryRunOfAGridHasItsOwnKey()
    {
        foreach (Setting setting in new[] { Setting.Smoke, Setting.Quick, Setting.Standard, Setting.Full })
        {
            string[] keys = [.. setting.Runs().Select(s => s.Key())];
            Assert.Equal(keys.Length, keys.Distinct().Count());
        }
        Assert.Equal(Specs.Small.Key(), (Specs.Small with { Degrees = [0, 1, 2, 3, 4] }).Key());
        Assert.NotEqual(Specs.Small.Key(), (Specs.Small with { LearningRate = 0.011 }).Key());
    }

    [Fact]
    public void UnknownSettingIsNamed()
        => Assert.Contains("'huge'", Assert.Throws<ArgumentException>(() => Setting.Of("huge")).Message, StringComparison.Ordinal);

    /// <summary>The questions of the study: sizes, repetitions, and every hidden l_max for every target.</summary>
    [Fact]
    public void StandardGridIsComplete()
    {
        RunSpec[] a = [.. Setting.Standard.Runs().Where(s => s.Experiment == GridA.Experiment)];
        Assert.True(a.Select(s => s.Systems).Distinct().Count() >= 5);
        Assert.True(a.Select(s => s.Seed).Distinct().Count() >= 3);
        Assert.Equal(7, a.Select(s => s.Network).Distinct().Count());
        Assert.Equal(5, a.Select(s => string.Join(' ', s.Degrees)).Distinct().Count());
        Assert.Equal(7 * 5 * a.Select(s => s.Systems).Distinct().Count() * Setting.Standard.A.Seeds.Count, a.Length);
        Assert.All(Setting.Standard.Runs().Where(s => s.Experiment == GridB.Experiment), s => Assert.Contains(Condition.Of(s), Condition.All));
    }

    [Fact]
    public void EqualRunsAreEqual()
    {
        RunResult first = new Trainer(Specs.Data).Run(Specs.Small, Path.Combine(_folder, "a")), second = new Trainer(Specs.Data).Run(Specs.Small, Path.Combine(_folder, "b"));
        Assert.Equal(first.Errors[Sets.Test], second.Errors[Sets.Test]);
        RunResult other = new Trainer(Specs.Data).Run(Specs.Small with { Seed = 4 }, Path.Combine(_folder, "c"));
        Assert.NotEqual(first.Errors[Sets.Test], other.Errors[Sets.Test]);
    }

    [Theory]
    [InlineData(Schedule.Cosine)]
    [InlineData(Schedule.Constant)]
    internal void InterruptedRunGoesOnAsIfNothingHadHappened(Schedule schedule)
    {
        RunSpec spec = Specs.Small with { Records = true, Schedule = schedule };
        string checkpoint = Path.Combine(_folder, "state");
        RunResult whole = new Trainer(Specs.Data).Run(spec, Path.Combine(_folder, "other"));
        var trainer = new Trainer(Specs.Data, TimeSpan.Zero);
        Assert.Throws<OperationCanceledException>(() => trainer.Run(spec, checkpoint, step => { if (step == 3) throw new OperationCanceledException(); }));
        int steps = 0;
        RunResult resumed = trainer.Run(spec, checkpoint, _ => steps++);
        Assert.Equal(3, steps);
        Assert.Equal(whole.Errors[Sets.Test], resumed.Errors[Sets.Test]);
        Assert.Equal(whole.Measurements, resumed.Measurements);
    }

    [Fact]
    public void CheckpointOfAnotherRunIsRefused()
    {
        string checkpoint = Path.Combine(_folder, "state");
        new Trainer(Specs.Data, TimeSpan.Zero).Run(Specs.Small, checkpoint);
        RunSpec other = Specs.Small with { Seed = 4 };
        string message = Assert.Throws<InvalidDataException>(() => new Trainer(Specs.Data).Run(other, checkpoint)).Message;
        Assert.Contains(other.Key(), message, StringComparison.Ordinal);
    }

    /// <summary>Watching a run does not change it.</summary>
    [Fact]
    public void RecordingChangesNothing()
    {
        RunResult plain = new Trainer(Specs.Data).Run(Specs.Small, Path.Combine(_folder, "a"));
        RunResult recorded = new Trainer(Specs.Data).Run(Specs.Small with { Records = true }, Path.Combine(_folder, "b"));
        Assert.Equal(plain.Errors[Sets.Test], recorded.Errors[Sets.Test]);
        Assert.Contains(recorded.Measurements, m => m is { Step: 0, Quantity: Quantity.FeaturePower, Place: "layers.0.first.Gate", L: 1, Value: > 0 });
        Assert.Contains(recorded.Measurements, m => m is { Step: 6, Quantity: Quantity.WeightGradientPower, Place: "layers.1.first.Convolve", L: 1, Value: > 0 });
        Assert.All(recorded.Measurements, m => Assert.True(double.IsFinite(m.Value), $"{m}"));
    }

    /// <summary>A training of hidden scalars learns something; what they cannot reach stays as it is.</summary>
    [Fact]
    public void TrainingLearns()
    {
        RunSpec spec = Specs.Small with { Network = "quarter-0", Systems = 20, Steps = 80, LearningRate = 0.02, Degrees = [1, 2, 3, 4] };
        double[] errors = new Trainer(Specs.Data).Run(spec, Path.Combine(_folder, "a")).Errors[Sets.Test];
        Assert.All(errors[1..4], e => Assert.InRange(e, 0, 0.5));
        Assert.Equal(1, errors[4], 1e-6);
    }

    [Fact]
    public void ARunHasOneOwner()
    {
        var store = new RunStore(_folder);
        using (IDisposable? first = store.Claim(Specs.Small))
        {
            Assert.NotNull(first);
            Assert.Null(new RunStore(_folder).Claim(Specs.Small));
            using IDisposable? other = store.Claim(Specs.Small with { Seed = 9 });
            Assert.NotNull(other);
        }
        using IDisposable? again = store.Claim(Specs.Small);
        Assert.NotNull(again);
    }

    [Fact]
    public void ResultsComeBackAsTheyWere()
    {
        var store = new RunStore(_folder);
        var result = new RunResult(Specs.Small, 12, 3.5, new Dictionary<string, double[]> { [Sets.Test] = [0.1, double.NaN, 0.3, 0.4, 1] },
            [new Measurement(3, Quantity.Error, Sets.Training, 2, 0.25)], [new DensityErrors(4, 10, false, 0.01, [1, 2, 3, 4, 5], 0.11)]);
        Assert.False(store.Has(Specs.Small));
        store.Save(result);
        Assert.True(store.Has(Specs.Small));
        RunResult back = store.Load(Specs.Small);
        Assert.Equal(result.Errors[Sets.Test], back.Errors[Sets.Test]);
        Assert.Equal(result.Measurements, back.Measurements);
        Assert.Equal(result.Densities[0].ByDegree, back.Densities[0].ByDegree);
    }

    [Theory]
    [InlineData("{ \"spec\": ")]
    [InlineData("null")]
    [InlineData("")]
    public void BrokenResultIsNamed(string text)
    {
        var store = new RunStore(_folder);
        string path = Path.Combine(_folder, $"{Specs.Small.Key()}.json");
        File.WriteAllText(path, text);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => store.Load(Specs.Small)).Message, StringComparison.Ordinal);
    }
}

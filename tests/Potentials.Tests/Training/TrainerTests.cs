using E3Gen.Potentials.Tests.Support;
using Potential.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Training;

[Collection("Alone")]   // random numbers are torch's, which all tests share
public class TrainerTests
{
    private static readonly LabelledStructure[] Learn = Samples.Learn(10), Watch = Samples.Learn(4, seed: 9);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 6,
        BatchSize = 4,
        StageTwo = new LossStage(new LossWeights(500, 10, 1), Epoch: 4),
        LearningRate = new LearningRateOptions { Rate = 0.01, WarmUpSteps = 4, Schedule = ScheduleKind.Plateau, Patience = 0, Factor = 0.5 },
    };

    /// <summary>
    /// 6 epochs at once, and 6 epochs of which the program was killed twice: after an epoch, and in the middle of one. All weights, the average, the best ones and every number of the
    /// learning curve must be the same bits.
    /// </summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void AResumedTrainingIsTheSame(ScalarType dtype)
    {
        using var folder = new TemporaryFolder();
        string whole = folder.Of("whole.safetensors"), parts = folder.Of("parts.safetensors");
        var atOnce = new Recorder();
        using (Trainer trainer = Create(dtype))
        {
            trainer.Run(atOnce);
            trainer.SaveCheckpoint(whole);
            Assert.True(trainer.IsFinished);
            Assert.Equal(18, trainer.Step);
        }

        var rows = new List<EpochMetrics>();
        var losses = new List<double>();
        foreach (int steps in new[] { 9, 2, int.MaxValue })
        {
            using Trainer trainer = Create(dtype);
            if (File.Exists(parts)) trainer.Resume(parts);
            using var stop = new CancellationTokenSource();
            var recorder = new Recorder(stop, steps);
            trainer.Run(recorder, cancellation: stop.Token);
            trainer.SaveCheckpoint(parts);
            rows.AddRange(recorder.Rows);
            losses.AddRange(recorder.Losses);
        }

        Assert.Equal(atOnce.Losses, losses);
        Assert.Equal(atOnce.Rows.Select(Numbers), rows.Select(Numbers));
        Assert.Equal([1, 1, 1, 1, 2, 2], rows.Select(r => r.Stage));
        using SafetensorsFile expected = Safetensors.Read(whole), found = Safetensors.Read(parts);
        Assert.Equal(expected.Names, found.Names);
        Assert.Contains(expected.Names, n => n.StartsWith("largest.", StringComparison.Ordinal));
        Assert.All(expected.Names, name =>
        {
            using Tensor a = expected[name], b = found[name];
            Assert.True(a.equal(b).all().item<bool>(), name);
        });

        static (int, long, double, double, double, double, double, bool) Numbers(EpochMetrics m) =>
            (m.Epoch, m.Step, m.Rate, m.TrainLoss, m.ValidLoss, m.Errors.Energy.Rmse, m.Errors.Forces.Mae, m.IsBest);
    }

    [Fact]
    public void TrainingLearns()
    {
        var recorder = new Recorder();
        using Trainer trainer = Create(ScalarType.Float32, Options with { Epochs = 25, StageTwo = null, LearningRate = new() });
        trainer.Run(recorder);
        Assert.True(recorder.Rows.Min(r => r.ValidLoss) < 0.3 * recorder.Rows[0].ValidLoss, $"{recorder.Rows[0].ValidLoss} → {recorder.Rows.Min(r => r.ValidLoss)}");
        Assert.True(recorder.Losses[^3..].Average() < 0.1 * recorder.Losses[..3].Average());
    }

    /// <summary>The saved potential is the best of the learning curve, and needs nothing but its file.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void TheBestPotentialIsSaved(ScalarType dtype)
    {
        using var folder = new TemporaryFolder();
        var recorder = new Recorder();
        using Trainer trainer = Create(dtype, Options with { StageTwo = null });
        trainer.Run(recorder);
        trainer.SaveModel(folder.Of("model.safetensors"), "gated");
        PotentialDescription description = PotentialFile.ReadDescription(folder.Of("model.safetensors"));
        Assert.Equal(("gated", 4.0, dtype, "eV"), (description.Model, description.Cutoff, description.DType, description.EnergyUnit));
        Assert.Equal(Samples.Species, description.Species);
        Assert.Equal(trainer.Statistics.AtomEnergies, description.Statistics!.AtomEnergies);
        IPotential loaded = SavedPotential.Load(folder.Path);
        Assert.False(((nn.Module)loaded).training);
        var errors = new PotentialErrors();
        foreach ((LabelledStructure s, Prediction p) in Watch.Zip(Predictor.Predict(loaded, Watch))) errors.Add(s, p);
        EpochMetrics best = recorder.Rows.Last(r => r.IsBest);
        Assert.Equal(best.Errors.Energy.Rmse, errors.Energy.Rmse, 1e-4 * best.Errors.Energy.Rmse);
        Assert.Equal(best.Errors.Forces.Rmse, errors.Forces.Rmse, 1e-4 * best.Errors.Forces.Rmse);
    }

    [Fact]
    public void StressIsLearnt()
    {
        LabelledStructure[] crystals = [.. Samples.Crystals(8).Select(a => new LabelledStructure(a))];
        var recorder = new Recorder();
        using Trainer trainer = Create(ScalarType.Float32, Options with { Epochs = 40, EmaDecay = 0.9, StageTwo = null, Weights = new(1, 10, 1000), LearningRate = new() }, crystals, crystals);
        trainer.Run(recorder);
        Assert.Equal(9 * 8, recorder.Rows[0].Errors.Stress.Count);
        Assert.True(recorder.Rows[^1].Errors.Stress.Rmse < 0.5 * recorder.Rows[0].Errors.Stress.Rmse, string.Join(" ", recorder.Rows.Select(r => r.Errors.Stress.Rmse)));
    }

    /// <summary>Molecules beside crystals: those without a volume have no stress, and no derivative of it.</summary>
    [Fact]
    public void MoleculesAndCrystalsAreLearntTogether()
    {
        LabelledStructure[] mixed = [.. Samples.Crystals(3).Concat(Samples.Clusters(3)).Select(a => new LabelledStructure(a))];
        var recorder = new Recorder();
        using Trainer trainer = Create(ScalarType.Float32, Options with { BatchSize = 6, Epochs = 3 }, mixed, mixed);
        trainer.Run(recorder);
        Assert.All(recorder.Losses, l => Assert.True(double.IsFinite(l)));
        Assert.Equal(27, recorder.Rows[0].Errors.Stress.Count);
    }

    [Fact]
    public void StructuresWithEnergiesOnlyAndWithForcesOnlyAreLearnt()
    {
        Atoms[] atoms = Samples.Clusters(6);
        foreach (Atoms a in atoms[..3]) a.Info.Remove("energy");
        foreach (Atoms a in atoms[3..]) a.Columns.Remove("forces");
        LabelledStructure[] mixed = [.. atoms.Select(a => new LabelledStructure(a))];
        var recorder = new Recorder();
        using Trainer trainer = Create(ScalarType.Float32, Options with { BatchSize = 1, Epochs = 2 }, mixed, mixed);
        trainer.Run(recorder);
        Assert.Equal((3, 6), ((int)recorder.Rows[0].Errors.Energy.Count, recorder.Rows[0].Errors.Structures));
        Assert.All(recorder.Losses, l => Assert.True(double.IsFinite(l)));
    }

    [Fact]
    public void PatienceEndsATraining()
    {
        var recorder = new Recorder();
        TrainingOptions options = Options with { Epochs = 50, Patience = 2, EmaDecay = 0, StageTwo = null, LearningRate = new() { Rate = 1e-30, Schedule = ScheduleKind.Constant } };
        using Trainer trainer = Create(ScalarType.Float32, options);   // at this rate, nothing improves
        trainer.Run(recorder);
        Assert.Equal(3, recorder.Rows.Count);
        Assert.True(trainer.IsFinished);
    }

    /// <summary>At a rate so small that nothing improves, each validation but the first waits in vain, and halves it.</summary>
    [Fact]
    public void PlateausLowerTheRate()
    {
        var recorder = new Recorder();
        TrainingOptions options = Options with { Epochs = 4, EmaDecay = 0, StageTwo = null, LearningRate = Options.LearningRate with { Rate = 1e-30, WarmUpSteps = 0 } };
        using Trainer trainer = Create(ScalarType.Float32, options);
        trainer.Run(recorder);
        Assert.Equal([1e-30, 1e-30, 0.5e-30, 0.25e-30], recorder.Rows.Select(r => r.Rate));
    }

    /// <summary>The second stage goes on at the rate that plateaus have led to, unless it has one of its own.</summary>
    [Theory]
    [InlineData(null, 0.25e-30)]
    [InlineData(8e-30, 8e-30)]
    public void TheSecondStageKeepsTheRateOfPlateaus(double? own, double expected)
    {
        var recorder = new Recorder();
        LearningRateOptions rate = Options.LearningRate with { Rate = 1e-30, WarmUpSteps = 0 };
        using Trainer trainer = Create(ScalarType.Float32, Options with { Epochs = 4, EmaDecay = 0, StageTwo = new LossStage(new LossWeights(), Epoch: 3, LearningRate: own), LearningRate = rate });
        trainer.Run(recorder);
        Assert.Equal([1e-30, 1e-30, 0.5e-30, expected], recorder.Rows.Select(r => r.Rate));
    }

    /// <summary>A kill between any two steps: what follows the checkpoint is the same.</summary>
    [Fact]
    public void CheckpointsBetweenStepsGoOnTheSame()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options with { Epochs = 2, StageTwo = null, SaveInterval = TimeSpan.Zero };
        Recorder whole = new();
        int saved = 0;
        using (Trainer trainer = Create(ScalarType.Float32, options)) trainer.Run(whole, t => t.SaveCheckpoint(folder.Of($"{saved++}")));
        Assert.Equal(7, saved);   // after each of six steps, and at the end
        for (int i = 0; i < 6; i++)
        {
            Recorder rest = new();
            using Trainer trainer = Create(ScalarType.Float32, options);
            trainer.Resume(folder.Of($"{i}"));
            trainer.Run(rest);
            Assert.Equal(whole.Losses[(i + 1)..], rest.Losses);
            Assert.Equal(whole.Rows.Where(r => r.Epoch > i / 3 + (i % 3 == 2 ? 1 : 0)).Select(r => (r.Epoch, r.TrainLoss, r.ValidLoss, r.Rate)), rest.Rows.Select(r => (r.Epoch, r.TrainLoss, r.ValidLoss, r.Rate)));
        }
    }

    /// <summary>Weights that no validation has judged may be those that the training began with: nobody should take them for a trained potential.</summary>
    [Fact]
    public void NothingIsBestBeforeTheFirstValidation()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        using Trainer trainer = Create(ScalarType.Float32);
        trainer.Run(new Recorder(stop, 2), cancellation: stop.Token);
        Assert.False(trainer.HasValidated);
        Assert.Contains("before the first validation", Assert.Throws<InvalidOperationException>(() => trainer.SaveModel(folder.Of("m"), "gated")).Message, StringComparison.Ordinal);
        trainer.SaveCheckpoint(folder.Of("c"));
        using Trainer again = Create(ScalarType.Float32);
        again.Resume(folder.Of("c"));
        again.Run();
        again.SaveModel(folder.Of("m"), "gated");
        again.SaveCheckpoint(folder.Of("c"));
        trainer.Resume(folder.Of("c"));
        Assert.True(trainer.HasValidated);
    }

    /// <summary>Fewer epochs than were trained already: the steps since the last validation are validated, and nothing more is done.</summary>
    [Fact]
    public void AnEarlierEndIsValidated()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        TrainingOptions options = Options with { StageTwo = null, ValidationInterval = 100 };
        using Trainer trainer = Create(ScalarType.Float32, options), shorter = Create(ScalarType.Float32, options with { Epochs = 2 });
        trainer.Run(new Recorder(stop, 7), t => t.SaveCheckpoint(folder.Of("c")), stop.Token);
        shorter.Resume(folder.Of("c"));
        Assert.False(shorter.IsFinished);
        var recorder = new Recorder();
        shorter.Run(recorder);
        Assert.Equal((0, 1, 7), (recorder.Losses.Count, recorder.Rows.Count, recorder.Rows[0].Step));
        Assert.True(shorter is { IsFinished: true, HasValidated: true });
    }

    [Fact]
    public void TheClockEndsATraining()
    {
        var recorder = new Recorder();
        using Trainer trainer = Create(ScalarType.Float32, Options with { Epochs = null, Minutes = 1.0 / 60 });
        trainer.Run(recorder);
        Assert.InRange(trainer.Seconds, 1, 20);
        Assert.True(trainer.IsFinished);
        Assert.NotEmpty(recorder.Rows);
    }

    [Fact]
    public void ALossThatIsNotFiniteIsAnError()
    {
        using Trainer trainer = Create(ScalarType.Float32, Options with { ClipGradient = null, LearningRate = new() { Rate = 1e20, WarmUpSteps = 0, Schedule = ScheduleKind.Constant } });
        var error = Assert.Throws<ArithmeticException>(() => trainer.Run(new Recorder()));
        Assert.Contains("smaller learning rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckpointsOfOtherTrainingsAreRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Of("c.safetensors");
        using Trainer trainer = Create(ScalarType.Float32);
        Assert.Throws<FileNotFoundException>(() => trainer.Resume(path));
        trainer.SaveCheckpoint(path);
        trainer.Resume(path);
        Refused(Options with { Seed = 2 }, "seed 1, not 2");
        Refused(Options with { BatchSize = 2 }, "batch_size 4, not 2");
        Refused(Options with { Optimizer = new() { AmsGrad = false } }, null);
        using Trainer fewer = Create(ScalarType.Float32, Options, Learn[..8]);
        Assert.Contains("structures 10 + 4, not 8 + 4", Assert.Throws<InvalidDataException>(() => fewer.Resume(path)).Message, StringComparison.Ordinal);
        using Trainer other = Create(ScalarType.Float64);
        Assert.Contains("Float64", Assert.Throws<InvalidDataException>(() => other.Resume(path)).Message, StringComparison.Ordinal);

        void Refused(TrainingOptions options, string? said)
        {
            using Trainer changed = Create(ScalarType.Float32, options);
            if (said is null) changed.Resume(path);   // the state has more than is needed
            else Assert.Contains(said, Assert.Throws<InvalidDataException>(() => changed.Resume(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void UnknownElementsAndMissingStructuresAreErrors()
    {
        using var potential = new PairPotential(["H"]);
        var error = Assert.Throws<ArgumentException>(() => new Trainer(potential, Data(Learn, Watch), Options));
        Assert.Contains("is O; the potential knows H", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Trainer(potential, Data([], Watch), Options));
        Assert.Contains("no nn.Module", Assert.Throws<ArgumentException>(() => new Trainer(new NoModule(), Data(Learn, Watch), Options)).Message, StringComparison.Ordinal);
    }

    internal static Trainer Create(ScalarType dtype, TrainingOptions? options = null, LabelledStructure[]? learn = null, LabelledStructure[]? watch = null)
    {
        set_num_threads(1);
        random.manual_seed(1);
        var description = new PotentialDescription { Model = "gated", Species = Samples.Species, Cutoff = 4, DType = dtype };
        return new Trainer(PotentialFile.Create(description, ModelList.Create), Data(learn ?? Learn, watch ?? Watch), options ?? Options);
    }

    private static TrainingData Data(LabelledStructure[] learn, LabelledStructure[] watch) => new(learn, watch, Samples.References(learn));

    private sealed class NoModule : IPotential
    {
        public IReadOnlyList<string> Species => Samples.Species;

        public double Cutoff => 4;

        public Tensor forward(Tensor positions, Tensor species, Graph graph) => throw new NotSupportedException();
    }
}

using E3Gen.Potentials.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Training;

/// <summary>What a training needs of its data, and does with the modes and numbers of a potential.</summary>
[Collection("Alone")]   // random numbers are torch's, which all tests share
public class TrainerDataTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 2, BatchSize = 4 };

    [Fact]
    public void DataWithoutNeighboursAreRefused()
    {
        LabelledStructure[] far = [.. Samples.Clusters(3).Select(a => new LabelledStructure(Scaled(a, 10)))];
        double shortest = far.Min(s => Shortest(s.Atoms));
        var error = Assert.Throws<ArgumentException>(() => Create(new NoisyPotential(), far, far));
        Assert.Contains(FormattableString.Invariant($"cutoff 4; the shortest distance is {shortest:G6}"), error.Message, StringComparison.Ordinal);
        using Trainer one = Create(new NoisyPotential(), [.. far, .. Samples.Learn(1)], far);   // some are enough
    }

    [Fact]
    public void SetsWithoutTargetsThatCountAreRefused()
    {
        LabelledStructure[] without = [.. Samples.Clusters(3).Select(a => new LabelledStructure(new Atoms(a.AtomicNumbers, a.Positions)))], known = Samples.Learn(4);
        LabelledStructure[] noForces = [.. Samples.Clusters(3).Select(a => Without(a, "forces"))], noWeight = [.. known.Select(s => s.WithWeight(0))];
        Says("for validation", known, without);
        Says("for training", without, known);
        Says("for validation", known, noWeight);
        Says("for validation", known, noForces, new LossWeights(0, 1, 0));
        using Trainer trainer = Create(new NoisyPotential(), known, noForces);
        Assert.Contains("for validation", Assert.Throws<ArgumentException>(
            () => Create(new NoisyPotential(), known, noForces, Options with { StageTwo = new LossStage(new LossWeights(0, 1, 0), 1) })).Message, StringComparison.Ordinal);

        static void Says(string said, LabelledStructure[] learn, LabelledStructure[] watch, LossWeights? weights = null)
        {
            var error = Assert.Throws<ArgumentException>(() => Create(new NoisyPotential(), learn, watch, Options with { Weights = weights ?? new() }));
            Assert.Contains($"No structure {said} has", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AValidationThatIsNotFiniteIsAnError()
    {
        Atoms enormous = Samples.Clusters(1)[0];
        enormous.Info["energy"] = new InfoValue(1e300);   // its square is infinite
        using Trainer trainer = Create(new NoisyPotential(), Samples.Learn(4), [new LabelledStructure(enormous)]);
        var recorder = new Recorder();
        Assert.Contains("validation loss became", Assert.Throws<ArithmeticException>(() => trainer.Run(recorder)).Message, StringComparison.Ordinal);
        Assert.Empty(recorder.Rows);
    }

    /// <summary>Sets whose batches have unequal numbers of atoms and targets: batches are no part of the result.</summary>
    [Fact]
    public void TheValidationLossDoesNotDependOnBatches()
    {
        LabelledStructure[] watch = [.. Samples.Clusters(5).Select((a, i) => i < 2 ? Without(a, "forces") : new LabelledStructure(a)), .. Samples.Crystals(2).Select(a => new LabelledStructure(a))];
        double[] losses = [.. new[] { 1, 2, 3, 7 }.Select(Loss)];
        Assert.All(losses, l => Assert.Equal(losses[3], l, 1e-12 * losses[3]));

        double Loss(int batch)
        {
            random.manual_seed(1);
            var recorder = new Recorder();
            using Trainer trainer = Create(new NoisyPotential(), Samples.Learn(4), watch, Options with { Epochs = 1, ValidationBatchSize = batch });
            trainer.Run(recorder);
            return recorder.Rows[0].ValidLoss;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StepsAreMadeInTrainingModeAndPredictionsInEvaluationMode(bool before)
    {
        var potential = new NoisyPotential();
        potential.train(before);
        using (Trainer trainer = Create(potential, Samples.Learn(8), Samples.Learn(3, seed: 9))) trainer.Run();
        Assert.Equal([true, true, false, true, true, false], potential.Modes);
        Assert.Equal(before, potential.training);
        potential.Modes.Clear();
        Assert.Equal(Predictor.Predict(potential, Samples.Learn(3)).Select(p => p.Energy), Predictor.Predict(potential, Samples.Learn(3)).Select(p => p.Energy));
        Assert.Equal([false, false], potential.Modes);
        Assert.All(potential.modules().Prepend(potential), m => Assert.Equal(before, m.training));
    }

    [Fact]
    public void APotentialKeepsItsNumbersWhereAsked()
    {
        using var folder = new TemporaryFolder();
        NoisyPotential adapted = new(), kept = new();
        using (Trainer trainer = Create(adapted, Samples.Learn(4), Samples.Learn(3))) Assert.Same(trainer.Statistics, adapted.AdaptedTo);
        using Trainer tuned = Create(kept, Samples.Learn(4), Samples.Learn(3), Options with { Adapt = false });
        tuned.Run();
        tuned.SaveModel(folder.Of("m.safetensors"), "noisy");
        Assert.Null(kept.AdaptedTo);
        Assert.Null(PotentialFile.ReadDescription(folder.Of("m.safetensors")).Statistics);
    }

    /// <summary>At a rate so small that nothing improves, patience is lost at once: first for the second stage, then for the training.</summary>
    [Fact]
    public void LostPatienceBeginsTheSecondStage()
    {
        var recorder = new Recorder();
        TrainingOptions options = Options with
        {
            Epochs = 50,
            Patience = 2,
            EmaDecay = 0,
            StageTwo = new LossStage(new LossWeights(1000), Epoch: 40),
            LearningRate = new() { Rate = 1e-30, Schedule = ScheduleKind.Constant },
        };
        using Trainer trainer = Create(new NoisyPotential(), Samples.Learn(4), Samples.Learn(3), options);
        trainer.Run(recorder);
        Assert.Equal([1, 1, 1, 2, 2, 2], recorder.Rows.Select(r => r.Stage));
        Assert.True(trainer.IsFinished);
    }

    [Fact]
    public void OptionsThatMakeNoSenseAreNamed()
    {
        Says("Optimizer.Beta1 is 1.5", Options with { Optimizer = new() { Beta1 = 1.5 } });
        Says("Optimizer.Beta2 is -0.1", Options with { Optimizer = new() { Beta2 = -0.1 } });
        Says("Optimizer.Epsilon is -1", Options with { Optimizer = new() { Epsilon = -1 } });
        Says("Optimizer.WeightDecay is -1", Options with { Optimizer = new() { WeightDecay = -1 } });
        Says("LearningRate.Least is NaN", Options with { LearningRate = new() { Least = double.NaN } });
        Says("LearningRate.WarmUpSteps is -1", Options with { LearningRate = new() { WarmUpSteps = -1 } });
        Says("StageTwo.LearningRate is 0", Options with { StageTwo = new LossStage(new(), 1, LearningRate: 0) });
        Says("StageTwo.Progress is 2", Options with { StageTwo = new LossStage(new(), Progress: 2) });
        Says("Weights is", Options with { Weights = new(double.PositiveInfinity) });

        static void Says(string said, TrainingOptions options)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => Create(new NoisyPotential(), Samples.Learn(4), Samples.Learn(3), options));
            Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
        }
    }

    private static Trainer Create(IPotential potential, LabelledStructure[] learn, LabelledStructure[] watch, TrainingOptions? options = null) =>
        new(potential, new TrainingData(learn, watch, Samples.References(learn)), options ?? Options);

    private static LabelledStructure Without(Atoms atoms, string column)
    {
        atoms.Columns.Remove(column);
        return new LabelledStructure(atoms);
    }

    private static Atoms Scaled(Atoms atoms, double factor)
    {
        var scaled = new Atoms(atoms.AtomicNumbers, [.. atoms.Positions.Select(p => factor * p)]);
        scaled.Info.Add("energy", new InfoValue(-20.0));
        return scaled;
    }

    private static double Shortest(Atoms atoms)
    {
        double[] p = atoms.Positions;
        return Enumerable.Range(0, atoms.Count).SelectMany(i => Enumerable.Range(0, i).Select(j => Math.Sqrt(Enumerable.Range(0, 3).Sum(k => Math.Pow(p[(3 * i) + k] - p[(3 * j) + k], 2))))).Min();
    }
}

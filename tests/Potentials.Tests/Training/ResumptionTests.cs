using E3Gen.Potentials.Tests.Support;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Training;

/// <summary>A checkpoint goes on with what it was written with, or not at all.</summary>
[Collection("Alone")]   // random numbers are torch's, which all tests share
public class ResumptionTests
{
    private static readonly LabelledStructure[] Learn = Samples.Learn(10), Watch = Samples.Learn(4, seed: 9);

    private static readonly TrainingOptions Options = new() { Epochs = 3, BatchSize = 4 };

    public static TheoryData<string, Func<Trainer>> Others => new()
    {
        { "cutoff 4, not 3.5", () => Create(new NoisyPotential(3.5)) },
        { "constant exponent 1, not 2", () => Create(new NoisyPotential(constant: 2)) },
        { "potential NoisyPotential, not PairPotential", () => Create(new PairPotential(Samples.Species)) },
        { "training_data_sha256", () => Create(new NoisyPotential(), Samples.Learn(10, seed: 4)) },
        { "training_data_sha256", () => Create(new NoisyPotential(), [.. Learn[..9], Learn[9].WithWeight(2)]) },
        { "validation_data_sha256", () => Create(new NoisyPotential(), Learn, Samples.Learn(4, seed: 8)) },
        { "E0 H O: -1 -20, not H O: -1 -21", () => Create(new NoisyPotential(), oxygen: -21) },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void WhatDiffersIsNamed(string said, Func<Trainer> create)
    {
        using var folder = new TemporaryFolder();
        using (Trainer first = Create(new NoisyPotential())) first.SaveCheckpoint(folder.Of("c.safetensors"));
        using (Trainer same = Create(new NoisyPotential())) same.Resume(folder.Of("c.safetensors"));
        using Trainer other = create();
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => other.Resume(folder.Of("c.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondStageCannotBeDropped()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions staged = Options with { StageTwo = new LossStage(new LossWeights(1000), Epoch: 1) };
        using (Trainer first = Create(new PairPotential(Samples.Species, strength: 0.5), options: staged))
        {
            first.Run();
            first.SaveCheckpoint(folder.Of("c.safetensors"));
        }

        Recorder refused = new(), fresh = new();
        using Trainer second = Create(new PairPotential(Samples.Species, strength: 0.5)), third = Create(new PairPotential(Samples.Species, strength: 0.5));
        var error = Assert.Throws<InvalidDataException>(() => second.Resume(folder.Of("c.safetensors")));
        Assert.Contains("second stage", error.Message, StringComparison.Ordinal);
        second.Run(refused);
        third.Run(fresh);
        Assert.Equal(fresh.Losses, refused.Losses);   // nothing of the file was taken
    }

    /// <summary>By a loss a million times as large nothing later would ever be better than what a smaller loss called best.</summary>
    [Fact]
    public void WhatIsBestIsJudgedByTheLossAtHand()
    {
        using var folder = new TemporaryFolder();
        using (Trainer first = Create(new PairPotential(Samples.Species, strength: 0.5)))
        {
            first.Run();
            first.SaveCheckpoint(folder.Of("c.safetensors"));
        }

        var recorder = new Recorder();
        TrainingOptions heavier = Options with { Epochs = 20, Weights = new LossWeights(1e6, 1e8) };
        using Trainer second = Create(new PairPotential(Samples.Species, strength: 0.5), options: heavier);
        second.Resume(folder.Of("c.safetensors"));
        second.Run(recorder);
        Assert.Contains(recorder.Rows, m => m.IsBest);
    }

    /// <summary>Random numbers of the steps, too, are those of a training that was not stopped.</summary>
    [Fact]
    public void RandomNumbersGoOn()
    {
        using var folder = new TemporaryFolder();
        random.manual_seed(7);
        var whole = new Recorder();
        using (Trainer trainer = Create(new NoisyPotential())) trainer.Run(whole);

        random.manual_seed(7);
        using var stop = new CancellationTokenSource();
        Recorder first = new(stop, 4), second = new();
        using (Trainer trainer = Create(new NoisyPotential()))
        {
            trainer.Run(first, cancellation: stop.Token);
            trainer.SaveCheckpoint(folder.Of("c.safetensors"));
        }

        random.manual_seed(8);
        using (Trainer trainer = Create(new NoisyPotential()))
        {
            trainer.Resume(folder.Of("c.safetensors"));
            trainer.Run(second);
        }

        Assert.Equal(whole.Losses, [.. first.Losses, .. second.Losses]);
    }

    private static Trainer Create(IPotential potential, LabelledStructure[]? learn = null, LabelledStructure[]? watch = null, double oxygen = -20, TrainingOptions? options = null)
    {
        var energies = new Dictionary<string, double> { ["H"] = -1, ["O"] = oxygen };
        learn ??= Learn;
        return new Trainer(potential, new TrainingData(learn, watch ?? Watch, ReferenceEnergies.Find(Samples.Species, new StructureSet(learn), energies)), options ?? Options);
    }
}

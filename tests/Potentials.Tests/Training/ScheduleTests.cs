
namespace E3Gen.Potentials.Tests.Training;

public class ScheduleTests
{
    [Fact]
    public void RatesFollowTheirFormulas()
    {
        var options = new LearningRateOptions { Rate = 0.1, Least = 0.01, WarmUpSteps = 10, Gamma = 0.5 };
        Assert.Equal(0.05, (options with { Schedule = ScheduleKind.Constant }).Of(0.1, step: 5, epoch: 0, progress: 0, plateau: 1), 1e-15);
        Assert.Equal(0.1, (options with { Schedule = ScheduleKind.Constant }).Of(0.1, 50, 9, 0.9, 1), 1e-15);
        Assert.Equal(0.1 / 8, (options with { Schedule = ScheduleKind.Exponential }).Of(0.1, 50, 3, 0.9, 1), 1e-15);
        LearningRateOptions cosine = options with { Schedule = ScheduleKind.Cosine };
        Assert.Equal(0.1, cosine.Of(0.1, 50, 0, 0, 1), 1e-15);
        Assert.Equal(0.055, cosine.Of(0.1, 50, 0, 0.5, 1), 1e-15);
        Assert.Equal(0.01, cosine.Of(0.1, 50, 0, 1, 1), 1e-15);
        LearningRateOptions plateau = options with { Schedule = ScheduleKind.Plateau };
        Assert.Equal(0.08, plateau.Of(0.1, 50, 0, 0, 0.8), 1e-15);
        Assert.Equal(0.01, plateau.Of(0.1, 50, 0, 0, 1e-9), 1e-15);
        Assert.Equal(0.1, (plateau with { WarmUpSteps = 0 }).Of(0.1, 1, 0, 0, 1), 1e-15);
    }

    [Fact]
    public void TheSecondStageBeginsByEpochOrProgress()
    {
        var weights = new LossWeights();
        Assert.False(new LossStage(weights, Epoch: 5).HasBegun(4, 0.99));
        Assert.True(new LossStage(weights, Epoch: 5).HasBegun(5, 0.1));
        Assert.False(new LossStage(weights, Progress: 0.75).HasBegun(1000, 0.7));
        Assert.True(new LossStage(weights, Progress: 0.75).HasBegun(0, 0.75));
    }

    [Fact]
    public void OptionsThatMakeNoSenseAreNamed()
    {
        (TrainingOptions Options, string Named)[] wrong =
        [
            (new() { Epochs = null }, "Epochs"), (new() { Epochs = 0 }, "Epochs"), (new() { Minutes = double.NaN }, "Minutes"), (new() { BatchSize = 0 }, "BatchSize"),
            (new() { EmaDecay = 1 }, "EmaDecay"), (new() { ClipGradient = 0 }, "ClipGradient"), (new() { Weights = new(0, 0) }, "Weights"), (new() { Patience = 0 }, "Patience"),
            (new() { StageTwo = new(new(-1)) }, "Weights"), (new() { LearningRate = new() { Rate = 0 } }, "LearningRate"), (new() { HuberDelta = 0 }, "HuberDelta"),
        ];
        new TrainingOptions().Validate();
        Assert.All(wrong, w => Assert.Contains(w.Named, Assert.Throws<ArgumentOutOfRangeException>(w.Options.Validate).Message, StringComparison.Ordinal));
    }
}

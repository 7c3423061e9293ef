using E3Gen.Potentials.Tests.Support;
using TorchSharp;

namespace E3Gen.Potentials.Tests.Training;

/// <summary>Alone, since tensors of all threads are counted together.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public class Alone;

[Collection("Alone")]
public class MemoryTests
{
    /// <summary>Tensors alive after each epoch, while the garbage collector, which would hide a leak, does not run.</summary>
    [Fact]
    public void EpochsLeaveNothingBehind()
    {
        using Trainer trainer = TrainerTests.Create(torch.ScalarType.Float32, new TrainingOptions { Epochs = 6, BatchSize = 4, LearningRate = new() { WarmUpSteps = 0 } });
        var alive = new List<long>();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(GC.TryStartNoGCRegion(200_000_000));
        trainer.Run(new Counter(alive));
        Assert.Equal(System.Runtime.GCLatencyMode.NoGCRegion, System.Runtime.GCSettings.LatencyMode);
        GC.EndNoGCRegion();
        Assert.Equal(6, alive.Count);
        Assert.Equal(alive[1], alive[^1]);
    }

    private sealed class Counter(List<long> alive) : ITrainingMonitor
    {
        public void Advance(double progress, int epoch, long step, double loss) { }

        public void Report(EpochMetrics metrics) => alive.Add(torch.Tensor.TotalCount);
    }
}

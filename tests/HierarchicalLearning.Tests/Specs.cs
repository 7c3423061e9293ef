using HierarchicalLearning.Runs;
using HierarchicalLearning.Training;

namespace HierarchicalLearning.Tests;

/// <summary>Small runs, and the data for them.</summary>
internal static class Specs
{
    private static readonly Lazy<StudyData> Loaded = new(() => new StudyData());

    public static StudyData Data => Loaded.Value;

    public static RunSpec Small { get; } = new()
    {
        Experiment = "A",
        Network = "quarter-1",
        Degrees = [0, 1, 2, 3, 4],
        Systems = 6,
        Seed = 3,
        Steps = 6,
        BatchSize = 2,
        LearningRate = 0.01,
    };
}

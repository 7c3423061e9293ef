namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>What the tasks are called in tables, and in figures made of them.</summary>
internal static class TaskNames
{
    public const string Forward = "forward";
    public const string Backward = "forward + backward";
    public const string DoubleBackward = "double backward step";
    public const string TrainingStep = "training step";
    public const string ForceStep = "force-training step";

    public static IReadOnlyList<string> All { get; } = [Forward, Backward, DoubleBackward, TrainingStep, ForceStep];
}

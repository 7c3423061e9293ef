using HierarchicalLearning.Networks;
using HierarchicalLearning.Runs;

namespace HierarchicalLearning.Grids;

/// <summary>
/// Experiment A: which hidden degrees help which outputs? Every hidden l_max, with the full network's copies and with as many parameters, for every target and size of the training set.
/// </summary>
internal sealed record GridA(IReadOnlyList<string> Widths, IReadOnlyList<int> Seeds, IReadOnlyList<int> Sizes, int Steps)
{
    public const string Experiment = "A";

    /// <summary>The degrees of each target.</summary>
    public static IReadOnlyList<int[]> Targets { get; } = [[0], [1], [2], [3, 4], [0, 1, 2, 3, 4]];

    public IEnumerable<RunSpec> Runs()
        => from seed in Seeds
           from width in Widths
           from network in Architecture.All
           where network.Name.StartsWith(width, StringComparison.Ordinal) && network.Copies is Copies.Truncated or Copies.Matched
           from target in Targets
           from size in Sizes
           select new RunSpec
           {
               Experiment = Experiment,
               Network = network.Name,
               Degrees = target,
               Systems = size,
               Seed = seed,
               Steps = Steps,
               BatchSize = 4,
               LearningRate = 0.02,
           };
}

using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;

namespace HierarchicalLearning.Grids;

/// <summary>
/// Experiment C, the published cross-check: the paper's network and settings (Adam, rate 0.01, one system a step), trained on clusters of one to three waters, tested on larger ones. Once with
/// the paper's targets and once with the components of the density.
/// </summary>
internal sealed record GridC(string Width, IReadOnlyList<int> Seeds, int Steps, double GridSpacing)
{
    public const string Experiment = "C";

    public IEnumerable<RunSpec> Runs()
        => from seed in Seeds
           from metric in new[] { TargetMetric.Coefficients, TargetMetric.Density }
           select new RunSpec
           {
               Experiment = Experiment,
               Network = $"{Width}-3",
               Degrees = [0, 1, 2, 3, 4],
               Metric = metric,
               Units = TargetUnits.Raw,
               LargestWaters = 3,
               Seed = seed,
               Steps = Steps,
               BatchSize = 1,
               LearningRate = 0.01,
               GridSpacing = GridSpacing,
           };
}

using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;

namespace HierarchicalLearning.Grids;

/// <summary>One condition of experiment B.</summary>
/// <param name="Copies">End of the network's name: empty for the paper's copies.</param>
internal sealed record Condition(string Name, string Copies, TargetMetric Metric, TargetUnits Units, Labels Labels)
{
    /// <summary>The natural sizes of targets, which fall steeply with l.</summary>
    public static readonly Condition Raw = new("raw density", "", TargetMetric.Density, TargetUnits.Raw, Labels.True);

    /// <summary>The paper's targets: coefficients, of their natural sizes.</summary>
    public static readonly Condition RawCoefficients = new("raw coefficients", "", TargetMetric.Coefficients, TargetUnits.Raw, Labels.True);

    /// <summary>Control: the paper's targets, those of each degree brought to the same size.</summary>
    public static readonly Condition StandardisedCoefficients =
        new("standardised coefficients", "", TargetMetric.Coefficients, TargetUnits.Standardised, Labels.True);

    /// <summary>Control: components of the density, those of each degree brought to the same size.</summary>
    public static readonly Condition Standardised = new("standardised density", "", TargetMetric.Density, TargetUnits.Standardised, Labels.True);

    /// <summary>Control: the same, with as many copies of every hidden degree.</summary>
    public static readonly Condition Equal = new("equal copies", "-equal", TargetMetric.Density, TargetUnits.Standardised, Labels.True);

    /// <summary>Control: the same, with the more copies the higher the degree.</summary>
    public static readonly Condition Reversed = new("reversed copies", "-reversed", TargetMetric.Density, TargetUnits.Standardised, Labels.True);

    /// <summary>Control: the same, but with nothing to learn except by heart; so few systems that this can be done.</summary>
    public static readonly Condition RandomLabels = new("random labels", "", TargetMetric.Density, TargetUnits.Standardised, Labels.Random);

    public static readonly IReadOnlyList<Condition> All = [RawCoefficients, StandardisedCoefficients, Raw, Standardised, Equal, Reversed, RandomLabels];

    /// <summary>The condition that a run of experiment B has.</summary>
    public static Condition Of(RunSpec spec) => All.First(c => spec.Network.EndsWith($"-3{c.Copies}", StringComparison.Ordinal)
        && (c.Metric, c.Units, c.Labels) == (spec.Metric, spec.Units, spec.Labels));
}

/// <summary>
/// Experiment B: how do features of each degree develop during training? The full network under each condition, with errors and powers over steps. The untrained network is step 0 of each.
/// </summary>
internal sealed record GridB(IReadOnlyList<string> Widths, IReadOnlyList<int> Seeds, int Steps)
{
    public const string Experiment = "B";

    private const int SystemsToMemorise = 42;

    public IEnumerable<RunSpec> Runs()
        => from seed in Seeds
           from width in Widths
           from condition in Condition.All
           select new RunSpec
           {
               Experiment = Experiment,
               Network = $"{width}-3{condition.Copies}",
               Degrees = [0, 1, 2, 3, 4],
               Metric = condition.Metric,
               Units = condition.Units,
               Labels = condition.Labels,
               Systems = condition.Labels == Labels.Random ? SystemsToMemorise : 0,
               Seed = seed,
               Steps = Steps,
               BatchSize = 4,
               LearningRate = 0.01,
               Schedule = Schedule.Constant,
               Records = true,
           };
}

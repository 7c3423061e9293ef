using HierarchicalLearning.Grids;
using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;

namespace HierarchicalLearning.Report;

/// <summary>When each degree was learnt in one run of experiment B.</summary>
/// <param name="Half">By degree: first step at which half of what is learnt in the end was learnt; null for what never got better than the mean atom.</param>
/// <param name="Most">The same for 90 %.</param>
/// <param name="Correlation">Spearman's rank correlation of <paramref name="Half"/> with l over the degrees that were learnt: 1 if low degrees come first, −1 if high ones do.</param>
/// <param name="CorrelationOfMost">The same of <paramref name="Most"/>.</param>
internal sealed record LearningOrder(
    string Condition, string Network, int Seed, IReadOnlyList<int?> Half, IReadOnlyList<int?> Most, double Correlation, double CorrelationOfMost)
{
    /// <summary>Less of a target learnt than this (1 − E_l in the end) is none learnt.</summary>
    private const double LeastLearnt = 0.05;

    public static IReadOnlyList<LearningOrder> Of(IReadOnlyList<ResultRow> table)
        => [.. table.Where(r => r.Experiment == GridB.Experiment && r.Quantity == Quantity.Error && r.Place == Sets.Training)
            .GroupBy(r => (r.Condition, r.Network, r.Seed)).Select(run => Of(run.Key.Condition, run.Key.Network, run.Key.Seed, run))];

    /// <summary>
    /// First step at which 1 − E is at least a fraction of what it is at the end. 1 − E is what is learnt: E = 1 is the mean atom, E = 0 perfection; untrained networks start at E ≥ 1.
    /// </summary>
    public static int? TimeTo(double fraction, IEnumerable<(int Step, double Error)> course)
    {
        (int Step, double Error)[] points = [.. course.OrderBy(p => p.Step)];
        double learnt = 1 - points[^1].Error;
        return learnt < LeastLearnt ? null : points.First(p => 1 - p.Error >= fraction * learnt).Step;
    }

    private static LearningOrder Of(string condition, string network, int seed, IEnumerable<ResultRow> run)
    {
        ILookup<int, (int, double)> courses = run.ToLookup(r => r.L!.Value, r => (r.Step, r.Value));
        int?[] half = [.. Enumerable.Range(0, DegreeBlocks.Degrees).Select(l => TimeTo(0.5, courses[l]))];
        int?[] most = [.. Enumerable.Range(0, DegreeBlocks.Degrees).Select(l => TimeTo(0.9, courses[l]))];
        return new LearningOrder(condition, network, seed, half, most, RankCorrelation(half), RankCorrelation(most));
    }

    /// <summary>NaN where fewer than three degrees were learnt, or all at the same step.</summary>
    private static double RankCorrelation(int?[] steps)
    {
        int[] learnt = [.. Enumerable.Range(0, steps.Length).Where(l => steps[l] is not null)];
        return learnt.Length < 3 ? double.NaN : MathNet.Numerics.Statistics.Correlation.Spearman(learnt.Select(l => (double)l), learnt.Select(l => (double)steps[l]!.Value));
    }
}

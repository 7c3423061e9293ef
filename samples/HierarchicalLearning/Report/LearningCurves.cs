using HierarchicalLearning.Grids;
using HierarchicalLearning.Runs;
using MathNet.Numerics;

namespace HierarchicalLearning.Report;

/// <summary>One learning curve of experiment A: error on unseen systems over the number of training systems.</summary>
/// <param name="Points">√(mean of E_l over the target's degrees) of each run.</param>
/// <param name="Slope">α of error ∝ systems^α: one straight line through the logarithms for each seed, their mean and spread.</param>
internal sealed record LearningCurve(
    string Network, int HiddenLMax, string Copies, long Parameters, string Target, IReadOnlyList<CurvePoint> Points, Estimate Slope)
{
    /// <summary>By size of the training set, rising.</summary>
    public IReadOnlyList<(int Systems, Estimate Error)> Errors { get; } =
        [.. Points.GroupBy(p => p.Systems).OrderBy(g => g.Key).Select(g => (g.Key, Estimate.OfLogarithms(g.Select(p => p.Error))))];

    /// <summary>Error at the largest training set relative to another network's, seed by seed: both were trained on the same systems.</summary>
    public Estimate RelativeTo(LearningCurve other)
    {
        int largest = Points.Max(p => p.Systems);
        return Estimate.OfLogarithms(
            from mine in Points
            join theirs in other.Points on (mine.Systems, mine.Seed) equals (theirs.Systems, theirs.Seed)
            where mine.Systems == largest
            select mine.Error / theirs.Error);
    }
}

/// <summary>A run's point of a learning curve.</summary>
internal sealed record CurvePoint(int Seed, int Systems, double Error);

/// <summary>Experiment A's results.</summary>
internal static class LearningCurves
{
    /// <param name="degrees">Which of the target's degrees; all of them where null.</param>
    public static IReadOnlyList<LearningCurve> Of(IReadOnlyList<ResultRow> table, Func<int, bool>? degrees = null)
    {
        var curves = new List<LearningCurve>();
        IEnumerable<ResultRow> rows = table.Where(r => r.Experiment == GridA.Experiment && r.Quantity == $"final_{Quantity.Error}" && r.Place == Sets.Test);
        foreach (IGrouping<(string Network, int HiddenLMax, string Copies, long Parameters, string Target), ResultRow> curve
            in rows.GroupBy(r => (r.Network, r.HiddenLMax, r.Copies, r.Parameters, r.Target)))
        {
            int[] learnt = [.. GridA.Targets.First(t => ResultTable.TargetName(t) == curve.Key.Target).Where(l => degrees?.Invoke(l) ?? true)];
            if (learnt.Length == 0)
                continue;
            CurvePoint[] points = [.. curve.Where(r => learnt.Contains(r.L!.Value)).GroupBy(r => (r.Seed, r.Systems))
                .Select(g => new CurvePoint(g.Key.Seed, g.Key.Systems, Math.Sqrt(g.Average(r => r.Value))))];
            curves.Add(new LearningCurve(curve.Key.Network, curve.Key.HiddenLMax, curve.Key.Copies, curve.Key.Parameters, curve.Key.Target, points,
                Estimate.Of(points.GroupBy(p => p.Seed).Where(g => g.Count() > 1).Select(g => Slope([.. g])))));
        }
        return curves;
    }

    private static double Slope(CurvePoint[] points)
        => Fit.Line([.. points.Select(p => Math.Log(p.Systems))], [.. points.Select(p => Math.Log(p.Error))]).B;
}

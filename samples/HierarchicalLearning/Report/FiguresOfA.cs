using ScottPlot;
using Shared.Plots;
using WaterDensity.Plots;

namespace HierarchicalLearning.Report;

/// <summary>Pictures of experiment A.</summary>
internal static class FiguresOfA
{
    private static readonly string[] CopiesInOrder = ["truncated", "matched"];

    public static void Save(string folder, IReadOnlyList<ResultRow> table)
    {
        IReadOnlyList<LearningCurve> all = LearningCurves.Of(table);
        // Hidden scalars cannot reach l = 4, whatever they learn: the curves of l = 3-4 would show that and nothing else.
        LearningCurve[] reachable = [.. LearningCurves.Of(table, l => l != 4).Where(c => c.Target is "3-4" or "all")];
        LearningCurve[] curves = [.. all.Where(c => c.Target is not ("3-4" or "all")), .. reachable];
        foreach (string width in curves.Select(c => ResultTable.WidthOf(c.Network)).Distinct())
        {
            LearningCurve[] ofWidth = [.. curves.Where(c => c.Network.StartsWith(width, StringComparison.Ordinal))];
            SaveCurves(Path.Combine(folder, $"learning-curves-{width}"), ofWidth);
            SaveGains(Path.Combine(folder, $"gain-by-hidden-order-{width}"), ofWidth);
        }
    }

    public static string TitleOf(string target) => target switch
    {
        "all" => "all outputs (l ≤ 3)",
        "3-4" => "output l = 3 (with 4)",
        _ => $"output l = {target}",
    };

    /// <summary>The full network counts as matched, too: it is what the others are matched to.</summary>
    public static LearningCurve[] Row(IEnumerable<LearningCurve> curves, string copies)
        => [.. curves.Where(c => c.Copies == copies || c.HiddenLMax == 3).OrderBy(c => c.HiddenLMax)];

    private static void SaveCurves(string path, LearningCurve[] curves)
    {
        string[] targets = [.. curves.Select(c => c.Target).Distinct()];
        var panels = new List<Plot>();
        foreach (string copies in CopiesInOrder)
        {
            foreach (string target in targets)
            {
                Plot plot = Panels.New($"{TitleOf(target)}, {copies}", "training systems", "relative error, unseen systems");
                foreach (LearningCurve curve in Row(curves.Where(c => c.Target == target), copies))
                {
                    Panels.AddBand(plot, [.. curve.Errors.Select(e => ((double)e.Systems, e.Error))], Panels.OfDegree(curve.HiddenLMax),
                        $"hidden l ≤ {curve.HiddenLMax}: {Slope(curve.Slope)}");
                }
                Panels.UseFineLogarithmicY(plot);
                Panels.UseSizes(plot, curves.SelectMany(c => c.Errors.Select(e => e.Systems)));
                plot.ShowLegend(Alignment.LowerLeft);
                panels.Add(plot);
            }
        }
        for (int column = 0; column < targets.Length; column++)
            Panels.ShareVertical([.. CopiesInOrder.Select((_, row) => panels[row * targets.Length + column])], below: 0.7);
        Figures.SaveGrid(path, 360, 340, targets.Length, [.. panels]);
    }

    /// <summary>Errors relative to those of hidden scalars for the largest training set.</summary>
    private static void SaveGains(string path, LearningCurve[] curves)
    {
        string[] targets = [.. curves.Select(c => c.Target).Distinct()];
        var panels = new List<Plot>();
        foreach (string copies in CopiesInOrder)
        {
            Plot plot = Panels.New($"Error at the largest training set, {copies}", "hidden l_max", "error relative to hidden scalars");
            for (int i = 0; i < targets.Length; i++)
            {
                LearningCurve[] row = Row(curves.Where(c => c.Target == targets[i]), copies);
                // Side by side, so that bars do not hide each other.
                double shift = 0.06 * (i - 0.5 * (targets.Length - 1));
                Panels.AddBars(plot, [.. row.Select(c => (c.HiddenLMax + shift, c.RelativeTo(row[0])))],
                    targets[i] == "all" ? Figures.Gray : Panels.OfDegree(targets[i][0] - '0'), TitleOf(targets[i]));
            }
            Panels.UseFineLogarithmicY(plot);
            plot.Axes.Bottom.SetTicks([0, 1, 2, 3], ["0", "1", "2", "3"]);
            plot.ShowLegend(Alignment.MiddleRight);
            panels.Add(plot);
        }
        Panels.ShareVertical(panels);
        Figures.SaveGrid(path, 480, 400, 2, [.. panels]);
    }

    private static string Slope(Estimate slope) => double.IsFinite(slope.Low)
        ? FormattableString.Invariant($"N^{slope.Mean:0.00}±{slope.High - slope.Mean:0.00}")
        : FormattableString.Invariant($"N^{slope.Mean:0.00}");
}

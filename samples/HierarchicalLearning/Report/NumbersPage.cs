using System.Text;
using HierarchicalLearning.Grids;
using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;

namespace HierarchicalLearning.Report;

/// <summary>The numbers behind the figures, as Markdown tables. Intervals are 95 %, over seeds.</summary>
internal static class NumbersPage
{
    public static void Save(string path, IReadOnlyList<ResultRow> table)
    {
        var page = new StringBuilder("# Numbers\n\nMade from results.csv.gz together with the figures. Intervals are 95 % over seeds (Student's t).\n");
        OutputByHiddenOrder(page, table);
        OrderOfLearning(page, table);
        Organisation(page, table);
        SizeExtrapolation(page, table);
        File.WriteAllText(path, page.ToString());
    }

    private static void OutputByHiddenOrder(StringBuilder page, IReadOnlyList<ResultRow> table)
    {
        LearningCurve[] curves = [.. LearningCurves.Of(table).Where(c => c.Target is not ("3-4" or "all")),
            .. LearningCurves.Of(table, l => l != 4).Where(c => c.Target is "3-4" or "all")];
        if (curves.Length == 0)
            return;
        page.Append("\n## A: output by hidden order\n\n");
        page.Append("Relative error √E on unseen systems, and the slope α of error ∝ Nᵅ. \"3-4\" and \"all\" leave out l = 4, which hidden scalars cannot reach.\n\n");
        Header(page, ["target", "copies", "hidden l ≤", "parameters", .. curves[0].Errors.Select(e => $"N = {e.Systems}"), "relative to scalars", "slope"]);
        foreach (LearningCurve[] group in
            from width in curves.Select(c => ResultTable.WidthOf(c.Network)).Distinct()
            from target in curves.Select(c => c.Target).Distinct()
            from copies in new[] { "truncated", "matched" }
            select FiguresOfA.Row(curves.Where(c => c.Target == target && c.Network.StartsWith(width, StringComparison.Ordinal)), copies))
        {
            foreach (LearningCurve c in group)
            {
                Row(page, [c.Target, c.HiddenLMax == 3 ? "full" : c.Copies, $"{c.HiddenLMax}", FormattableString.Invariant($"{c.Parameters:N0}"),
                    .. c.Errors.Select(e => Number(e.Error.Mean)), Interval(c.RelativeTo(group[0])), Interval(c.Slope)]);
            }
        }
    }

    private static void OrderOfLearning(StringBuilder page, IReadOnlyList<ResultRow> table)
    {
        IReadOnlyList<LearningOrder> orders = LearningOrder.Of(table);
        if (orders.Count == 0)
            return;
        page.Append("\n## B: the order in which degrees are learnt\n\n");
        page.Append("Steps to 50 % / 90 % of what is learnt in the end, medians over seeds (– for degrees that are not learnt); ρ is Spearman's rank correlation "
            + "of these steps with l, seed by seed.\n\n");
        Header(page, ["network", "condition", .. Enumerable.Range(0, DegreeBlocks.Degrees).Select(l => $"l = {l}"), "ρ of 50 %", "ρ of 90 %"]);
        foreach (IGrouping<(string Network, string Condition), LearningOrder> g in orders.GroupBy(o => (ResultTable.WidthOf(o.Network), o.Condition)))
        {
            Row(page, [g.Key.Network, g.Key.Condition,
                .. Enumerable.Range(0, DegreeBlocks.Degrees).Select(l => $"{Median(g.Select(o => o.Half[l]))} / {Median(g.Select(o => o.Most[l]))}"),
                string.Join(", ", g.Select(o => Signed(o.Correlation))), string.Join(", ", g.Select(o => Signed(o.CorrelationOfMost)))]);
        }
    }

    private static void Organisation(StringBuilder page, IReadOnlyList<ResultRow> table)
    {
        ResultRow[] powers = [.. table.Where(r => r.Quantity == Quantity.FeaturePower && r.Place.EndsWith("Gate", StringComparison.Ordinal))];
        if (powers.Length == 0)
            return;
        page.Append("\n## B: power of hidden features by degree\n\nPower per component after each gate, geometric means over seeds: untrained → trained.\n\n");
        Header(page, ["network", "condition", "layer", "l = 0", "l = 1", "l = 2", "l = 3"]);
        foreach (IGrouping<(string Network, string Condition, string Place), ResultRow> g in powers.GroupBy(r => (ResultTable.WidthOf(r.Network), r.Condition, r.Place)))
        {
            int last = g.Max(r => r.Step);
            string At(int l, int step) => Number(Estimate.OfLogarithms(g.Where(r => r.L == l && r.Step == step).Select(r => r.Value)).Mean);
            Row(page, [g.Key.Network, g.Key.Condition, $"{ResultTable.LayerOf(g.Key.Place)}", .. Enumerable.Range(0, 4).Select(l => $"{At(l, 0)} → {At(l, last)}")]);
        }
    }

    private static void SizeExtrapolation(StringBuilder page, IReadOnlyList<ResultRow> table)
    {
        ResultRow[] rows = [.. table.Where(r => r.Experiment == GridC.Experiment && r.Quantity == ResultTable.DensityError)];
        if (rows.Length == 0)
            return;
        page.Append("\n## C: errors of the density by size of the cluster\n\nTrained on 1 to 3 waters; means over the test systems of each size, in %.\n\n");
        Header(page, ["targets", "waters", "ε_ρ", "ε_0", "ε_1", "ε_2", "ε_3", "ε_4"]);
        foreach (IGrouping<(string Condition, int Waters), ResultRow> g in rows.GroupBy(r => (r.Condition, Waters: int.Parse(r.Place))).OrderBy(g => g.Key))
        {
            Row(page, [g.Key.Condition, $"{g.Key.Waters}", Interval(Estimate.Of(g.Where(r => r.L is null).Select(r => 100 * r.Value))),
                .. Enumerable.Range(0, DegreeBlocks.Degrees).Select(l => Number(g.Where(r => r.L == l).Average(r => 100 * r.Value)))]);
        }
    }

    private static void Header(StringBuilder page, string[] columns)
    {
        Row(page, columns);
        Row(page, [.. columns.Select(_ => "---")]);
    }

    private static void Row(StringBuilder page, string[] cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Interval(Estimate e) => double.IsFinite(e.Low) ? $"{Number(e.Mean)} ({Number(e.Low)} … {Number(e.High)})" : Number(e.Mean);

    private static string Number(double value) => value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);

    private static string Signed(double value) => double.IsNaN(value) ? "–" : value.ToString("+0.0;−0.0;0", System.Globalization.CultureInfo.InvariantCulture);

    private static string Median(IEnumerable<int?> steps)
    {
        int[] learnt = [.. steps.Where(s => s is not null).Select(s => s!.Value).Order()];
        return learnt.Length == 0 ? "–" : $"{learnt[learnt.Length / 2]}";
    }
}

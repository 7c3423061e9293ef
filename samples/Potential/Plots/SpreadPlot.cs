using E3Gen.Potentials;
using Potential.Report;
using ScottPlot;
using Shared.Plots;

namespace Potential.Plots;

/// <summary>Errors of a committee's mean over its spread, both axes logarithmic, with groups of equal size by rising spread. Above the diagonal the committee is too sure of itself.</summary>
internal static class SpreadPlot
{
    private const int Groups = 10, MostPoints = 20_000;

    public static void Save(string path, SpreadReport report)
    {
        Plot[] plots =
        [
            .. report.Forces is { } forces ? new[] { Panel("Force on an atom", "meV/Å", forces) } : [],
            .. report.Energies is { } energies ? new[] { Panel("Energy by atom", "meV", energies) } : [],
        ];
        if (plots.Length > 0) Figures.SavePanels(path, 480, 450, plots);
    }

    private static Plot Panel(string title, string unit, ErrorAgainstSpread pairs)
    {
        Plot plot = PlainPlot.Create(title, $"spread of the committee, {unit}", $"error of its mean, {unit}");
        int step = 1 + pairs.Spreads.Count / MostPoints;
        (double X, double Y)[] shown = [.. Logarithms(pairs.Spreads.Zip(pairs.Errors).Where((_, i) => i % step == 0))];
        if (shown.Length == 0) return plot;
        ScottPlot.Plottables.Markers markers = plot.Add.Markers(X(shown), Y(shown), MarkerShape.FilledCircle, 3, Figures.DegreeColors[0].WithAlpha(0.35));
        markers.MarkerStyle.LineWidth = 0;
        double[] ends = [shown.Min(p => Math.Min(p.X, p.Y)), shown.Max(p => Math.Max(p.X, p.Y))];
        plot.Add.ScatterLine(ends, ends, Figures.Gray).LegendText = "error = spread";
        (double, double)[] groups = [.. Logarithms(pairs.Quantiles(Groups).Select(q => (q.Spread, q.Error)))];
        ScottPlot.Plottables.Scatter means = plot.Add.Scatter(X(groups), Y(groups), Figures.DegreeColors[3]);
        (means.LineWidth, means.MarkerSize, means.LegendText) = (2, 7, "root mean squares of groups");
        Figures.UseLogarithmicX(plot);
        Figures.UseLogarithmicY(plot);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;
    }

    /// <summary>Of thousandths of the data's unit; what is exactly 0 has no logarithm and is not shown.</summary>
    private static IEnumerable<(double X, double Y)> Logarithms(IEnumerable<(double Spread, double Error)> pairs) =>
        pairs.Where(p => p.Spread > 0 && p.Error > 0).Select(p => (Math.Log10(1000 * p.Spread), Math.Log10(1000 * p.Error)));

    private static double[] X((double X, double Y)[] points) => [.. points.Select(p => p.X)];

    private static double[] Y((double X, double Y)[] points) => [.. points.Select(p => p.Y)];
}

using ScottPlot;
using ScottPlot.Plottables;
using Shared.Plots;
using WaterDensity.Density;
using WaterDensity.Evaluation;

namespace WaterDensity.Plots;

/// <summary>Errors of the density on the test set: by degree l on the left, by size of the cluster on the right.</summary>
internal static class ErrorPlot
{
    public static void Save(string path, Summary summary, int largestTrained)
        => Figures.SavePanels(path, 560, 420, ByDegree(summary), BySize(summary, largestTrained));

    private static Plot ByDegree(Summary summary)
    {
        Plot plot = PlainPlot.Create("Parts of the density by degree l", "l", "ε_l, %");
        double[] degrees = [.. Enumerable.Range(0, DensityField.Degrees).Select(l => (double)l)];
        var palette = new ScottPlot.Colormaps.Viridis();
        int n = summary.Sizes.Count;
        AddSeries(plot, degrees, Mean(summary, s => s.IsolatedAtomsErrorByDegree), Figures.Gray, MarkerShape.FilledSquare,
            "isolated atoms");
        for (int i = 0; i < n; i++)
        {
            SizeSummary size = summary.Sizes[i];
            AddSeries(plot, degrees, size.DensityErrorByDegree, palette.GetColor(0.9 * i / Math.Max(1, n - 1)), MarkerShape.FilledCircle,
                Waters(size.Waters));
        }
        plot.Axes.Bottom.SetTicks(degrees, [.. degrees.Select(l => $"{l}")]);
        Finish(plot);
        plot.ShowLegend(Edge.Right); // eight entries would hide points anywhere inside
        return plot;
    }

    private static Plot BySize(Summary summary, int largestTrained)
    {
        Plot plot = PlainPlot.Create("Whole density by size of the cluster", "water molecules", "ε_ρ, %");
        double[] waters = [.. summary.Sizes.Select(s => (double)s.Waters)];
        AddSeries(plot, waters, [.. summary.Sizes.Select(s => s.IsolatedAtomsError)], Figures.Gray, MarkerShape.FilledSquare,
            "isolated atoms");
        SizeSummary[] seen = [.. summary.Sizes.Where(s => s.Waters <= largestTrained)],
            larger = [.. summary.Sizes.Where(s => s.Waters > largestTrained)];
        AddSeries(plot, seen, MarkerShape.FilledCircle, "network, sizes that it was trained on");
        AddSeries(plot, larger, MarkerShape.OpenCircle, "network, larger than any that it saw");
        plot.Axes.Bottom.SetTicks(waters, [.. waters.Select(w => $"{w}")]);
        Finish(plot);
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static double[] Mean(Summary summary, Func<SizeSummary, double[]> of)
        => [.. Enumerable.Range(0, DensityField.Degrees).Select(l => summary.Sizes.Average(s => of(s)[l]))];

    private static string Waters(int n) => n == 1 ? "1 water" : $"{n} waters";

    private static void AddSeries(Plot plot, SizeSummary[] sizes, MarkerShape marker, string label)
    {
        if (sizes.Length > 0)
            AddSeries(plot, [.. sizes.Select(s => (double)s.Waters)], [.. sizes.Select(s => s.DensityError)], Figures.DegreeColors[0],
                marker, label);
    }

    private static void AddSeries(Plot plot, double[] x, double[] fractions, Color color, MarkerShape marker, string label)
    {
        Scatter series = plot.Add.Scatter(x, fractions.Select(f => Math.Log10(100 * f)).ToArray(), color);
        series.MarkerShape = marker;
        series.MarkerSize = 9;
        series.MarkerLineWidth = 2;
        series.LineWidth = 1.5f;
        series.LegendText = label;
    }

    private static void Finish(Plot plot)
    {
        Figures.UseLogarithmicY(plot);
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        plot.Axes.SetLimits(limits.Left - 0.2, limits.Right + 0.2, Math.Floor(limits.Bottom), limits.Top + 0.5);
    }
}

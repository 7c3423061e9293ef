using ScottPlot;
using Shared.Plots;
using WaterDensity.Plots;

namespace HierarchicalLearning.Report;

/// <summary>What the study's figures have in common: axes that hold logarithms, one colour a degree, bands of confidence.</summary>
internal static class Panels
{
    public static Plot New(string title, string x, string y)
    {
        Plot plot = PlainPlot.Create(title, x, y);
        plot.HideLegend();
        plot.Legend.FontSize = 11;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.7);
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }

    public static Color OfDegree(int l) => Figures.DegreeColors[l];

    /// <summary>A line through means, with the band of their confidence intervals where there is one. Both axes hold log₁₀.</summary>
    public static void AddBand(Plot plot, IReadOnlyList<(double X, Estimate Y)> points, Color color, string label)
    {
        double[] x = [.. points.Select(p => Math.Log10(p.X))];
        double Log(double value, double floor) => Math.Log10(Math.Max(value, floor));
        if (points.All(p => double.IsFinite(p.Y.Low)))
        {
            // An interval that reaches below zero has no logarithm: its band ends a decade below the mean.
            ScottPlot.Plottables.FillY band = plot.Add.FillY(x, [.. points.Select(p => Log(p.Y.Low, p.Y.Mean / 10))], [.. points.Select(p => Math.Log10(p.Y.High))]);
            band.FillColor = color.WithAlpha(0.15);
            band.LineWidth = 0;
            band.MarkerSize = 0;
        }
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(x, [.. points.Select(p => Math.Log10(p.Y.Mean))], color);
        line.LineWidth = 2;
        line.MarkerSize = points.Count > 12 ? 0 : 5;
        line.LegendText = label;
    }

    /// <summary>Means with their intervals as bars, joined by a thin line. The vertical axis holds log₁₀, the horizontal one does not.</summary>
    public static void AddBars(Plot plot, IReadOnlyList<(double X, Estimate Y)> points, Color color, string label)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(points.Select(p => p.X).ToArray(), points.Select(p => Math.Log10(p.Y.Mean)).ToArray(), color);
        line.LineWidth = 1;
        line.MarkerSize = 8;
        line.LegendText = label;
        foreach ((double x, Estimate y) in points.Where(p => p.Y.Low > 0))
        {
            ScottPlot.Plottables.LinePlot bar = plot.Add.Line(x, Math.Log10(y.Low), x, Math.Log10(y.High));
            bar.Color = color;
            bar.LineWidth = 2;
        }
    }

    /// <summary>The vertical axis holds log₁₀ over a decade or two: its ticks are 1, 2 and 5 in each.</summary>
    public static void UseFineLogarithmicY(Plot plot)
    {
        double[] values = [.. Enumerable.Range(-5, 8).SelectMany(e => new[] { 1.0, 2.0, 5.0 }.Select(d => d * Math.Pow(10, e)))];
        plot.Axes.Left.SetTicks([.. values.Select(Math.Log10)], [.. values.Select(v => v.ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture))]);
    }

    /// <summary>A panel with the legend of another one, which then has none: for many lines that leave no room.</summary>
    public static Plot LegendOf(Plot plot)
    {
        var legend = new Plot();
        foreach (LegendItem item in plot.Legend.GetItems())
            legend.Legend.ManualItems.Add(item);
        legend.HideAxesAndGrid();
        legend.ShowLegend(Alignment.MiddleLeft);
        legend.Legend.OutlineWidth = 0;
        legend.Legend.ShadowColor = Colors.Transparent;
        return legend;
    }

    public static void UseLogarithms(Plot plot)
    {
        Figures.UseLogarithmicY(plot);
        plot.Axes.Bottom.TickGenerator = Figures.Decades();
    }

    /// <summary>A horizontal axis that holds log₁₀ of a few sizes, with these as its ticks.</summary>
    public static void UseSizes(Plot plot, IEnumerable<int> sizes)
    {
        int[] all = [.. sizes.Distinct().Order()];
        plot.Axes.Bottom.SetTicks([.. all.Select(n => Math.Log10(n))], [.. all.Select(n => $"{n}")]);
    }

    /// <summary>Gives plots the same vertical axis, so that they can be compared: as far as their lines go, though bands may go further.</summary>
    /// <param name="highest">Of the axis; what lies above is cut off.</param>
    /// <param name="below">Room for a legend below the lines, as a part of their height.</param>
    public static void ShareVertical(IReadOnlyList<Plot> plots, double highest = double.PositiveInfinity, double below = 0.1)
    {
        double[] heights = [.. plots.SelectMany(p => p.GetPlottables<ScottPlot.Plottables.Scatter>()).SelectMany(s => s.Data.GetScatterPoints()).Select(p => p.Y)
            .Where(double.IsFinite)];
        double bottom = heights.Min(), top = Math.Min(highest, heights.Max()), height = top - bottom;
        foreach (Plot plot in plots)
        {
            plot.Axes.AutoScale();
            plot.Axes.SetLimitsY(bottom - below * height, top + 0.1 * height);
        }
    }
}

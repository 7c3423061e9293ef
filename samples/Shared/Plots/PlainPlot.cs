using ScottPlot;
using SkiaSharp;

namespace Shared.Plots;

/// <summary>A plot with a title and named axes, and nothing else yet; benchmarks make theirs of it, too.</summary>
internal static class PlainPlot
{
    /// <summary>What to write with, the first that this machine has; without any, ScottPlot's own choice.</summary>
    private static readonly string? Font =
        new[] { "DejaVu Sans", "Liberation Sans", "Arial", "Helvetica" }.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains);

    public static Plot Create(string title, string x, string y)
    {
        var plot = new Plot();
        plot.Title(title, 15);
        plot.XLabel(x);
        plot.YLabel(y);
        if (Font is not null)
            plot.Font.Set(Font);
        plot.Axes.Left.Label.Bold = plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.FontSize = plot.Axes.Bottom.Label.FontSize = 13;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        return plot;
    }
}

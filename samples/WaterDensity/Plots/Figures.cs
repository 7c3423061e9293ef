using ScottPlot;
using ScottPlot.TickGenerators;

namespace WaterDensity.Plots;

/// <summary>What the figures have in common.</summary>
internal static class Figures
{
    /// <summary>Pixels per unit of ScottPlot's own size: sharp on paper too.</summary>
    public const double Sharpness = 2;

    /// <summary>One colour for each degree l = 0 … 4.</summary>
    public static readonly Color[] DegreeColors = [.. new[] { "#1f4e79", "#2a9d8f", "#e9a23b", "#d1495b", "#7b4ea3" }.Select(Color.FromHex)];

    public static readonly Color Gray = Color.FromHex("#8a8a8a");

    public static Plot NewPlot(string title, string x, string y)
    {
        var plot = new Plot { ScaleFactor = Sharpness };
        plot.Title(title, 15);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        return plot;
    }

    /// <summary>Side by side in one PNG; width and height of one panel.</summary>
    public static void SavePanels(string path, int width, int height, params Plot[] plots)
    {
        var figure = new Multiplot();
        figure.Reset(plots[0]);
        foreach (Plot plot in plots[1..])
            figure.AddPlot(plot);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        figure.SavePng(path, (int)(width * plots.Length * Sharpness), (int)(height * Sharpness));
    }

    /// <summary>The vertical axis holds log₁₀ of what its labels say.</summary>
    public static void UseLogarithmicY(Plot plot)
        => plot.Axes.Left.TickGenerator = new NumericAutomatic { MinorTickGenerator = new LogMinorTickGenerator(), IntegerTicksOnly = true, LabelFormatter = Decade };

    /// <summary>10^exponent as people write it: 0.01, 1, 100, and 10⁻⁵ where that gets long.</summary>
    public static string Decade(double exponent)
    {
        int n = (int)Math.Round(exponent);
        if (n is >= -3 and <= 3)
            return Math.Pow(10, n).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string digits = string.Concat(Math.Abs(n).ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
        return $"10{(n < 0 ? "⁻" : "")}{digits}";
    }
}

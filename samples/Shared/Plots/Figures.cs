using System.Globalization;
using E3Gen.Analysis;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Shared.Plots;

/// <summary>What the figures have in common.</summary>
internal static class Figures
{
    /// <summary>One colour for each degree l = 0 … 4.</summary>
    public static readonly Color[] DegreeColors =
        [.. new[] { "#1f4e79", "#2a9d8f", "#e9a23b", "#d1495b", "#7b4ea3" }.Select(Color.FromHex)];

    public static readonly Color Gray = Color.FromHex("#8a8a8a");

    /// <summary>
    /// Writes plots side by side, each <paramref name="width"/> by <paramref name="height"/>, to <c>path.png</c> and <c>path.svg</c>.
    /// </summary>
    public static void SavePanels(string path, int width, int height, params Plot[] plots) => SaveGrid(path, width, height, plots.Length, plots);

    /// <summary>The same in rows of <paramref name="columns"/> plots.</summary>
    public static void SaveGrid(string path, int width, int height, int columns, params Plot[] plots)
        => PanelFile.Save(path, width, height, columns, plots);

    /// <summary>The vertical axis holds log₁₀ of what its labels say.</summary>
    public static void UseLogarithmicY(Plot plot)
    {
        NumericAutomatic ticks = Decades();
        ticks.MinorTickGenerator = new LogMinorTickGenerator();
        plot.Axes.Left.TickGenerator = ticks;
    }

    /// <summary>The horizontal axis, too.</summary>
    public static void UseLogarithmicX(Plot plot)
    {
        NumericAutomatic ticks = Decades();
        ticks.MinorTickGenerator = new LogMinorTickGenerator();
        plot.Axes.Bottom.TickGenerator = ticks;
    }

    /// <summary>Ticks at the powers of ten of an axis that holds logarithms.</summary>
    public static NumericAutomatic Decades() => new() { IntegerTicksOnly = true, LabelFormatter = Decade };

    /// <summary>10^exponent as people write it: 0.01, 1, 100, and 10⁻⁵ where that gets long.</summary>
    private static string Decade(double exponent)
    {
        int n = (int)Math.Round(exponent);
        if (n is >= -3 and <= 3)
            return Math.Pow(10, n).ToString(CultureInfo.InvariantCulture);
        string digits = string.Concat(Math.Abs(n).ToString(CultureInfo.InvariantCulture).Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
        return $"10{(n < 0 ? "⁻" : "")}{digits}";
    }
}

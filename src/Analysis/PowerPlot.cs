using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace E3Gen.Analysis;

/// <summary>Plots powers over training steps: a panel for each operation, both axes logarithmic, a line for each degree l.</summary>
public static class PowerPlot
{
    private const int Width = 440, Height = 320;

    private static readonly Color[] DegreeColors = [.. new[] { "#1f4e79", "#2a9d8f", "#e9a23b", "#d1495b", "#7b4ea3", "#6b705c", "#3a86ff" }.Select(Color.FromHex)];

    /// <summary>Fonts in order of preference; if the machine has none of them, ScottPlot chooses.</summary>
    private static readonly string? Font = new[] { "DejaVu Sans", "Liberation Sans", "Arial", "Helvetica" }.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains);

    /// <summary>
    /// Plots the power per component over steps, <c>path.png</c> and <c>path.svg</c>. For each operation and step, segments (or paths) of equal l are averaged over their channels.
    /// Logarithmic axes cannot show step 0, zeros and NaN: such points are omitted.
    /// </summary>
    /// <param name="path">The files, without extension.</param>
    /// <param name="rows">What a recorder measured: <see cref="PowerList.Rows"/> or <see cref="CsvSink.Read"/>.</param>
    /// <param name="quantity">Which quantity.</param>
    /// <param name="operations">Which operations; all of them where null.</param>
    /// <exception cref="ArgumentException">There is no row of this quantity and these operations, or the quantity is not one.</exception>
    public static void Save(string path, IEnumerable<PowerRow> rows, Quantities quantity = Quantities.Features, Func<string, bool>? operations = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(rows);
        if (!System.Numerics.BitOperations.IsPow2((int)quantity))
        {
            throw new ArgumentException($"Draw one quantity at a time, not {quantity}.", nameof(quantity));
        }

        Plot[] panels = [.. rows.Where(r => r.Quantity == quantity && (operations?.Invoke(r.Operation) ?? true)).GroupBy(r => r.Operation).Select(g => Panel(g.Key, g))];
        if (panels.Length == 0)
        {
            throw new ArgumentException($"There are no rows of {quantity} of these operations.", nameof(rows));
        }

        PanelFile.Save(path, Width, Height, columns: (int)Math.Ceiling(Math.Sqrt(panels.Length)), panels);
    }

    /// <summary>The lines of a panel: of each degree the steps and the power per component.</summary>
    internal static IEnumerable<(int L, double[] Steps, double[] Powers)> Lines(IEnumerable<PowerRow> rows) =>
        rows.GroupBy(r => r.L).OrderBy(g => g.Key).Select(degree =>
        {
            var points = degree.GroupBy(r => r.Step).OrderBy(g => g.Key)
                .Select(step => (Step: (double)step.Key, Power: step.Sum(r => r.Channels * r.PowerPerComponent) / step.Sum(r => (double)r.Channels)))
                .Where(p => p.Step > 0 && p.Power > 0 && double.IsFinite(p.Power))
                .ToList();
            return (degree.Key, points.Select(p => p.Step).ToArray(), points.Select(p => p.Power).ToArray());
        });

    private static Plot Panel(string operation, IEnumerable<PowerRow> rows)
    {
        var plot = new Plot();
        plot.Title(operation, 13);
        plot.XLabel("step");
        plot.YLabel("power per component");
        if (Font is not null)
        {
            plot.Font.Set(Font);
        }

        plot.Axes.Left.Label.Bold = plot.Axes.Bottom.Label.Bold = false;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        plot.Axes.Left.TickGenerator = Decades();
        plot.Axes.Bottom.TickGenerator = Decades();
        var lines = Lines(rows).ToList();
        foreach (var (l, steps, powers) in lines)
        {
            var line = plot.Add.Scatter(steps.Select(Math.Log10).ToArray(), powers.Select(Math.Log10).ToArray(), DegreeColors[l % DegreeColors.Length]);
            (line.LineWidth, line.MarkerSize, line.LegendText) = (2, steps.Length == 1 ? 6 : 0, $"l = {l}");
        }

        double[] all = [.. lines.SelectMany(line => line.Powers).Select(Math.Log10)];
        if (all.Length > 0)
        {
            // Whole decades: rounding alone would fill a panel. Above them the legend.
            double low = Math.Floor(all.Min()), high = Math.Max(Math.Ceiling(all.Max()), low + 1);
            plot.Axes.SetLimitsY(low - (0.03 * (high - low)), high + (0.15 * (high - low)));
        }

        plot.ShowLegend(Alignment.UpperCenter, Orientation.Horizontal);
        (plot.Legend.OutlineWidth, plot.Legend.ShadowColor, plot.Legend.BackgroundColor) = (0, Colors.Transparent, Colors.Transparent);
        return plot;
    }

    /// <summary>Ticks at the powers of ten of an axis that holds logarithms.</summary>
    private static NumericAutomatic Decades() => new() { IntegerTicksOnly = true, LabelFormatter = Decade, MinorTickGenerator = new LogMinorTickGenerator() };

    private static string Decade(double exponent)
    {
        int n = (int)Math.Round(exponent);
        if (n is >= -2 and <= 3)
        {
            return Math.Pow(10, n).ToString(CultureInfo.InvariantCulture);
        }

        string digits = string.Concat(Math.Abs(n).ToString(CultureInfo.InvariantCulture).Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
        return $"10{(n < 0 ? "⁻" : "")}{digits}";
    }
}

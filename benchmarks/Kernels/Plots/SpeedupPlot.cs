using E3Gen.Benchmarks.Kernels.Cases;
using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Reporting;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using Shared.Plots;

namespace E3Gen.Benchmarks.Kernels.Plots;

/// <summary>How many times as fast as e3nn E3Gen is: a group of bars for each case, a bar for each task.</summary>
internal static class SpeedupPlot
{
    private const int Width = 900, HeightOfBar = 15, HeightAround = 150;

    /// <summary>Space between the groups, in bars.</summary>
    private const double Gap = 0.8;

    private static readonly Color[] TaskColors = [Figures.Blue, Figures.Teal, Figures.Orange, Figures.Red, Figures.Violet];

    /// <param name="IsOwn">Against e3nn itself; otherwise against its algorithm as rewritten here.</param>
    private sealed record Comparison(string Case, string Task, double Factor, bool IsOwn);

    /// <returns>Whether there was something to draw.</returns>
    public static bool Save(string path, Results results)
    {
        Comparison[] comparisons = [.. from name in results.Cases from task in TaskNames.All select Compare(results, name, task) into c where c is not null select c];
        if (comparisons.Length == 0)
            return false;
        Plot plot = NewPlot(comparisons);
        double height = AddBars(plot, comparisons);
        AddLegend(plot, comparisons);
        double[] logarithms = [0, .. comparisons.Select(c => Math.Log10(c.Factor))];
        double low = logarithms.Min(), high = logarithms.Max(), room = 0.08 * Math.Max(high - low, 0.5); // for the numbers beside the bars
        low -= low < 0 ? room : 0;
        high += high > 0 ? room : 0;
        plot.Axes.SetLimits(low, high, height, -Gap);
        plot.Axes.Bottom.TickGenerator = Figures.Ticks(low, high);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.SaveSvg(path, Width, (int)(HeightOfBar * (height + Gap)) + HeightAround);
        return true;
    }

    private static Comparison? Compare(Results results, string name, string task)
    {
        double? own = results.TimeOfE3nn(name, task), peer = own ?? results.Time(name, task, Contestant.Rendition), generated = results.Time(name, task, E3GenContestants.Chosen);
        return peer / generated is { } factor ? new Comparison(name, task, factor, own is not null) : null;
    }

    private static Plot NewPlot(Comparison[] comparisons)
    {
        bool someOwn = comparisons.Any(c => c.IsOwn), allOwn = comparisons.All(c => c.IsOwn);
        string peer = someOwn ? Contestant.E3nn : $"{Contestant.Rendition} as rewritten here";
        string note = someOwn && !allOwn ? $"; *: {Contestant.Rendition} as rewritten here" : "";
        return PlainPlot.Create($"E3Gen against {peer}, one thread", $"times as fast, ratio of medians{note}", "");
    }

    /// <returns>Where the last group ends, downwards.</returns>
    private static double AddBars(Plot plot, Comparison[] comparisons)
    {
        var bars = new List<Bar>();
        var names = new NumericManual();
        double position = 0;
        foreach (IGrouping<string, Comparison> group in comparisons.GroupBy(c => c.Case))
        {
            names.AddMajor(position + (group.Count() - 1) / 2.0, group.All(c => c.IsOwn) || comparisons.All(c => !c.IsOwn) ? group.Key : $"{group.Key} *");
            foreach (Comparison c in group)
            {
                double end = Math.Log10(c.Factor);
                bars.Add(new Bar { Position = position, Value = end, Size = 0.9, FillColor = ColorOf(c.Task), LineWidth = 0, Orientation = Orientation.Horizontal });
                AddNumber(plot, end, position, c.Factor);
                position++;
            }
            position += Gap;
        }
        plot.Add.Bars(bars).Horizontal = true;
        VerticalLine even = plot.Add.VerticalLine(0, 1, Colors.Black);
        even.EnableAutoscale = false;
        plot.Axes.Left.TickGenerator = names;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        return position - Gap + 0.5;
    }

    private static void AddNumber(Plot plot, double end, double position, double factor)
    {
        Text number = plot.Add.Text(MarkdownTable.Ratio(factor), end, position);
        number.LabelFontSize = 10;
        number.LabelAlignment = end < 0 ? Alignment.MiddleRight : Alignment.MiddleLeft;
        number.OffsetX = end < 0 ? -4 : 4;
        number.OffsetY = 2; // the letters' middle, which is below the line's
    }

    private static void AddLegend(Plot plot, Comparison[] comparisons)
    {
        foreach (string task in TaskNames.All.Where(t => comparisons.Any(c => c.Task == t)))
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = task, FillColor = ColorOf(task), LineWidth = 0 });
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.TightHorizontalWrapping = true;
        plot.ShowLegend(Edge.Bottom);
    }

    private static Color ColorOf(string task) => TaskColors[TaskNames.All.Index().First(t => t.Item == task).Index];
}

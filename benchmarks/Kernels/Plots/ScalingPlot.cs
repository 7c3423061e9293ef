using System.Globalization;
using E3Gen.Benchmarks.Kernels.Cases;
using E3Gen.Benchmarks.Kernels.Contestants;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using Shared.Plots;

namespace E3Gen.Benchmarks.Kernels.Plots;

/// <summary>How times grow with the number in the names of a family of cases.</summary>
/// <param name="Family">What the names begin with.</param>
/// <param name="Title">What is measured.</param>
/// <param name="Number">What the number is.</param>
internal sealed record ScalingPlot(string Family, string Title, string Number)
{
    private const int Width = 860, Height = 460;

    /// <summary>Closest labels of the horizontal axis, as a share of its length.</summary>
    private const double LeastDistance = 0.05;

    public static IReadOnlyList<ScalingPlot> All { get; } =
    [
        new("copies", "Convolution, l ≤ 2, one thread", "copies of each irrep"),
        new("degree", "Convolution, 16 copies of each irrep, one thread", "largest degree l"),
        new("atoms", "Potential 16x0e + 8x1o, one thread", "atoms"),
    ];

    private static readonly (string Name, LinePattern Pattern, MarkerShape Marker)[] Tasks =
        [(TaskNames.Forward, LinePattern.Solid, MarkerShape.FilledCircle), (TaskNames.Backward, LinePattern.Dashed, MarkerShape.OpenCircle)];

    /// <returns>Whether the family was measured, at more than one number.</returns>
    /// <exception cref="InvalidDataException">A case of the family has no number in its name.</exception>
    public bool Save(string path, Results results)
    {
        (string Name, double Number)[] cases = [.. results.Cases.Where(c => c.StartsWith(Family + "/", StringComparison.Ordinal)).Select(c => (c, NumberOf(c))).OrderBy(c => c.Item2)];
        Plot plot = PlainPlot.Create(Title, Number, "median time / ms");
        foreach ((string contestant, Color color, Func<string, string, double?> time) in Contestants(results, cases.Select(c => c.Name)))
        {
            foreach ((string task, LinePattern pattern, MarkerShape marker) in Tasks)
            {
                Coordinates[] points = [.. from c in cases let t = time(c.Name, task) where t is not null select new Coordinates(Math.Log10(c.Number), Math.Log10(t.Value))];
                if (points.Length > 1)
                    AddLine(plot, points, color, pattern, marker, $"{contestant}, {task}");
            }
        }
        if (!plot.GetPlottables().Any())
            return false;
        Finish(plot, [.. cases.Select(c => c.Number)]);
        plot.SaveSvg(path, Width, Height);
        return true;
    }

    /// <summary>One peer in all cases: e3nn itself if it was there, or else its algorithm as rewritten here.</summary>
    private static IEnumerable<(string Name, Color Color, Func<string, string, double?> Time)> Contestants(Results results, IEnumerable<string> cases)
    {
        Func<string, string, double?> TimeOf(string contestant) => (name, task) => results.Time(name, task, contestant);
        bool isOwn = cases.Any(c => TaskNames.All.Any(t => results.TimeOfE3nn(c, t) is not null));
        return
        [
            (E3GenContestants.Chosen, Figures.Blue, TimeOf(E3GenContestants.Chosen)),
            (E3GenContestants.Portable, Figures.Teal, TimeOf(E3GenContestants.Portable)),
            isOwn ? (Contestant.E3nn, Figures.Red, results.TimeOfE3nn) : (Contestant.Rendition, Figures.Red, TimeOf(Contestant.Rendition)),
        ];
    }

    private static double NumberOf(string name)
    {
        string number = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0
            ? value
            : throw new InvalidDataException($"The case {name} should have a number after the slash.");
    }

    private static void AddLine(Plot plot, Coordinates[] points, Color color, LinePattern pattern, MarkerShape marker, string label)
    {
        Scatter line = plot.Add.Scatter(points, color);
        line.LinePattern = pattern;
        line.LineWidth = 2;
        line.MarkerShape = marker;
        line.MarkerSize = 7;
        line.MarkerLineWidth = 1.5f;
        line.LegendText = label;
    }

    private static void Finish(Plot plot, double[] numbers)
    {
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        plot.Axes.Left.TickGenerator = Figures.Ticks(limits.Bottom, limits.Top);
        var ticks = new NumericManual();
        double last = double.NegativeInfinity;
        foreach (double number in numbers)
        {
            double position = Math.Log10(number);
            bool hasRoom = position - last > LeastDistance * limits.HorizontalSpan;
            ticks.AddMajor(position, hasRoom ? Figures.Number(number) : "");
            last = hasRoom ? position : last;
        }
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.ShowLegend(Edge.Right); // six entries would hide lines anywhere inside
    }
}

using Potential.Water;
using ScottPlot;
using Shared.Plots;

namespace Potential.Plots;

/// <summary>Errors by the size of the cluster, of sizes that were trained on and of larger ones.</summary>
internal static class SizePlot
{
    public static void Save(string path, SizeErrors[] sizes, int largestTrained)
    {
        Plot energy = Panel("Energy by atom", "root mean square error, meV", sizes, largestTrained, e => e.EnergyPerAtom.Rmse);
        Plot forces = Panel("Components of forces", "root mean square error, meV/Å", sizes, largestTrained, e => e.Forces.Rmse);
        Figures.SavePanels(path, 520, 420, energy, forces);
    }

    private static Plot Panel(string title, string axis, SizeErrors[] sizes, int largestTrained, Func<E3Gen.Potentials.PotentialErrors, double> of)
    {
        Plot plot = PlainPlot.Create(title, "water molecules", axis);
        Add(plot, sizes, s => of(s.Baseline), Figures.Gray, MarkerShape.FilledSquare, "baseline: mean energy of a water, no forces");
        Add(plot, [.. sizes.Where(s => s.Waters <= largestTrained)], s => of(s.Network), Figures.DegreeColors[0], MarkerShape.FilledCircle, "sizes that it was trained on");
        Add(plot, [.. sizes.Where(s => s.Waters > largestTrained)], s => of(s.Network), Figures.DegreeColors[0], MarkerShape.OpenCircle, "larger than any that it saw");
        plot.Axes.Bottom.SetTicks([.. sizes.Select(s => (double)s.Waters)], [.. sizes.Select(s => $"{s.Waters}")]);
        Figures.UseLogarithmicY(plot);
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        plot.Axes.SetLimits(limits.Left - 0.2, limits.Right + 0.2, Math.Floor(limits.Bottom), limits.Top + 1);
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static void Add(Plot plot, SizeErrors[] sizes, Func<SizeErrors, double> of, Color color, MarkerShape shape, string label)
    {
        if (sizes.Length == 0) return;
        ScottPlot.Plottables.Scatter series = plot.Add.Scatter(sizes.Select(s => (double)s.Waters).ToArray(), sizes.Select(s => Math.Log10(1000 * of(s))).ToArray(), color);
        series.MarkerShape = shape;
        series.MarkerSize = 9;
        series.MarkerLineWidth = 2;
        series.LineWidth = 1.5f;
        series.LegendText = label;
    }
}

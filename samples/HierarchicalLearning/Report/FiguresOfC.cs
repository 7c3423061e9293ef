using HierarchicalLearning.Grids;
using ScottPlot;
using Shared.Plots;
using WaterDensity.Plots;

namespace HierarchicalLearning.Report;

/// <summary>The picture of experiment C: errors of the density by size of the cluster.</summary>
internal static class FiguresOfC
{
    public static void Save(string folder, IReadOnlyList<ResultRow> table)
    {
        ResultRow[] rows = [.. table.Where(r => r.Experiment == GridC.Experiment && r.L is null)];
        if (rows.Length == 0)
            return;
        int[] sizes = [.. rows.Select(r => int.Parse(r.Place)).Distinct().Order()];
        Plot plot = Panels.New("Trained on 1 to 3 waters", "waters", "ε_ρ, %");
        AddSeries(plot, rows.Where(r => r.Quantity == ResultTable.IsolatedAtoms), Figures.Gray, "isolated atoms");
        AddSeries(plot, rows.Where(r => r.Quantity == ResultTable.DensityError && r.Condition == "coefficients"), Panels.OfDegree(3), "targets of the paper: coefficients");
        AddSeries(plot, rows.Where(r => r.Quantity == ResultTable.DensityError && r.Condition == "density"), Panels.OfDegree(0), "components of the density");
        ScottPlot.Plottables.VerticalLine line = plot.Add.VerticalLine(Math.Log10(3.5), 1, Figures.Gray, LinePattern.Solid);
        line.LegendText = "larger than any in training →";
        Figures.UseLogarithmicY(plot);
        Panels.UseSizes(plot, sizes);
        plot.ShowLegend(Alignment.LowerRight);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(plot.Axes.GetLimits().Bottom - 0.6, plot.Axes.GetLimits().Top);
        Figures.SaveGrid(Path.Combine(folder, "size-extrapolation"), 620, 440, 1, plot);
    }

    private static void AddSeries(Plot plot, IEnumerable<ResultRow> rows, Color color, string label)
        => Panels.AddBand(plot, [.. rows.GroupBy(r => int.Parse(r.Place)).OrderBy(g => g.Key)
            .Select(g => ((double)g.Key, Estimate.OfLogarithms(g.Select(r => 100 * r.Value))))], color, label);
}

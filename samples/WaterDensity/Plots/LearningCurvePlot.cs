using ScottPlot;
using Shared.Plots;
using WaterDensity.Density;
using WaterDensity.Learning;

namespace WaterDensity.Plots;

/// <summary>Losses over time: of the density on the left, of each degree l on the right.</summary>
internal static class LearningCurvePlot
{
    public static void Save(string path, IReadOnlyList<LearningCurvePoint> points)
    {
        double[] minutes = [.. points.Select(p => p.Seconds / 60)];
        Plot density = PlainPlot.Create("Density, relative to mean atoms", "training time / min", "%");
        AddLine(density, minutes, points.Select(p => 100 * p.Train.Density), "squared error, training", Figures.Gray);
        AddLine(density, minutes, points.Select(p => 100 * p.Validation.Density), "squared error, validation", Figures.DegreeColors[0]);
        AddLine(density, minutes, points.Select(p => 100 * p.DensityError), "ε_ρ (absolute error), validation tetramers",
            Figures.DegreeColors[3]);

        Plot byDegree = PlainPlot.Create("Components of each degree l", "training time / min", "squared error, validation, %");
        for (int l = 0; l < DensityField.Degrees; l++)
            AddLine(byDegree, minutes, points.Select(p => 100 * p.Validation.ByDegree[l]), $"l = {l}", Figures.DegreeColors[l]);

        foreach (Plot plot in new[] { density, byDegree })
        {
            Figures.UseLogarithmicY(plot);
            plot.ShowLegend(Alignment.UpperRight);
        }
        Figures.SavePanels(path, 560, 420, density, byDegree);
    }

    private static void AddLine(Plot plot, double[] x, IEnumerable<double> values, string label, Color color)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(x, [.. values.Select(Math.Log10)], color);
        line.LineWidth = 2;
        line.LegendText = label;
    }
}

using E3Gen.Potentials;
using Potential.Commands;
using ScottPlot;
using Shared.Plots;

namespace Potential.Plots;

/// <summary>Losses and validation errors over the epochs, from the folder's metrics: <c>learning_curve.png</c> and <c>.svg</c>.</summary>
internal static class LearningCurvePlot
{
    public static void Save(TrainingFolder folder)
    {
        IReadOnlyDictionary<string, double[]> columns = MetricsFile.Read(folder.Metrics);
        double[] epochs = columns["epoch"];
        if (epochs.Length == 0) return;
        Plot losses = PlainPlot.Create("Loss", "epoch", "");
        AddLine(losses, epochs, columns["train_loss"], 1, "training", Figures.Gray);
        AddLine(losses, epochs, columns["valid_loss"], 1, "validation", Figures.DegreeColors[0]);
        bool stress = columns["stress_rmse"].Any(e => e > 0);
        Plot errors = PlainPlot.Create("Validation, root mean square errors", "epoch", $"meV by atom, meV/Å{(stress ? ", meV/Å³" : "")}");
        AddLine(errors, epochs, columns["energy_per_atom_rmse"], 1000, "energy by atom", Figures.DegreeColors[0]);
        AddLine(errors, epochs, columns["forces_rmse"], 1000, "force components", Figures.DegreeColors[3]);
        AddLine(errors, epochs, columns["stress_rmse"], 1000, "stress components", Figures.DegreeColors[2]);
        foreach (Plot plot in new[] { losses, errors })
        {
            Figures.UseLogarithmicY(plot);
            MarkStageTwo(plot, epochs, columns["stage"]);
            plot.ShowLegend(Alignment.UpperRight);
        }

        Figures.SavePanels(folder.Of("learning_curve"), 560, 420, losses, errors);
    }

    /// <summary>Losses of two stages are not comparable.</summary>
    private static void MarkStageTwo(Plot plot, double[] epochs, double[] stages)
    {
        int second = Array.FindIndex(stages, s => s > 1);
        if (second < 0) return;
        ScottPlot.Plottables.VerticalLine mark = plot.Add.VerticalLine(epochs[second], 1, Figures.Gray, LinePattern.Dashed);
        mark.LegendText = "second stage";
    }

    private static void AddLine(Plot plot, double[] x, double[] y, double factor, string label, Color color)
    {
        (double X, double Y)[] points = [.. x.Zip(y).Where(p => p.Second > 0).Select(p => (p.First, Math.Log10(factor * p.Second)))];
        if (points.Length == 0) return;
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray(), color);
        line.LineWidth = 2;
        // A line through a single point cannot be seen.
        line.MarkerSize = points.Length == 1 ? 7 : 0;
        line.LegendText = label;
    }
}

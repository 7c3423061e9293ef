using E3Gen.Potentials;
using ScottPlot;
using Shared.Plots;

namespace Potential.Plots;

/// <summary>Predicted over reference: energies by atom, less their mean in each group (config_type, or composition where there is none), components of forces and of stresses.</summary>
internal static class ParityPlot
{
    /// <summary>More points than this do not make a picture clearer.</summary>
    private const int MostPoints = 20_000;

    public static void Save(string path, IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> compared)
    {
        // Energies of compositions are far apart; what a potential has to tell apart is within one.
        var energies = compared.Where(c => c.Structure.Energy is not null).GroupBy(c => c.Structure.Group ?? c.Structure.Composition).SelectMany(g =>
        {
            double mean = g.Average(c => c.Structure.Energy!.Value / c.Structure.Atoms.Count);
            return g.Select(c => (X: c.Structure.Energy!.Value / c.Structure.Atoms.Count - mean, Y: c.Prediction.Energy / c.Structure.Atoms.Count - mean));
        }).ToArray();
        var forces = compared.Where(c => c.Structure.Forces is not null).SelectMany(c => c.Structure.Forces!.Zip(c.Prediction.Forces)).Select(p => (X: p.First, Y: p.Second)).ToArray();
        var stresses = compared.Where(c => c.Structure.Stress is not null && c.Prediction.Stress is not null).SelectMany(c => c.Structure.Stress!.Zip(c.Prediction.Stress!))
            .Select(p => (X: p.First, Y: p.Second)).ToArray();
        Plot[] plots =
        [
            .. energies.Length == 0 ? [] : new[] { Parity("Energy by atom, less the mean of its group", "eV", energies) },
            .. forces.Length == 0 ? [] : new[] { Parity("Components of forces", "eV/Å", forces) },
            .. stresses.Length == 0 ? [] : new[] { Parity("Components of stresses", "eV/Å³", stresses) },
        ];
        if (plots.Length > 0) Figures.SavePanels(path, 480, 450, plots);
    }

    private static Plot Parity(string title, string unit, (double X, double Y)[] points)
    {
        Plot plot = PlainPlot.Create(title, $"reference, {unit}", $"predicted, {unit}");
        int step = 1 + points.Length / MostPoints;
        (double X, double Y)[] shown = [.. points.Where((_, i) => i % step == 0)];
        (double[] x, double[] y) = ([.. shown.Select(p => p.X)], [.. shown.Select(p => p.Y)]);
        ScottPlot.Plottables.Markers markers = plot.Add.Markers(x, y, MarkerShape.FilledCircle, 3, Figures.DegreeColors[0].WithAlpha(0.5));
        markers.MarkerStyle.LineWidth = 0;
        double[] ends = [points.Min(p => p.X), points.Max(p => p.X)];
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(ends, ends, Figures.Gray);
        line.LineWidth = 1;
        return plot;
    }
}

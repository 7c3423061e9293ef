using E3Gen.Potentials;
using Potential.Display;
using ScottPlot;
using Shared.Plots;

namespace Potential.Plots;

/// <summary>A simulation: distances of atoms on the left, the total energy on the right.</summary>
internal static class DynamicsPlot
{
    /// <summary>More points than a line can show.</summary>
    private const int MostPoints = 4000;

    public static void Save(string path, RadialDistribution distribution, DynamicsHistory history)
    {
        Plot distances = PlainPlot.Create(distribution.Quantity.StartsWith('g') ? "Radial distribution function" : "Neighbours by distance", "r, Å", distribution.Quantity);
        double[] r = [.. distribution.Distances];
        int i = 0;
        foreach (string pair in distribution.Pairs) AddLine(distances, r, distribution.Of(pair), pair, Figures.DegreeColors[i++ % Figures.DegreeColors.Length]);
        distances.ShowLegend(Alignment.UpperRight);

        Plot energy = PlainPlot.Create("Change of the total energy since the start", "time, ps", "meV/atom");
        int thin = 1 + (history.Times.Count / MostPoints);
        AddLine(energy, [.. history.Times.Where((_, k) => k % thin == 0).Select(t => t / 1000)], [.. history.Energies.Where((_, k) => k % thin == 0)], null, Figures.DegreeColors[0]);
        Figures.SavePanels(path, 560, 420, distances, energy);
    }

    private static void AddLine(Plot plot, double[] x, double[] y, string? label, Color color)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(x, y, color);
        line.LineWidth = 1.5f;
        if (label is not null) line.LegendText = label;
    }
}

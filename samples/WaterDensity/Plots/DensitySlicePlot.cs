using ScottPlot;
using ScottPlot.Panels;
using ScottPlot.Plottables;
using Shared.Plots;
using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Plots;

/// <summary>
/// Densities on a plane through a molecule, side by side: logarithmic colours for densities, a diverging map around zero for differences.
/// </summary>
internal static class DensitySlicePlot
{
    /// <summary>
    /// Range of the density's colours, log₁₀ of e/bohr³: from the outskirts to the oxygen's valence shell; cores are saturated.
    /// </summary>
    private const double Lowest = -3, Highest = 0.5;

    private const int PanelHeight = 430;

    /// <summary>Reference, prediction and their difference.</summary>
    public static void Save(string path, Molecule molecule, AuxiliaryBasis basis, double[] reference, double[] prediction)
    {
        SlicePlane plane = SlicePlane.Through(molecule);
        double[,] expected = Sample(plane, molecule, basis, reference), predicted = Sample(plane, molecule, basis, prediction);
        SavePanels(
            path, plane, Density("reference (ab initio)", plane, molecule, expected), Density("prediction", plane, molecule, predicted),
            Difference("prediction − reference", plane, molecule, predicted, expected));
    }

    /// <summary>Prediction and what it differs from isolated atoms by, where no reference is known.</summary>
    public static void Save(string path, Molecule molecule, AuxiliaryBasis basis, double[] prediction)
    {
        SlicePlane plane = SlicePlane.Through(molecule);
        double[,] predicted = Sample(plane, molecule, basis, prediction),
            isolated = Sample(plane, molecule, basis, basis.IsolatedAtoms(molecule.Species));
        SavePanels(path, plane, Density("predicted density", plane, molecule, predicted),
            Difference("prediction − isolated atoms", plane, molecule, predicted, isolated));
    }

    private static double[,] Sample(SlicePlane plane, Molecule molecule, AuxiliaryBasis basis, double[] coefficients)
        => plane.Sample(new DensityField(basis, molecule.Species, molecule.PositionsInBohr(), coefficients));

    private static void SavePanels(string path, SlicePlane plane, params Plot[] panels)
    {
        double aspect = (double)plane.Columns / plane.Rows;
        Figures.SavePanels(path, (int)Math.Clamp((PanelHeight - 90) * aspect + 170, 380, 900), PanelHeight, panels);
    }

    private static Plot Density(string title, SlicePlane plane, Molecule molecule, double[,] density)
    {
        double[,] logarithms = Map(density, v => Math.Log10(Math.Max(v, 1e-12)));
        return Panel(title, plane, molecule, logarithms, new ScottPlot.Colormaps.Viridis(), Lowest, Highest, "ρ, e/bohr³", Colors.White);
    }

    private static Plot Difference(string title, SlicePlane plane, Molecule molecule, double[,] density, double[,] reference)
    {
        var difference = new double[plane.Rows, plane.Columns];
        for (int i = 0; i < plane.Rows; i++)
        {
            for (int j = 0; j < plane.Columns; j++)
                difference[i, j] = density[i, j] - reference[i, j];
        }
        // The colours reach to what all but the cores' few points stay below.
        double[] sizes = [.. difference.Cast<double>().Select(Math.Abs).Order()];
        double range = Math.Max(sizes[(int)(0.995 * (sizes.Length - 1))], 1e-9);
        return Panel(title, plane, molecule, difference, new Diverging(), -range, range, "Δρ, e/bohr³", Colors.Black);
    }

    private static Plot Panel(
        string title, SlicePlane plane, Molecule molecule, double[,] values, IColormap colors, double low, double high, string unit,
        Color atomColor)
    {
        // The unit in the title: a label beside the colours would need room that the layout of panels does not leave.
        Plot plot = PlainPlot.Create($"{title}: {unit}", "in the plane, Å", "in the plane, Å");
        // ScottPlot draws the first row on top.
        var flipped = new double[plane.Rows, plane.Columns];
        for (int i = 0; i < plane.Rows; i++)
        {
            for (int j = 0; j < plane.Columns; j++)
                flipped[plane.Rows - 1 - i, j] = values[i, j];
        }
        Heatmap map = plot.Add.Heatmap(flipped);
        map.Colormap = colors;
        map.ManualRange = new ScottPlot.Range(low, high);
        const double Å = Units.BohrInAngstrom;
        double right = plane.Low.U + (plane.Columns - 1) * plane.Step, top = plane.Low.V + (plane.Rows - 1) * plane.Step;
        map.Extent = new CoordinateRect(plane.Low.U * Å, right * Å, plane.Low.V * Å, top * Å);

        ColorBar bar = plot.Add.ColorBar(map);
        if (low == Lowest)
            bar.Axis.TickGenerator = Figures.Decades();

        AddAtoms(plot, plane, molecule, atomColor);
        plot.Axes.SetLimits(plane.Low.U * Å, right * Å, plane.Low.V * Å, top * Å);
        plot.Axes.SquareUnits();
        plot.HideGrid();
        return plot;
    }

    private static void AddAtoms(Plot plot, SlicePlane plane, Molecule molecule, Color color)
    {
        double[] positions = molecule.PositionsInBohr();
        for (int i = 0; i < molecule.Atoms; i++)
        {
            (double u, double v, double height) = plane.Project(positions[(3 * i)..(3 * i + 3)]);
            if (Math.Abs(height) > SlicePlane.Near)
                continue;
            Text text = plot.Add.Text(molecule.Species[i] == 0 ? "H" : "O", u * Units.BohrInAngstrom, v * Units.BohrInAngstrom);
            text.LabelFontColor = color;
            text.LabelBold = true;
            text.LabelFontSize = 13;
            text.LabelAlignment = Alignment.MiddleCenter;
        }
    }

    private static double[,] Map(double[,] values, Func<double, double> f)
    {
        var result = new double[values.GetLength(0), values.GetLength(1)];
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++)
                result[i, j] = f(values[i, j]);
        }
        return result;
    }

    /// <summary>Blue, white, red: white is zero.</summary>
    private sealed class Diverging : IColormap
    {
        private static readonly Color Negative = Color.FromHex("#2166ac"), Positive = Color.FromHex("#b2182b");

        public string Name => "blue-white-red";

        public Color GetColor(double position)
        {
            double distance = Math.Min(1, Math.Abs(2 * position - 1));
            return Colors.White.MixedWith(position < 0.5 ? Negative : Positive, distance);
        }
    }
}

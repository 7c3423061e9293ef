using HierarchicalLearning.Grids;
using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;
using ScottPlot;
using Shared.Plots;
using WaterDensity.Plots;

namespace HierarchicalLearning.Report;

/// <summary>Pictures of experiment B.</summary>
internal static class FiguresOfB
{
    /// <summary>Step 0 has no logarithm: it is drawn here.</summary>
    private const double Beginning = 0.5;

    public static void Save(string folder, IReadOnlyList<ResultRow> table)
    {
        ResultRow[] rows = [.. table.Where(r => r.Experiment == GridB.Experiment)];
        foreach (string width in rows.Select(r => ResultTable.WidthOf(r.Network)).Distinct())
        {
            ResultRow[] ofWidth = [.. rows.Where(r => r.Network.StartsWith(width, StringComparison.Ordinal))];
            SaveErrors(Path.Combine(folder, $"errors-over-steps-{width}"), ofWidth);
            SaveOrder(Path.Combine(folder, $"learning-order-{width}"), ofWidth);
            SavePowers(Path.Combine(folder, $"feature-power-{width}"), ofWidth, Quantity.FeaturePower, "Gate", "power per component");
            SavePowers(Path.Combine(folder, $"gradient-power-{width}"), ofWidth, Quantity.FeatureGradientPower, "Gate", "power of ∂L/∂x per component");
            SavePowers(Path.Combine(folder, $"weight-power-{width}"), ofWidth, Quantity.WeightPower, "Convolve", "mean square of radial weights");
            SaveFinalPowers(Path.Combine(folder, $"organisation-{width}"), ofWidth);
        }
    }

    private static string[] Conditions(IEnumerable<ResultRow> rows)
        => [.. Condition.All.Select(c => c.Name).Where(name => rows.Any(r => r.Condition == name))];

    private static void SaveErrors(string path, ResultRow[] rows)
    {
        var panels = new List<Plot>();
        foreach (string condition in Conditions(rows))
        {
            Plot plot = Panels.New(condition, "step", "E_l, training systems");
            foreach (IGrouping<int, ResultRow> degree in rows
                .Where(r => r.Condition == condition && r.Quantity == Quantity.Error && r.Place == Sets.Training).GroupBy(r => r.L!.Value).OrderBy(g => g.Key))
                Panels.AddBand(plot, Course(degree), Panels.OfDegree(degree.Key), $"l = {degree.Key}");
            Panels.UseLogarithms(plot);
            plot.ShowLegend(Alignment.LowerLeft);
            panels.Add(plot);
        }
        // A raw target of a high degree is so small that an untrained network is off by thousands: that is cut off.
        Panels.ShareVertical(panels, highest: 1);
        Figures.SaveGrid(path, 380, 320, 4, [.. panels]);
    }

    /// <summary>Steps to half (filled) and to 90 % (open) of what is learnt in the end, by degree.</summary>
    private static void SaveOrder(string path, ResultRow[] rows)
    {
        IReadOnlyList<LearningOrder> orders = LearningOrder.Of(rows);
        var panels = new List<Plot>();
        foreach (string condition in Conditions(rows))
        {
            LearningOrder[] runs = [.. orders.Where(o => o.Condition == condition)];
            Plot plot = Panels.New($"{condition}: ρ = {Correlation(runs.Select(r => r.Correlation))}, {Correlation(runs.Select(r => r.CorrelationOfMost))}", "l", "step");
            for (int l = 0; l < DegreeBlocks.Degrees; l++)
            {
                AddSteps(plot, l, [.. runs.Select(r => r.Half[l])], MarkerShape.FilledCircle, l == 0 ? "50 %" : null);
                AddSteps(plot, l, [.. runs.Select(r => r.Most[l])], MarkerShape.OpenCircle, l == 0 ? "90 %" : null);
            }
            Figures.UseLogarithmicY(plot);
            plot.Axes.Bottom.SetTicks([0, 1, 2, 3, 4], ["0", "1", "2", "3", "4"]);
            plot.Axes.SetLimits(-0.5, 4.5, -0.2, 4.3);
            if (runs.Any(r => r.Half.Any(s => s is not null)))
                plot.ShowLegend(Alignment.UpperCenter);
            panels.Add(plot);
        }
        Figures.SaveGrid(path, 380, 300, 4, [.. panels]);
    }

    private static void AddSteps(Plot plot, int l, int?[] steps, MarkerShape shape, string? label)
    {
        double[] learnt = [.. steps.Where(s => s is not null).Select(s => Math.Log10(Math.Max(1, s!.Value)))];
        for (int i = 0; i < learnt.Length; i++)
        {
            ScottPlot.Plottables.Marker marker = plot.Add.Marker(l + 0.12 * (i - 0.5 * (learnt.Length - 1)), learnt[i], shape, 8, Panels.OfDegree(l));
            marker.MarkerLineWidth = 2;
            if (i == 0 && label is not null)
                marker.LegendText = label;
        }
    }

    /// <summary>One row a condition, one column a layer.</summary>
    private static void SavePowers(string path, ResultRow[] rows, string quantity, string operation, string axis)
    {
        ResultRow[] powers = [.. rows.Where(r => r.Quantity == quantity && r.Place.EndsWith(operation, StringComparison.Ordinal))];
        string[] places = [.. powers.Select(r => r.Place).Distinct().Order(StringComparer.Ordinal)];
        var panels = new List<Plot>();
        foreach (string condition in Conditions(powers))
        {
            foreach (string place in places)
            {
                Plot plot = Panels.New($"{condition}, layer {ResultTable.LayerOf(place)}", "step", axis);
                foreach (IGrouping<int, ResultRow> degree in powers.Where(r => r.Condition == condition && r.Place == place).GroupBy(r => r.L!.Value).OrderBy(g => g.Key))
                    Panels.AddBand(plot, Course(degree), Panels.OfDegree(degree.Key), $"l = {degree.Key}");
                Panels.UseLogarithms(plot);
                plot.ShowLegend(Alignment.LowerLeft);
                panels.Add(plot);
            }
        }
        Panels.ShareVertical(panels);
        Figures.SaveGrid(path, 380, 280, places.Length, [.. panels]);
    }

    /// <summary>Features' power by degree in the end and in the untrained networks, layer by layer.</summary>
    private static void SaveFinalPowers(string path, ResultRow[] rows)
    {
        ResultRow[] powers = [.. rows.Where(r => r.Quantity == Quantity.FeaturePower && r.Place.EndsWith("Gate", StringComparison.Ordinal))];
        int last = powers.Max(r => r.Step);
        var panels = new List<Plot>();
        foreach (IGrouping<string, ResultRow> place in powers.GroupBy(r => r.Place).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Plot plot = Panels.New($"Features after layer {ResultTable.LayerOf(place.Key)}", "l", "power per component");
            string[] conditions = Conditions(place);
            var palette = new ScottPlot.Palettes.ColorblindFriendly();
            AddSpectrum(plot, place.Where(r => r.Step == 0 && r.Condition == conditions[0]), Figures.Gray, "untrained");
            for (int i = 0; i < conditions.Length; i++)
                AddSpectrum(plot, place.Where(r => r.Step == last && r.Condition == conditions[i]), palette.GetColor(i), conditions[i]);
            Figures.UseLogarithmicY(plot);
            plot.Axes.Bottom.SetTicks([0, 1, 2, 3], ["0", "1", "2", "3"]);
            panels.Add(plot);
        }
        Panels.ShareVertical(panels);
        Plot legend = Panels.LegendOf(panels[0]);
        Figures.SaveGrid(path, 380, 380, panels.Count + 1, [.. panels, legend]);
    }

    private static void AddSpectrum(Plot plot, IEnumerable<ResultRow> rows, Color color, string label)
        => Panels.AddBars(plot, [.. rows.GroupBy(r => r.L!.Value).OrderBy(g => g.Key).Select(g => ((double)g.Key, Estimate.RangeOf(g.Select(r => r.Value))))],
            color, label);

    /// <summary>The mean over seeds at each step, and their range.</summary>
    private static (double Step, Estimate Value)[] Course(IEnumerable<ResultRow> rows)
        => [.. rows.GroupBy(r => r.Step).OrderBy(g => g.Key).Select(g => (Math.Max(Beginning, g.Key), Estimate.RangeOf(g.Select(r => r.Value))))];

    private static string Correlation(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length == 0 ? "none" : FormattableString.Invariant($"{finite.Average():0.0}");
    }
}

using System.Globalization;
using System.Text;
using E3Gen;
using E3Gen.Potentials;
using Spectre.Console;
using Potential.Display;

namespace Potential.Report;

/// <summary>Errors by kind of structure: by config_type, or by composition where there is none.</summary>
internal static class ErrorTable
{
    private const int MostGroups = 40;

    /// <summary>Predicts structures.</summary>
    public static IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> Compare(IPotential potential, IReadOnlyList<LabelledStructure> structures)
        => [.. structures.Zip(Predictor.Predict(potential, structures))];

    public static void Print(string title, IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> compared)
    {
        (string Group, PotentialErrors Errors)[] groups = [.. Groups(compared)];
        bool stress = groups[^1].Errors.Stress.Count > 0;
        Table table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(title)) }.AddColumn("");
        string[] columns = ["number", "E/N\nMAE\nmeV", "E/N\nRMSE\nmeV", "E\nRMSE\nmeV", "F\nMAE\nmeV/Å", "F\nRMSE\nmeV/Å",
            .. stress ? ["σ\nMAE\nmeV/Å³", "σ\nRMSE\nmeV/Å³"] : Array.Empty<string>()];
        foreach (string column in columns) table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        foreach ((string group, PotentialErrors e) in groups)
        {
            string[] cells = [group, $"{e.Structures}", MetricsRow.Mae(e.EnergyPerAtom), MetricsRow.Rmse(e.EnergyPerAtom), MetricsRow.Rmse(e.Energy),
                MetricsRow.Mae(e.Forces), MetricsRow.Rmse(e.Forces),
                .. stress ? [MetricsRow.Mae(e.Stress), MetricsRow.Rmse(e.Stress)] : Array.Empty<string>()];
            table.AddRow([.. cells.Select(c => new Text(c))]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>The same as a CSV file, in the units of the data; empty where there is nothing to compare.</summary>
    public static void Save(string path, IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> compared)
    {
        var text = new StringBuilder("group,structures,energy_mae,energy_rmse,energy_per_atom_mae,energy_per_atom_rmse,forces_mae,forces_rmse,stress_mae,stress_rmse\n");
        foreach ((string group, PotentialErrors e) in Groups(compared))
        {
            IEnumerable<double?> numbers = new[] { e.Energy, e.EnergyPerAtom, e.Forces, e.Stress }.SelectMany(s => s.Count == 0 ? new double?[] { null, null } : [s.Mae, s.Rmse]);
            string fields = string.Join(",", numbers.Select(CsvText.Of));
            text.Append(CultureInfo.InvariantCulture, $"{CsvText.Of(group)},{e.Structures},{fields}\n");
        }

        CsvText.Save(path, text.ToString());
    }

    /// <summary>Errors by group, and last of all together.</summary>
    public static IEnumerable<(string Group, PotentialErrors Errors)> Groups(IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> compared)
    {
        (string, PotentialErrors)[] groups = [.. compared.GroupBy(c => c.Structure.Group ?? c.Structure.Composition).Select(g => (g.Key, Sum(g)))];
        return groups.Length is 1 or > MostGroups ? [("all", Sum(compared))] : groups.Append(("all", Sum(compared)));
    }

    private static PotentialErrors Sum(IEnumerable<(LabelledStructure Structure, Prediction Prediction)> compared)
    {
        var errors = new PotentialErrors();
        foreach ((LabelledStructure structure, Prediction prediction) in compared) errors.Add(structure, prediction);
        return errors;
    }
}

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
            string[] cells = [group, $"{e.Structures}", Milli(e.EnergyPerAtom.Mae), Milli(e.EnergyPerAtom.Rmse), Milli(e.Energy.Rmse), Milli(e.Forces.Mae), Milli(e.Forces.Rmse),
                .. stress ? [Milli(e.Stress.Mae), Milli(e.Stress.Rmse)] : Array.Empty<string>()];
            table.AddRow([.. cells.Select(c => new Text(c))]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>The same as a CSV file, in the units of the data.</summary>
    public static void Save(string path, IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> compared)
    {
        var text = new StringBuilder("group,structures,energy_mae,energy_rmse,energy_per_atom_mae,energy_per_atom_rmse,forces_mae,forces_rmse,stress_mae,stress_rmse\n");
        foreach ((string group, PotentialErrors e) in Groups(compared))
        {
            IEnumerable<double> numbers = new[] { e.Energy, e.EnergyPerAtom, e.Forces, e.Stress }.SelectMany(s => new[] { s.Mae, s.Rmse });
            string fields = string.Join(",", numbers.Select(n => double.IsNaN(n) ? "" : n.ToString("G7", CultureInfo.InvariantCulture)));
            text.Append(CultureInfo.InvariantCulture, $"{Field(group)},{e.Structures},{fields}\n");
        }

        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Errors by group, and last of all together.</summary>
    public static IEnumerable<(string Group, PotentialErrors Errors)> Groups(IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> compared)
    {
        (string, PotentialErrors)[] groups = [.. compared.GroupBy(c => c.Structure.Group ?? c.Structure.Composition).Select(g => (g.Key, Sum(g)))];
        return groups.Length is 1 or > MostGroups ? [("all", Sum(compared))] : groups.Append(("all", Sum(compared)));
    }

    /// <summary>Text as RFC 4180 has it: in quotation marks where it has a comma, a mark or a new line.</summary>
    private static string Field(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static PotentialErrors Sum(IEnumerable<(LabelledStructure Structure, Prediction Prediction)> compared)
    {
        var errors = new PotentialErrors();
        foreach ((LabelledStructure structure, Prediction prediction) in compared) errors.Add(structure, prediction);
        return errors;
    }

    private static string Milli(double value) => MetricsRow.Milli(value);
}

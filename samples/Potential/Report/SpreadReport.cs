using System.Globalization;
using System.Text;
using E3Gen.Potentials;
using Potential.Display;
using Spectre.Console;

namespace Potential.Report;

/// <summary>Whether a committee is apart where it is wrong: errors of its mean beside its spread, of energies by atom and of the force on each atom. Isolated atoms are left out.</summary>
internal sealed class SpreadReport
{
    private readonly CommitteePrediction[] _predictions;

    public SpreadReport(IReadOnlyList<CommitteePrediction> predictions)
    {
        _predictions = [.. predictions.Where(p => !p.Structure.IsIsolatedAtom)];
        Energies = Compare(_predictions.Where(p => p.Structure.Energy is not null).Select(p => (p.EnergySpread, EnergyError(p)!.Value)));
        Forces = Compare(_predictions.Where(p => p.Structure.Forces is not null).SelectMany(p => p.ForceSpread.Zip(ForceErrors(p)!)));
    }

    /// <summary>eV/atom of each structure; null where no energy is known.</summary>
    public ErrorAgainstSpread? Energies { get; }

    /// <summary>eV/Å of each atom; null where no forces are known.</summary>
    public ErrorAgainstSpread? Forces { get; }

    public void Print()
    {
        Print("Energies by atom, meV: error of the mean beside the spread", "structures", Energies);
        Print("Forces on atoms, meV/Å: error of the mean beside the spread", "atoms", Forces);
    }

    /// <summary>A row for each structure, in the units of the data: <c>spread.csv</c>; the number is that of the structure in the files, from 0.</summary>
    public void Save(string path)
    {
        var text = new StringBuilder("structure,group,atoms,energy_per_atom_error,energy_per_atom_spread,forces_rms_error,forces_rms_spread,forces_max_spread\n");
        foreach (CommitteePrediction p in _predictions)
        {
            double? force = ForceErrors(p) is { } errors ? RootMeanSquare(errors) : null;
            IEnumerable<double?> numbers = [EnergyError(p), p.EnergySpread, force, RootMeanSquare(p.ForceSpread), p.ForceSpread.Max()];
            text.Append(CultureInfo.InvariantCulture, $"{p.Place},{CsvText.Of(p.Structure.Group ?? p.Structure.Composition)},{p.ForceSpread.Length},{string.Join(",", numbers.Select(CsvText.Of))}\n");
        }

        CsvText.Save(path, text.ToString());
    }

    private static void Print(string title, string counted, ErrorAgainstSpread? pairs)
    {
        if (pairs is null) return;
        // Lines of their own: a title or caption would be broken to the width of the table.
        AnsiConsole.WriteLine(title);
        Table table = new Table { Border = TableBorder.Simple };
        foreach (string column in new[] { counted, "spread, rms", "error, rms" }) table.AddColumn(new TableColumn(column).RightAligned());
        foreach ((int count, double spread, double error) in pairs.Quantiles()) table.AddRow($"{count}", MetricsRow.Milli(spread), MetricsRow.Milli(error));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rank correlation of spread and error (Spearman): {pairs.RankCorrelation():0.00}"));
        AnsiConsole.WriteLine();
    }

    private static ErrorAgainstSpread? Compare(IEnumerable<(double Spread, double Error)> pairs)
    {
        (double Spread, double Error)[] all = [.. pairs];
        return all.Length == 0 ? null : new ErrorAgainstSpread([.. all.Select(p => p.Spread)], [.. all.Select(p => p.Error)]);
    }

    private static double? EnergyError(CommitteePrediction p) => p.Structure.Energy is { } energy ? Math.Abs(p.Mean.Energy - energy) / p.ForceSpread.Length : null;

    private static double[]? ForceErrors(CommitteePrediction p) => p.Structure.Forces is { } forces
        ? [.. p.Mean.Forces.Zip(forces, (a, b) => a - b).Chunk(3).Select(d => Math.Sqrt(d.Sum(x => x * x)))]
        : null;

    private static double RootMeanSquare(double[] values) => Math.Sqrt(values.Average(v => v * v));
}

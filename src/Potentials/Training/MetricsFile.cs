using System.Globalization;
using System.Text;

namespace E3Gen.Potentials;

/// <summary>
/// The learning curve as a CSV file: a header, then a row for each validation, in the file when it is reported. A resumed training takes away the rows after its checkpoint and goes on, so
/// that the file is the one of a training that was never stopped (but for the seconds).
/// </summary>
public sealed class MetricsFile : IDisposable
{
    /// <summary>Names of the columns. Errors are those of the validation set, in the units of the data; where there is nothing to compare with, a field is empty.</summary>
    public const string Header =
        "epoch,step,seconds,rate,stage,train_loss,valid_loss,best,energy_mae,energy_rmse,energy_per_atom_mae,energy_per_atom_rmse,forces_mae,forces_rmse,stress_mae,stress_rmse";

    private readonly StreamWriter _writer;

    /// <summary>Begins a file, or goes on with one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lastStep">Rows up to this step are kept; 0 or null for a new file.</param>
    public MetricsFile(string path, long? lastStep = null)
    {
        string[] kept = lastStep is > 0 and var last && File.Exists(path) ? [.. NumberTable.CompleteLines(File.ReadAllText(path)).Skip(1).Where(l => Step(l) <= last)] : [];
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(kept.Prepend(Header).Select(l => l + "\n")))));
        _writer = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    /// <summary>Writes a row.</summary>
    /// <param name="metrics">What it holds.</param>
    public void Append(EpochMetrics metrics) => _writer.Write(Row(metrics) + "\n");

    /// <summary>Closes the file.</summary>
    public void Dispose() => _writer.Dispose();

    /// <summary>Reads a file back: for each row, its fields by name; empty ones are NaN.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The columns by name.</returns>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    public static IReadOnlyDictionary<string, double[]> Read(string path) => NumberTable.Read(path, Header);

    private static string Row(EpochMetrics m)
    {
        ErrorSums[] errors = [m.Errors.Energy, m.Errors.EnergyPerAtom, m.Errors.Forces, m.Errors.Stress];
        IEnumerable<double> numbers = errors.SelectMany(e => new[] { e.Mae, e.Rmse });
        return string.Create(CultureInfo.InvariantCulture, $"{m.Epoch},{m.Step},{m.Seconds:F1},{Text(m.Rate)},{m.Stage},{Text(m.TrainLoss)},{Text(m.ValidLoss)},{(m.IsBest ? 1 : 0)},")
            + string.Join(",", numbers.Select(Text));
    }

    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("G7", CultureInfo.InvariantCulture);

    private static long Step(string row) => row.Split(',') is [_, var step, ..] && long.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : long.MaxValue;
}

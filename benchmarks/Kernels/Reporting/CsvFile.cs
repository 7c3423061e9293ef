using System.Globalization;
using System.Text.RegularExpressions;
using E3Gen.Benchmarks.Kernels.Cases;

namespace E3Gen.Benchmarks.Kernels.Reporting;

/// <summary>Reads what <see cref="CsvTable"/> wrote.</summary>
internal static partial class CsvFile
{
    private static readonly string[] Columns = CsvTable.Header.Split(',');

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a table of this benchmark.</exception>
    public static IReadOnlyList<Measurement> Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such file; --output {Path.ChangeExtension(Path.GetFileName(path), ".csv")} makes one.", path);
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != CsvTable.Header)
            throw new InvalidDataException($"{path} is no table of this benchmark: its first line is not {CsvTable.Header}");
        return [.. lines.Index().Skip(1).Where(l => l.Item.Length > 0).Select(l => Parse(l.Item, $"{path}, line {l.Index + 1}"))];
    }

    private static Measurement Parse(string line, string place)
    {
        // The whole line must be fields, so that a quote left open is not taken for the end.
        Match match = Fields().Match(line);
        if (!match.Success)
            throw new InvalidDataException($"{place}: a quotation mark is in the wrong place: {line}");
        string[] fields = [.. match.Groups["field"].Captures.Select(c => c.Value.Trim('"'))];
        if (fields.Length != Columns.Length)
            throw new InvalidDataException($"{place} has {fields.Length} fields instead of {Columns.Length}: {line}");
        string Field(string column) => fields[Array.IndexOf(Columns, column)];

        string task = Field("task");
        if (!TaskNames.All.Contains(task))
            throw new InvalidDataException($"{place}: there is no task '{task}'. There are: {string.Join(", ", TaskNames.All)}.");
        if (!int.TryParse(Field("threads"), NumberStyles.None, CultureInfo.InvariantCulture, out int threads) || threads == 0)
            throw new InvalidDataException($"{place}: '{Field("threads")}' is no number of threads.");
        if (!double.TryParse(Field("median_ms"), NumberStyles.Float, CultureInfo.InvariantCulture, out double median) || !(median > 0 && double.IsFinite(median)))
            throw new InvalidDataException($"{place}: '{Field("median_ms")}' is no time in milliseconds.");
        return new Measurement(Field("case"), task, threads, Field("contestant"), median);
    }

    [GeneratedRegex("""^(?<field>"[^"]*"|[^",]*)(,(?<field>"[^"]*"|[^",]*))*$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Fields();
}

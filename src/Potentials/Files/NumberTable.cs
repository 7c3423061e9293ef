using System.Globalization;

namespace E3Gen.Potentials;

/// <summary>Tables of numbers in CSV that a program adds rows to, and that it may be killed in the middle of.</summary>
internal static class NumberTable
{
    /// <summary>Reads a table: for each column its numbers, NaN where a field is empty. Half a row at the end is left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its first line: names of the columns, separated by commas.</param>
    /// <exception cref="InvalidDataException">It is not such a file; the message names the line.</exception>
    public static IReadOnlyDictionary<string, double[]> Read(string path, string header)
    {
        string[] lines = CompleteLines(File.ReadAllText(path)), names = header.Split(',');
        if (lines.FirstOrDefault() != header) throw new InvalidDataException($"{path} does not begin with the columns {header}.");
        double[][] rows = [.. lines.Skip(1).Select((line, i) => Row(line.Split(','), names.Length, $"{path}, line {i + 2}"))];
        return names.Select((name, i) => (name, Values: rows.Select(r => r[i]).ToArray())).ToDictionary(c => c.name, c => c.Values);
    }

    /// <summary>Lines that were written to their end.</summary>
    public static string[] CompleteLines(string text) => text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static double[] Row(string[] fields, int count, string where)
    {
        if (fields.Length != count) throw new InvalidDataException($"{where}: {fields.Length} fields instead of {count}.");
        return [.. fields.Select(f => f.Length == 0 ? double.NaN
            : double.TryParse(f, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw new InvalidDataException($"{where}: '{f}' is no number."))];
    }
}

namespace E3Gen.Benchmarks.Kernels.Reporting;

/// <summary>Shows rows as they come and keeps them for a file.</summary>
internal sealed class Report
{
    private readonly List<string> heading = [];
    private readonly List<Row> rows = [];

    public void Say(string line)
    {
        heading.Add(line);
        Console.WriteLine(line);
    }

    public void Add(Row row)
    {
        if (rows.Count == 0)
            Console.WriteLine($"\n{MarkdownTable.Header}");
        rows.Add(row);
        Console.WriteLine(MarkdownTable.Line(row));
    }

    /// <param name="path">A .csv file, or Markdown.</param>
    public void Save(string path)
    {
        IEnumerable<string> lines = IsCsv(path)
            ? [CsvTable.Header, .. rows.Select(CsvTable.Line)]
            : [.. heading.SelectMany(l => new[] { l, "" }), MarkdownTable.Header, .. rows.Select(MarkdownTable.Line)];
        File.WriteAllLines(path, lines);
    }

    private static bool IsCsv(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);
}

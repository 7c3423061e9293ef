namespace E3Gen;

/// <summary>Which backend a generated operation takes, and why.</summary>
/// <param name="Path">
/// Where its module stands among the components, such as "layers.0.first"; empty for the module that was asked about.
/// </param>
/// <param name="Operation">Class and method, such as "Interaction.Convolve".</param>
/// <param name="Kind">The attribute that declares it, such as "Convolution".</param>
/// <param name="Irreps">What it maps to what.</param>
/// <param name="Backend">The backend; null where only the argument can tell.</param>
/// <param name="Reason">Why.</param>
public sealed record OperationBackend(string Path, string Operation, string Kind, string Irreps, Backend? Backend, string Reason);

/// <summary>What <see cref="Backends.Explain"/> found.</summary>
/// <param name="operations">The operations.</param>
public sealed class BackendReport(IReadOnlyList<OperationBackend> operations)
{
    private static readonly string[] Titles = ["module", "operation", "kind", "irreps", "backend", "reason"];

    /// <summary>The operations, module by module.</summary>
    public IReadOnlyList<OperationBackend> Operations { get; } = operations;

    /// <summary>A table, a line an operation.</summary>
    public override string ToString()
    {
        if (Operations.Count == 0)
        {
            return "No generated operations.";
        }

        string[][] rows =
        [
            Titles,
            .. Operations.Select(o => new[]
            {
                o.Path.Length == 0 ? "(itself)" : o.Path, o.Operation, o.Kind, o.Irreps, o.Backend?.ToString() ?? "by argument", o.Reason
            }),
        ];
        int[] widths = [.. Titles.Select((_, column) => rows.Max(r => r[column].Length))];
        return string.Join(
            "\n", rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }
}

namespace E3Gen;

/// <summary>Which backend a generated operation uses, and why.</summary>
/// <param name="Path">
/// Path of its module, such as "layers.0.first"; empty for the module passed to <see cref="Backends.Explain"/>.
/// </param>
/// <param name="Operation">Class and method, such as "Interaction.Convolve".</param>
/// <param name="Kind">The attribute that declares it, such as "Convolution".</param>
/// <param name="Irreps">Its input and output irreps.</param>
/// <param name="Backend">The backend; null if it depends on the argument.</param>
/// <param name="Reason">Why.</param>
public sealed record OperationBackend(string Path, string Operation, string Kind, string Irreps, Backend? Backend, string Reason);

/// <summary>The result of <see cref="Backends.Explain"/>.</summary>
/// <param name="operations">The operations.</param>
public sealed class BackendReport(IReadOnlyList<OperationBackend> operations)
{
    private static readonly string[] Titles = ["module", "operation", "kind", "irreps", "backend", "reason"];

    /// <summary>The operations, module by module.</summary>
    public IReadOnlyList<OperationBackend> Operations { get; } = operations;

    /// <summary>A table with one line per operation.</summary>
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

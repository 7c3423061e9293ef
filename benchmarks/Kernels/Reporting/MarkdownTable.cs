using static System.FormattableString;

namespace E3Gen.Benchmarks.Kernels.Reporting;

/// <summary>Rows as a table that people read.</summary>
internal static class MarkdownTable
{
    public static string Header =>
        "| case | task | threads | | median ms | least ms | × peer | GFLOP/s (of peak) | GB/s (of triad) | rel. error | peak MB |\n"
        + "|---|---|--:|---|--:|--:|--:|--:|--:|--:|--:|";

    public static string Line(Row row) => Invariant(
        $"| {row.Title}: {row.Shape} | {row.Task} | {row.Machine.Threads} | {row.Contestant} | {Milliseconds(row.Timing.Median)} | {Milliseconds(row.Timing.Least)} | {Ratio(row.Speedup)} | {Share(row.Gigaflops, row.Machine.Gigaflops)} | {Share(row.GigabytesPerSecond, row.Machine.GigabytesPerSecond)} | {row.Error:0.0e+0} | {Megabytes(row.PeakBytes)} |");

    private static string Milliseconds(double value) => Invariant($"{value:G3}").Contains('E') ? Invariant($"{value:F0}") : Invariant($"{value:G3}");

    public static string Ratio(double value) => double.IsNaN(value) ? "" : value < 10 ? Invariant($"{value:F2}") : Invariant($"{value:F1}");

    private static string Share(double value, double roof) => value == 0 ? "" : Invariant($"{value:F1} ({100 * value / roof:F0} %)");

    private static string Megabytes(long? bytes) => bytes is null ? "" : Invariant($"{bytes / 1e6:F0}");
}

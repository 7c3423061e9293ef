using static System.FormattableString;

namespace E3Gen.Benchmarks.Kernels.Reporting;

/// <summary>Rows as a table that programs read.</summary>
internal static class CsvTable
{
    public const string Header = "case,title,shape,task,threads,contestant,median_ms,least_ms,samples,times_peer,gflops,peak_gflops,gbytes_per_s,triad_gbytes_per_s,relative_error,peak_bytes";

    public static string Line(Row row) => Invariant(
        $"{row.Case},\"{row.Title}\",\"{row.Shape}\",{row.Task},{row.Machine.Threads},{row.Contestant},{row.Timing.Median:G6},{row.Timing.Least:G6},{row.Timing.Samples},{row.Speedup:G4},{row.Gigaflops:G4},{row.Machine.Gigaflops:G4},{row.GigabytesPerSecond:G4},{row.Machine.GigabytesPerSecond:G4},{row.Error:G2},{row.PeakBytes}");
}

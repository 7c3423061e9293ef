using System.Diagnostics;

namespace E3Gen.Benchmarks.Kernels.Measuring;

/// <summary>Which time is measured.</summary>
internal enum Clock
{
    /// <summary>What a user waits for.</summary>
    Wall,

    /// <summary>What this process has computed: on a shared machine the wall clock shows the others' work. Still not free of it: caches and memory are shared, too.</summary>
    Processor,
}

/// <summary>Reads clocks.</summary>
internal static class Clocks
{
    public static TimeSpan Now(this Clock clock) => clock == Clock.Wall ? Stopwatch.GetElapsedTime(0) : Environment.CpuUsage.TotalTime;
}

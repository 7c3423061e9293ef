using E3Gen.Benchmarks.Kernels.Measuring;

namespace E3Gen.Benchmarks.Kernels.Reporting;

/// <summary>One contestant in one task with one number of threads.</summary>
/// <param name="Case">Name of the case.</param>
/// <param name="Title">What it computes.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Task">Forward, training step, …</param>
/// <param name="Machine">Number of threads, and what the machine can do with them.</param>
/// <param name="Contestant">Who.</param>
/// <param name="Timing">How long.</param>
/// <param name="PeerMilliseconds">How long the fastest peer takes; not a number where there is none.</param>
/// <param name="Flops">Operations asked for; 0 where not counted.</param>
/// <param name="Bytes">Least memory traffic; 0 where not counted.</param>
/// <param name="Error">Largest relative difference from the first contestant's numbers.</param>
/// <param name="PeakBytes">Rise of the resident memory; null where it cannot be measured.</param>
internal sealed record Row(
    string Case, string Title, string Shape, string Task, Machine Machine, string Contestant, Timing Timing, double PeerMilliseconds, double Flops, double Bytes, double Error, long? PeakBytes)
{
    public double Speedup => PeerMilliseconds / Timing.Median;

    public double Gigaflops => Flops / Timing.Median / 1e6;

    public double GigabytesPerSecond => Bytes / Timing.Median / 1e6;
}

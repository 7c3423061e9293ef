using E3Gen.Benchmarks.Kernels.Measuring;

namespace E3Gen.Benchmarks.Kernels;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings(
    IReadOnlyList<string> Filters, IReadOnlyList<string> E3nn, IReadOnlyList<int> Threads, IReadOnlyList<string> Outputs, AllocatorSetting Allocator, Clock Clock, double Seconds, int Rounds);

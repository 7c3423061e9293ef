using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Reporting;

namespace E3Gen.Benchmarks.Kernels.Plots;

/// <summary>Times with one thread: who took how long in which task of which case.</summary>
internal sealed class Results
{
    private readonly Dictionary<(string Case, string Task, string Contestant), double> times = [];

    /// <exception cref="InvalidDataException">Something was measured twice, or nothing with one thread.</exception>
    public Results(IEnumerable<Measurement> measurements)
    {
        Measurement[] measured = [.. measurements.Where(m => m.Threads == 1)];
        foreach (Measurement m in measured)
        {
            if (!times.TryAdd((m.Case, m.Task, m.Contestant), m.Milliseconds))
                throw new InvalidDataException($"There are two times for {m.Case}, {m.Task}, {m.Contestant} with one thread.");
        }
        if (times.Count == 0)
            throw new InvalidDataException("Nothing was measured with one thread, which is what figures show: --threads 1.");
        Cases = [.. measured.Select(m => m.Case).Distinct()];
    }

    /// <summary>In the order of the table.</summary>
    public IReadOnlyList<string> Cases { get; }

    /// <summary>Milliseconds of one of E3Gen's contestants; null where it was not measured.</summary>
    public double? Time(string name, string task, string contestant) => times.TryGetValue((name, task, contestant), out double time) ? time : null;

    /// <summary>Milliseconds of e3nn, of the fastest where several were exported; null where it was not measured.</summary>
    public double? TimeOfE3nn(string name, string task) => times
        .Where(t => t.Key.Case == name && t.Key.Task == task && t.Key.Contestant is var c && c.StartsWith(Contestant.E3nn, StringComparison.Ordinal) && c != Contestant.Rendition)
        .Min(t => (double?)t.Value);
}

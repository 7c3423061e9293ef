namespace E3Gen.Benchmarks.Kernels.Reporting;

/// <summary>What figures need of a <see cref="Row"/>.</summary>
/// <param name="Case">Family and size, for example <c>uvu64/4096</c>.</param>
/// <param name="Task">One of <see cref="Cases.TaskNames.All"/>.</param>
/// <param name="Threads">How many.</param>
/// <param name="Contestant">Who.</param>
/// <param name="Milliseconds">The median.</param>
internal sealed record Measurement(string Case, string Task, int Threads, string Contestant, double Milliseconds);

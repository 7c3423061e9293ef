using System.Diagnostics;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Measuring;

/// <summary>Milliseconds of one call.</summary>
internal sealed record Timing(double Median, double Least, int Samples);

/// <summary>
/// Times several contestants in turns, one sample of each after the other, so that a machine that becomes slower in the meantime becomes slower for all of them.
/// Medians, since the noise of a shared machine is one-sided.
/// </summary>
/// <param name="Clock">What is read before and after a sample.</param>
/// <param name="Seconds">Time to spend on each contestant.</param>
/// <param name="LeastRounds">Samples of each contestant, at least.</param>
/// <param name="SampleMilliseconds">A sample is the mean of as many calls as take this long: the clock and the loop must not show.</param>
internal sealed record Alternation(Clock Clock, double Seconds, int LeastRounds, double SampleMilliseconds = 2)
{
    // TorchScript specialises in its first two calls, generated code is compiled in its first.
    private const int WarmUpCalls = 3;
    private const int MostRounds = 200;

    public Timing[] Run(IReadOnlyList<Action> contestants)
    {
        int[] calls = [.. contestants.Select(CallsOfASample)];
        var samples = contestants.Select(_ => new List<double>()).ToArray();
        var clock = Stopwatch.StartNew();
        for (int round = 0; round < MostRounds && (round < LeastRounds || clock.Elapsed.TotalSeconds < Seconds * contestants.Count); round++)
        {
            for (int i = 0; i < contestants.Count; i++)
                samples[i].Add(Milliseconds(contestants[i], calls[i]));
        }
        return [.. samples.Select(s => new Timing(Median(s), s.Min(), s.Count))];
    }

    private int CallsOfASample(Action contestant)
    {
        double last = 0;
        for (int i = 0; i < WarmUpCalls; i++)
            last = Milliseconds(contestant, 1);
        return last >= SampleMilliseconds ? 1 : (int)Math.Ceiling(SampleMilliseconds / Math.Max(last, 1e-3));
    }

    private double Milliseconds(Action action, int calls)
    {
        TimeSpan start = Clock.Now();
        for (int i = 0; i < calls; i++)
        {
            using var scope = NewDisposeScope();
            action();
        }
        return (Clock.Now() - start).TotalMilliseconds / calls;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

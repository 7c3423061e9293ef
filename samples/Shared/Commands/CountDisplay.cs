using System.Diagnostics;
using Spectre.Console;

namespace Shared.Commands;

/// <summary>Shows how much of a number of things is done: a bar on a terminal; elsewhere a line every ten seconds if more is done by then, and every minute.</summary>
internal static class CountDisplay
{
    public static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    /// <summary>Whether somebody watches.</summary>
    public static bool OnTerminal => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;

    /// <param name="things">What is counted, such as "systems".</param>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Calls its argument, on any thread, whenever one more is done.</param>
    public static async Task RunAsync(string things, int count, Func<Action, Task> work)
    {
        if (OnTerminal)
        {
            await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
            {
                ProgressTask task = progress.AddTask(things, maxValue: count);
                await work(() => task.Increment(1));
            });
            return;
        }
        var lines = new Lines(things, count);
        await using var timer = new Timer(_ => lines.Write(), null, BetweenLines, BetweenLines);
        await work(lines.Add);
    }

    /// <summary>Hours, minutes and seconds as clocks show them: 0:07, 1:02:03.</summary>
    public static string Clock(TimeSpan time)
        => FormattableString.Invariant(time.TotalHours < 1 ? (FormattableString)$"{time:m\\:ss}" : $"{(int)time.TotalHours}:{time:mm\\:ss}");

    /// <summary>The time that the rest takes if it goes on like this, for people; empty while there is nothing to tell it from.</summary>
    /// <param name="elapsed">How long <paramref name="done"/> took.</param>
    /// <param name="done">In any unit.</param>
    /// <param name="rest">In the same.</param>
    public static string Remaining(TimeSpan elapsed, double done, double rest) => done <= 0 ? "" : $", about {Clock(elapsed * (rest / done))} left";

    private sealed class Lines(string things, int count)
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly Lock _gate = new();
        private TimeSpan _written;
        private int _done, _shown;

        public void Add() => Interlocked.Increment(ref _done);

        public void Write()
        {
            lock (_gate)
            {
                TimeSpan now = _clock.Elapsed;
                int done = _done;
                if (done == _shown && now - _written < LongestSilence)
                    return;
                (_shown, _written) = (done, now);
                Console.WriteLine($"  {done} of {count} {things}, {Clock(now)} elapsed{Remaining(now, done, count - done)}");
            }
        }
    }
}

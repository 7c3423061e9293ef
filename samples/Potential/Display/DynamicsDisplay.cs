using System.Diagnostics;
using E3Gen.Potentials;
using Shared.Commands;
using Spectre.Console;

namespace Potential.Display;

/// <summary>Shows a simulation: a bar on a terminal; elsewhere a line every ten seconds, and one at the end.</summary>
internal static class DynamicsDisplay
{
    /// <param name="from">How many steps were made before.</param>
    /// <param name="steps">How many there are in the end.</param>
    /// <param name="start">Total energy per atom at the start, eV.</param>
    /// <param name="work">Calls its argument after each step.</param>
    public static void Run(long from, long steps, double start, Action<Action<Simulation>> work)
    {
        if (CountDisplay.OnTerminal)
        {
            AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask("dynamics", maxValue: Math.Max(1, steps - from));
                    work(s =>
                    {
                        task.Value = s.Step - from;
                        task.Description = FormattableString.Invariant($"{s.Time / 1000:F3} ps, {s.Temperature,5:F0} K");
                    });
                });
            return;
        }

        Console.WriteLine("    step     time/ps  temperature/K  potential/eV      total/eV   meV/atom since start");
        new Lines(from, steps, start).Follow(work);
    }

    private sealed class Lines(long from, long steps, double start)
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _written;
        private Simulation? _last;

        public void Follow(Action<Action<Simulation>> work)
        {
            work(Advance);
            if (_last is not null) Write(_last, "");
        }

        private void Advance(Simulation s)
        {
            _last = s;
            TimeSpan now = _clock.Elapsed;
            if (now - _written < CountDisplay.BetweenLines) return;
            _written = now;
            Write(s, CountDisplay.Remaining(now, s.Step - from, steps - s.Step));
        }

        private void Write(Simulation s, string left)
        {
            double change = 1000 * ((s.TotalEnergy / s.Count) - start);
            string row = FormattableString.Invariant($"{s.Step,8} {s.Time / 1000,11:F4} {s.Temperature,14:F1} {s.PotentialEnergy,13:F4} {s.TotalEnergy,13:F4} {change,12:F4}");
            Console.WriteLine($"{row}   {CountDisplay.Clock(_clock.Elapsed)} elapsed{left}");
        }
    }
}

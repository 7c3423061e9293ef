using System.Diagnostics;
using E3Gen.Potentials;
using Shared.Commands;
using Spectre.Console;

namespace Potential.Display;

/// <summary>Shows a training: a bar on a terminal; elsewhere a row of the learning curve every ten seconds and at the end.</summary>
internal static class TrainingDisplay
{
    public static void Run(Action<ITrainingMonitor> training)
    {
        if (!CountDisplay.OnTerminal)
        {
            Console.WriteLine(MetricsRow.Header);
            var lines = new Lines();
            training(lines);
            lines.WriteLast();
            return;
        }

        AnsiConsole.Progress()
            .Columns(
                new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => training(new Bar(context.AddTask("training", maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : ITrainingMonitor
    {
        private string _latest = "";

        public void Advance(double progress, int epoch, long step, double loss)
        {
            task.Value = progress;
            task.Description = $"epoch {epoch}{_latest}";
        }

        public void Report(EpochMetrics metrics) => _latest = "  validation: " + MetricsRow.Short(metrics);
    }

    private sealed class Lines : ITrainingMonitor
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan? _written;
        private EpochMetrics? _latest;

        public void Advance(double progress, int epoch, long step, double loss)
        {
            if (_clock.Elapsed - (_written ?? TimeSpan.Zero) < 3 * CountDisplay.BetweenLines) return;
            // An epoch that takes long: say that it goes on.
            Write(FormattableString.Invariant($"{epoch,6} {step,8} {100 * progress,5:F1} %, loss {loss:E2}"));
        }

        public void Report(EpochMetrics metrics)
        {
            _latest = metrics;
            if (_written is { } last && _clock.Elapsed - last < CountDisplay.BetweenLines) return;
            WriteLast();
        }

        public void WriteLast()
        {
            if (_latest is null) return;
            Write(MetricsRow.Of(_latest));
            _latest = null;
        }

        private void Write(string line)
        {
            Console.WriteLine(line);
            _written = _clock.Elapsed;
        }
    }
}

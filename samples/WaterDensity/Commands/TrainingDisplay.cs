using System.Diagnostics;
using Shared.Commands;
using Spectre.Console;
using WaterDensity.Learning;

namespace WaterDensity.Commands;

/// <summary>Shows a training: a bar on a terminal; elsewhere the rows of the learning curve, and every ten seconds without one a line.</summary>
internal static class TrainingDisplay
{
    public static void Run(Action<ITrainingMonitor> training)
    {
        if (!CountDisplay.OnTerminal)
        {
            Console.WriteLine(Row.Header);
            training(new Lines());
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

        public void Advance(double progress, long step, double loss)
        {
            task.Value = progress;
            task.Description = $"step {step}{_latest}";
        }

        public void Report(LearningCurvePoint point) => _latest = $"  ε_ρ {point.DensityError:P2} on validation tetramers";
    }

    private sealed class Lines : ITrainingMonitor
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _written;
        private double? _begun;

        public void Advance(double progress, long step, double loss)
        {
            _begun ??= progress;   // where a resumed training was
            TimeSpan now = _clock.Elapsed;
            if (now - _written < CountDisplay.BetweenLines)
                return;
            string left = CountDisplay.Remaining(now, progress - _begun.Value, 1 - progress);
            Write(FormattableString.Invariant($"{step,8} steps, {100 * progress:F0} %, loss {loss:E2}, {CountDisplay.Clock(now)} elapsed{left}"));
        }

        public void Report(LearningCurvePoint point) => Write(Row.Of(point));

        private void Write(string line)
        {
            Console.WriteLine(line);
            _written = _clock.Elapsed;
        }
    }

    private static class Row
    {
        public const string Header = "    step  seconds    train   valid.  of l = 0 … 4                         ε_ρ";

        public static string Of(LearningCurvePoint p)
            => FormattableString.Invariant($"{p.Step,8} {p.Seconds,8:F0} {p.Train.Density,8:0.0E-0} {p.Validation.Density,8:0.0E-0} ")
                + string.Concat(p.Validation.ByDegree.Select(v => FormattableString.Invariant($" {v,6:0.0E-0}")))
                + FormattableString.Invariant($" {100 * p.DensityError,6:F2} %");
    }
}

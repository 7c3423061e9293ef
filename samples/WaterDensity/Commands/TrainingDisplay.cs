using Spectre.Console;
using WaterDensity.Learning;

namespace WaterDensity.Commands;

/// <summary>Shows a training: a progress bar where somebody watches, plain lines where the output goes to a file.</summary>
internal static class TrainingDisplay
{
    public static void Run(Action<ITrainingMonitor> training)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
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
        public void Advance(double progress, long step, double loss)
        {
        }

        public void Report(LearningCurvePoint point) => Console.WriteLine(Row.Of(point));
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

using System.Diagnostics;
using Shared.Commands;
using Spectre.Console;

namespace WaterDensity.Commands;

/// <summary>Shows stages of long work: bars where somebody watches, plain lines where the output goes to a file.</summary>
internal abstract class StageDisplay
{
    public static void Run(Action<StageDisplay> work)
    {
        if (!CountDisplay.OnTerminal)
        {
            work(new Lines());
            return;
        }
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bars(context)));
    }

    /// <summary>Does one stage; the work may tell which part of it is done, 0 … 1, from any thread.</summary>
    public abstract void Do(string stage, Action<Action<double>> work);

    private sealed class Bars(ProgressContext context) : StageDisplay
    {
        public override void Do(string stage, Action<Action<double>> work)
        {
            ProgressTask task = context.AddTask(Markup.Escape(stage), maxValue: 1);
            work(done => task.Value = Math.Max(task.Value, done));
            task.Value = 1;
        }
    }

    private sealed class Lines : StageDisplay
    {
        /// <summary>Nobody wants more lines than one in so many seconds.</summary>
        private const double Seconds = 5;

        public override void Do(string stage, Action<Action<double>> work)
        {
            long start = Stopwatch.GetTimestamp(), last = start;
            var gate = new Lock();
            work(done =>
            {
                lock (gate)
                {
                    if (Stopwatch.GetElapsedTime(last).TotalSeconds < Seconds)
                        return;
                    last = Stopwatch.GetTimestamp();
                    Console.WriteLine(FormattableString.Invariant($"{stage}: {100 * done:F0} %"));
                }
            });
            Console.WriteLine(FormattableString.Invariant($"{stage}: {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        }
    }
}

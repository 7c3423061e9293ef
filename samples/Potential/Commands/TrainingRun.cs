using E3Gen.Potentials;
using Potential.Display;
using Shared.Execution;

namespace Potential.Commands;

/// <summary>A training with its files: checkpoint, learning curve and best potential in a folder.</summary>
internal static class TrainingRun
{
    /// <summary>Trains to the end or to a signal.</summary>
    /// <param name="trainer">What to train.</param>
    /// <param name="folder">Where to write; reserved by the caller.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="resume">Whether to go on from the folder's checkpoint.</param>
    /// <returns>0, or what shells expect of a process that a signal ended.</returns>
    public static int Execute(Trainer trainer, TrainingFolder folder, string model, bool resume)
    {
        if (resume) trainer.Resume(folder.Checkpoint);
        else folder.Clear();
        Console.WriteLine(FormattableString.Invariant($"{trainer.ParameterCount} parameters, {trainer.Statistics.Neighbors:F1} neighbours an atom; results go to {folder.Path}"));
        using var metrics = new MetricsFile(folder.Metrics, resume ? trainer.ReportedStep : null);
        using var stop = new StopSignal();
        try
        {
            TrainingDisplay.Run(display => trainer.Run(new Recorder(display, metrics), t => Save(t, folder, model), stop.Token));
        }
        catch (ArithmeticException) when (trainer.HasValidated)
        {
            // The state at hand is lost, what was best before is not.
            trainer.SaveModel(folder.Model, model);
            Console.WriteLine($"The best potential before is saved in {folder.Model}.");
            throw;
        }

        if (!stop.Received)
        {
            double milliseconds = 1000 * trainer.Seconds / trainer.Step;
            Console.WriteLine(FormattableString.Invariant($"Trained: {trainer.Epoch} epochs, {trainer.Step} steps, {milliseconds:F1} ms a step with validation. Saved in {folder.Model}"));
            if (trainer.AwaitsStageTwo) Console.WriteLine("The second stage never began: the training ended before (--stage-two-epoch, --stage-two-progress).");
            return 0;
        }

        Console.WriteLine($"Stopped by {stop.Name} in epoch {trainer.Epoch}, step {trainer.Step}; saved in {folder.Checkpoint}. Go on with the same command and --resume.");
        if (!trainer.HasValidated) Console.WriteLine("There is no potential to use yet: it comes with the first validation.");
        return stop.ExitCode;
    }

    private static void Save(Trainer trainer, TrainingFolder folder, string model)
    {
        trainer.SaveCheckpoint(folder.Checkpoint);
        if (trainer.HasValidated) trainer.SaveModel(folder.Model, model);
    }

    private sealed class Recorder(ITrainingMonitor display, MetricsFile file) : ITrainingMonitor
    {
        public void Advance(double progress, int epoch, long step, double loss) => display.Advance(progress, epoch, step, loss);

        public void Report(EpochMetrics metrics)
        {
            file.Append(metrics);
            display.Report(metrics);
        }
    }
}

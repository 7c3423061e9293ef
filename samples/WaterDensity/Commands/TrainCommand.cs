using System.CommandLine;
using Shared.Commands;
using Shared.Execution;
using WaterDensity.Learning;
using WaterDensity.Plots;
using WaterDensity.Systems;

namespace WaterDensity.Commands;

/// <summary>Trains, evaluates on the test set and draws; what the program does when it is given no command.</summary>
internal sealed class TrainCommand(CommonOptions common)
{
    private static readonly TrainingOptions Defaults = new();

    private readonly Option<double> _minutes
        = NumberOption.Create(["--minutes"], "How long to train; preparation, evaluation and plots come on top: half a minute on two cores of 2024.", Defaults.Minutes, 0.001, 1e6);

    private readonly Option<long?> _steps
        = NumberOption.CreateOptional("--steps", "Train for this many steps instead; then the result follows from the seed alone.", 1, 1_000_000_000_000L);

    private readonly Option<int> _batchSize = NumberOption.Create(["--batch-size"], "Molecules a step.", Defaults.BatchSize, 1, 10_000);

    private readonly Option<double> _learningRate = NumberOption.Create(["--learning-rate"], "Highest learning rate.", Defaults.LearningRate, 1e-9, 1);

    private readonly Option<int> _seed
        = NumberOption.Create(["--seed"], "Of the first weights and of the order of the molecules.", Defaults.Seed, 0, int.MaxValue);

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the checkpoint in the folder of --out." };

    /// <summary>Makes a command, the root one too, do this.</summary>
    public void AttachTo(Command command)
    {
        Option[] own = [_minutes, _steps, _batchSize, _learningRate, _seed, _resume];
        foreach (Option option in own.Concat([common.Output, common.Data, common.Spacing, common.Threads, common.Device]))
            command.Options.Add(option);
        command.SetAction((arguments, _) => RunAsync(arguments));
    }

    private async Task<int> RunAsync(ParseResult arguments)
    {
        var options = new TrainingOptions(
            arguments.GetValue(_minutes), arguments.GetValue(_steps), arguments.GetValue(_batchSize), arguments.GetValue(_learningRate),
            arguments.GetValue(_seed));
        options.Validate();
        common.UseThreads(arguments);
        OutputFolder folder = common.Folder(arguments);
        using FolderLock reserved = FolderLock.Take(folder.Path, "Wait for it, stop it, or name another folder with --out.");
        WaterDataset dataset = WaterDataset.Load(arguments.GetValue(common.Data));
        Describe(dataset);

        bool goOn = arguments.GetValue(_resume);
        var trainer = new Trainer(dataset, options, goOn ? folder.Checkpoint : null, common.DeviceOf(arguments));
        using (var stop = new StopSignal())
        {
            TrainingDisplay.Run(monitor => trainer.Run(monitor, t => Save(t, folder), stop.Token));
            if (stop.Received)
            {
                Console.WriteLine($"Stopped by {stop.Name} after {trainer.Step} steps, saved in {folder.Checkpoint}. Go on with the same command and --resume.");
                return stop.ExitCode;
            }
        }
        Console.WriteLine($"Trained: {trainer.Step} steps, saved in {folder.Checkpoint}.");
        LearningCurvePlot.Save(folder.LearningCurve, trainer.Curve.Points);
        await EvaluateCommand.ReportAsync(trainer.Model, dataset, Split.Test, arguments.GetValue(common.Spacing), folder);
        return 0;
    }

    private static void Save(Trainer trainer, OutputFolder folder)
    {
        trainer.Save(folder.Checkpoint);
        trainer.Curve.Save(folder.LearningCurve + ".csv");
    }

    private static void Describe(WaterDataset dataset)
    {
        Console.WriteLine($"Electron densities of water clusters, {dataset.Level}:");
        foreach (Split split in Enum.GetValues<Split>())
        {
            IEnumerable<IGrouping<int, WaterSystem>> bySize = dataset.Of(split).GroupBy(s => s.Waters).OrderBy(g => g.Key);
            string sizes = string.Join(", ", bySize.Select(g => $"{g.Count()} of {g.Key}"));
            Console.WriteLine($"  {split.ToString().ToLowerInvariant(),-10} {sizes} waters");
        }
    }
}

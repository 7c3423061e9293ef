using System.CommandLine;
using HierarchicalLearning.Execution;
using HierarchicalLearning.Grids;
using HierarchicalLearning.Report;
using HierarchicalLearning.Runs;
using Shared.Commands;
using Shared.Execution;
using WaterDensity.Commands;

namespace HierarchicalLearning.Commands;

/// <summary>The command line.</summary>
internal static class Application
{
    private static readonly Option<bool> Quick = new("--quick") { Description = "A small version: minutes instead of two hours, on two cores of 2024; too short to conclude from." };
    private static readonly Option<bool> Full = new("--full") { Description = "Days, on the same: more repetitions, longer runs, and the paper's width everywhere." };

    private static readonly Option<bool> Smoke = new("--smoke") { Description = "Seconds: that everything runs.", Hidden = true };

    private static readonly Option<string> Output = new("--out", "-o")
    {
        Description = "Folder for runs, table and figures.",
        HelpName = "folder",
        DefaultValueFactory = _ => Folders.Default(),
    };

    private static readonly Option<int> Processes = NumberOption.Create(
        ["--processes", "-p"], "Processes that make runs, each with one thread.", Environment.ProcessorCount, 1, NumberOption.MostThreads);

    /// <returns>0; 1 after an error, which was printed; 128 + the number of a signal that stopped the runs.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        MathLibrary.MakeReproducible();
        var root = new RootCommand("How higher-order features matter and organise: makes the study's runs, as far as they are not there yet, then table and figures.");
        foreach (Option option in new Option[] { Quick, Full, Smoke, Output, Processes })
            root.Options.Add(option);
        root.SetAction((parsed, _) => StudyAsync(parsed));
        root.Subcommands.Add(Draw());
        root.Subcommands.Add(Work());
        // Signals are StopSignal's, while there is something to save.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await root.Parse(arguments).InvokeAsync(invocation);
        }
        catch (Exception error) when (error is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException or ArithmeticException or InvalidOperationException)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return 1;
        }
    }

    private static async Task<int> StudyAsync(ParseResult parsed)
    {
        Setting setting = SettingOf(parsed);
        int processes = parsed.GetValue(Processes);
        if (processes < 1)
            throw new ArgumentException($"--processes is {processes}; expected at least 1.");
        var folders = new Folders(parsed.GetValue(Output)!, setting);
        using FolderLock reserved = FolderLock.Take(folders.Results, "Wait for it, or stop it and start one with more --processes.");
        var store = new RunStore(folders.Runs);
        store.RemoveLeftovers(setting.Runs());
        using (var stop = new StopSignal())
        {
            await new Coordinator(setting, folders.Runs, store).RunAsync(processes, stop.Token);
            if (stop.Received)
            {
                IReadOnlyList<RunSpec> grid = setting.Runs();
                Console.WriteLine($"Stopped by {stop.Name}: {grid.Count(store.Has)} of {grid.Count} runs are finished, those at work are saved. The same command goes on from here.");
                return stop.ExitCode;
            }
        }
        Reporter.Gather(setting, store, folders.Results);
        Reporter.Draw(folders.Results);
        Console.WriteLine($"Table, figures and numbers are in {folders.Results}.");
        return 0;
    }

    private static Setting SettingOf(ParseResult parsed) => (parsed.GetValue(Quick), parsed.GetValue(Full), parsed.GetValue(Smoke)) switch
    {
        (true, true, _) => throw new ArgumentException("--quick and --full exclude each other."),
        (true, _, _) => Setting.Quick,
        (_, true, _) => Setting.Full,
        (_, _, true) => Setting.Smoke,
        _ => Setting.Standard,
    };

    /// <summary>Figures from a table, such as the committed one.</summary>
    private static Command Draw()
    {
        var folder = new Argument<string>("folder") { Description = $"Folder with {Reporter.Table}, which the figures go to." };
        var command = new Command("draw", "Draws the figures and writes the numbers of a table again.");
        command.Arguments.Add(folder);
        command.SetAction(parsed => Reporter.Draw(parsed.GetValue(folder)!));
        return command;
    }

    /// <summary>One process of several, started by the main command; or by hand, on a machine that shares the folder.</summary>
    private static Command Work()
    {
        var setting = new Option<string>("--setting") { Required = true };
        var runs = new Option<string>("--runs") { Required = true };
        var command = new Command("work", "Makes runs until none is left, or until its input ends.") { Hidden = true };
        command.Options.Add(setting);
        command.Options.Add(runs);
        command.SetAction(parsed =>
        {
            using var stop = new StopSignal();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            CancelWithInput(end);
            try
            {
                Worker.Work(Setting.Of(parsed.GetValue(setting)!), new RunStore(parsed.GetValue(runs)!), end.Token);
                return 0;
            }
            catch (OperationCanceledException)
            {
                return stop.Received ? stop.ExitCode : 1;
            }
        });
        return command;
    }

    private static void CancelWithInput(CancellationTokenSource source)
    {
        var watch = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }
            source.Cancel();
        })
        { IsBackground = true };
        watch.Start();
    }
}

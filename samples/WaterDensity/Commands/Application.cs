using System.CommandLine;
using Shared.Execution;

namespace WaterDensity.Commands;

/// <summary>The command line.</summary>
internal static class Application
{
    /// <returns>0; 1 after an error, which was printed; 128 + the number of a signal that stopped a training.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        MathLibrary.MakeReproducible();
        IdleThreads.Sleep();
        var common = new CommonOptions();
        var train = new TrainCommand(common);
        var root = new RootCommand("Learns molecular electron densities of water clusters from ab-initio data. Without a command: train.");
        train.AttachTo(root);
        var trainCommand = new Command("train",
            "Train on clusters of 1 to 4 waters, evaluate on unseen ones and on larger clusters, draw.");
        train.AttachTo(trainCommand);
        root.Subcommands.Add(trainCommand);
        root.Subcommands.Add(new EvaluateCommand(common).Create());
        root.Subcommands.Add(new PredictCommand(common).Create());

        // Signals are StopSignal's, in commands that have something to save.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await root.Parse(arguments).InvokeAsync(invocation);
        }
        catch (Exception error) when (IsTheUsers(error))
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return 1;
        }
    }

    /// <summary>Errors that say what to do about them, and need no stack trace.</summary>
    private static bool IsTheUsers(Exception error)
        => error is ArgumentException or FormatException or InvalidDataException or ArithmeticException or IOException or UnauthorizedAccessException;
}

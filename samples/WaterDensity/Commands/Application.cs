using System.CommandLine;

namespace WaterDensity.Commands;

/// <summary>The command line.</summary>
internal static class Application
{
    /// <returns>0, or 1 after an error, which was printed.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
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

        // Ctrl-C: the step at hand is finished and saved, however long it takes.
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
        };
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

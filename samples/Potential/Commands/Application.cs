using System.CommandLine;
using E3Gen;
using E3Gen.Potentials;
using Potential.Models;
using Shared.Execution;

namespace Potential.Commands;

/// <summary>The command line.</summary>
internal static class Application
{
    /// <returns>0; 1 after an error, which was printed; 128 + the number of a signal that stopped a training.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        MathLibrary.MakeReproducible();
        IdleThreads.Sleep();
        var common = new CommonOptions();
        var water = new WaterCommand(common);
        var root = new RootCommand("Trains, evaluates and runs interatomic potentials. Without a command: water.");
        water.AttachTo(root);
        root.Subcommands.Add(water.Create());
        root.Subcommands.Add(new ConvertCommand().Create());
        root.Subcommands.Add(new TrainCommand(common).Create());
        root.Subcommands.Add(new EvaluateCommand(common).Create());
        root.Subcommands.Add(new MdCommand(Load, common.Threads, common.Device).Create());
        root.Subcommands.Add(new JudgeCommand(Load, common.Threads, common.Device).Create());

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

        IPotential Load(ParseResult arguments, string path)
        {
            common.UseThreads(arguments);
            return SavedPotential.Load(path, common.DeviceOf(arguments));
        }
    }

    /// <summary>Errors that say what to do about them, and need no stack trace.</summary>
    private static bool IsTheUsers(Exception error) =>
        error is ArgumentException or FormatException or InvalidDataException or ArithmeticException or IOException or UnauthorizedAccessException or KeyNotFoundException
            or SimulationException;
}

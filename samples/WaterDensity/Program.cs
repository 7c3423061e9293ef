using System.CommandLine;
using WaterDensity.Commands;

var common = new CommonOptions();
var train = new TrainCommand(common);

var root = new RootCommand("Learns molecular electron densities of water clusters from ab-initio data. Without a command: train.");
train.AttachTo(root);
var trainCommand = new Command("train", "Train on clusters of 1 to 4 waters, evaluate on unseen ones and on larger clusters, draw.");
train.AttachTo(trainCommand);
root.Subcommands.Add(trainCommand);
root.Subcommands.Add(new EvaluateCommand(common).Create());
root.Subcommands.Add(new PredictCommand(common).Create());

try
{
    // Ctrl-C: the step at hand is finished and saved, however long it takes.
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
    return await root.Parse(args).InvokeAsync(invocation);
}
catch (Exception error) when (error is ArgumentException or FormatException or InvalidDataException or ArithmeticException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

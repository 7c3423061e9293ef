using System.CommandLine;
using E3Gen;
using E3Gen.Potentials;
using Potential.Models;
using Potential.Plots;
using Potential.Report;
using TorchSharp;

namespace Potential.Commands;

/// <summary>Predicts structures with a trained potential or several, and compares with known energies and forces where there are.</summary>
internal sealed class EvaluateCommand(CommonOptions common)
{
    private readonly Option<string[]> _models = new("--model", "-m")
    {
        Description = "A trained potential: model.safetensors, or the folder of a training. Several are a committee: their mean is compared, and errors are set beside their spread.",
        HelpName = "files or folders",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [TrainingFolder.Default()],
    };

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "Structures, extended xyz. Those without energies and forces are predicted only.",
        HelpName = "files",
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Folder for predictions (predictions.xyz) of every structure, stresses of periodic ones, errors.csv and a parity plot, of a committee also spread.csv and a plot; "
            + "not given, errors are only printed.",
        HelpName = "folder",
    };

    private readonly KeyOptions _keys = new();

    public Command Create()
    {
        var command = new Command("evaluate", "Predictions and errors, by kind of structure, of a trained potential or of a committee.");
        foreach (Option option in new Option[] { _models, _data, _out }) command.Options.Add(option);
        _keys.AttachTo(command);
        common.AttachTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        common.UseThreads(arguments);
        torch.Device device = common.DeviceOf(arguments);
        IPotential[] potentials = [.. arguments.GetValue(_models)!.Select(m => SavedPotential.Load(m, device))];
        string[] files = arguments.GetValue(_data)!;
        IReadOnlyList<LabelledStructure> structures = StructureSet.ReadAll(files, _keys.Of(arguments));
        string? folder = arguments.GetValue(_out);
        if (folder is null && !structures.Any(IsComparable))
            throw new ArgumentException($"{string.Join(", ", files)}: no structure has an energy or forces to compare with (--energy-key, --forces-key); for predictions, name a folder with --out.");
        if (folder is not null) Directory.CreateDirectory(folder);
        if (potentials is [var potential])
        {
            (LabelledStructure, Prediction)[] compared = [.. structures.Zip(Predictor.Predict(potential, structures, stresses: folder is not null))];
            Report(files, compared, folder, compared.Select(c => PredictedStructure.Of(c.Item1.Atoms, c.Item2)));
            return 0;
        }

        IReadOnlyList<CommitteePrediction> predictions = CommitteePrediction.All(new Committee(potentials), structures);
        Report(files, [.. predictions.Select(p => (p.Structure, p.Mean))], folder, predictions.Select(PredictedStructure.Of));
        var spread = new SpreadReport(predictions);
        spread.Print();
        if (folder is null) return 0;
        spread.Save(Path.Combine(folder, "spread.csv"));
        SpreadPlot.Save(Path.Combine(folder, "error_against_spread"), spread);
        return 0;
    }

    /// <summary>An isolated atom's energy is E0: it would hide the errors of what is bound.</summary>
    private static bool IsComparable(LabelledStructure structure) => !structure.IsIsolatedAtom && (structure.Energy is not null || structure.Forces is not null || structure.Stress is not null);

    private static void Report(string[] files, (LabelledStructure Structure, Prediction Prediction)[] predictions, string? folder, IEnumerable<Atoms> predicted)
    {
        (LabelledStructure, Prediction)[] compared = [.. predictions.Where(p => IsComparable(p.Structure))];
        if (compared.Length > 0) ErrorTable.Print(string.Join(", ", files), compared);
        if (folder is null) return;
        ExtendedXyz.Write(Path.Combine(folder, "predictions.xyz"), predicted);
        Console.WriteLine($"{predictions.Length} structures predicted, {compared.Length} compared: {Path.Combine(folder, "predictions.xyz")}");
        if (compared.Length == 0) return;
        ErrorTable.Save(Path.Combine(folder, "errors.csv"), compared);
        ParityPlot.Save(Path.Combine(folder, "parity"), compared);
    }
}

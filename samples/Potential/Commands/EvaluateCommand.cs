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
        string[] models = [.. arguments.GetValue(_models)!.Select(SavedPotential.FileOf)];
        if (models.GroupBy(Path.GetFullPath).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ArgumentException($"--model names {twice.First()} twice; members of a committee differ.");
        IPotential[] potentials = [.. models.Select(m => SavedPotential.Load(m, device))];
        string[] files = arguments.GetValue(_data)!;
        IReadOnlyList<LabelledStructure> structures = StructureSet.ReadAll(files, _keys.Of(arguments));
        UnusedStresses.Print(structures);
        string? path = arguments.GetValue(_out);
        if (path is null && !structures.Any(IsComparable))
        {
            throw new ArgumentException(
                $"{string.Join(", ", files)}: no structure, isolated atoms apart, has an energy, forces or a stress to compare with (--energy-key, --forces-key); "
                + "for predictions, name a folder with --out.");
        }

        EvaluationFolder? folder = path is null ? null : new EvaluationFolder(path, files);
        if (potentials is [var potential])
        {
            (LabelledStructure, Prediction)[] compared = [.. structures.Zip(Predictor.Predict(potential, structures, stresses: folder is not null))];
            return Report(files, compared, folder, compared.Select(c => PredictedStructure.Of(c.Item1.Atoms, c.Item2)));
        }

        IReadOnlyList<CommitteePrediction> predictions = CommitteePrediction.All(new Committee(potentials), structures);
        int code = Report(files, [.. predictions.Select(p => (p.Structure, p.Mean))], folder, predictions.Select(PredictedStructure.Of));
        var spread = new SpreadReport(predictions);
        spread.Print();
        if (folder is null) return code;
        spread.Save(folder.Spread);
        SpreadPlot.Save(folder.SpreadPlot, spread);
        return code;
    }

    /// <summary>An isolated atom's energy is E0: it would hide the errors of what is bound.</summary>
    private static bool IsComparable(LabelledStructure structure) => !structure.IsIsolatedAtom && (structure.Energy is not null || structure.Forces is not null || structure.Stress is not null);

    /// <returns>1 where a prediction is no number.</returns>
    private static int Report(string[] files, (LabelledStructure Structure, Prediction Prediction)[] predictions, EvaluationFolder? folder, IEnumerable<Atoms> predicted)
    {
        (LabelledStructure, Prediction)[] compared = [.. predictions.Where(p => IsComparable(p.Structure))];
        if (compared.Length > 0) ErrorTable.Print(string.Join(", ", files), compared);
        if (folder is not null)
        {
            ExtendedXyz.Write(folder.Predictions, predicted);
            Console.WriteLine($"{predictions.Length} structures predicted, {compared.Length} compared: {folder.Predictions}");
        }

        if (folder is not null && compared.Length > 0)
        {
            ErrorTable.Save(folder.Errors, compared);
            ParityPlot.Save(folder.Parity, compared);
        }

        LabelledStructure[] broken = [.. predictions.Where(p => !double.IsFinite(p.Prediction.Energy) || !p.Prediction.Forces.All(double.IsFinite)).Select(p => p.Structure)];
        if (broken.Length == 0) return 0;
        Console.Error.WriteLine($"error: energies or forces of {broken.Length} structures are not finite, the first of {broken[0].Atoms.Origin}; the weights of the potential may be damaged.");
        return 1;
    }
}

using System.CommandLine;
using E3Gen;
using E3Gen.Potentials;
using Potential.Models;
using Potential.Plots;
using Potential.Report;

namespace Potential.Commands;

/// <summary>Compares a trained potential with structures of known energies and forces.</summary>
internal sealed class EvaluateCommand(CommonOptions common)
{
    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = "A trained potential: model.safetensors, or the folder of a training.",
        HelpName = "file or folder",
        DefaultValueFactory = _ => TrainingFolder.Default(),
    };

    private readonly Option<string[]> _data = new("--data") { Description = "Structures, extended xyz.", HelpName = "files", AllowMultipleArgumentsPerToken = true, Required = true };
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Folder for predictions (predictions.xyz), errors.csv and a parity plot; not given, errors are only printed.",
        HelpName = "folder",
    };

    private readonly KeyOptions _keys = new();

    public Command Create()
    {
        var command = new Command("evaluate", "Errors of a trained potential, by kind of structure.");
        foreach (Option option in new Option[] { _model, _data, _out }) command.Options.Add(option);
        _keys.AttachTo(command);
        common.AttachTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        common.UseThreads(arguments);
        IPotential potential = SavedPotential.Load(arguments.GetValue(_model)!, common.DeviceOf(arguments));
        StructureSet set = StructureSet.Read(arguments.GetValue(_data)!, _keys.Of(arguments));
        IReadOnlyList<(LabelledStructure Structure, Prediction Prediction)> compared = ErrorTable.Compare(potential, set.Structures);
        ErrorTable.Print(string.Join(", ", arguments.GetValue(_data)!), compared);
        if (arguments.GetValue(_out) is not { } folder) return 0;
        Directory.CreateDirectory(folder);
        ErrorTable.Save(Path.Combine(folder, "errors.csv"), compared);
        ParityPlot.Save(Path.Combine(folder, "parity"), compared);
        ExtendedXyz.Write(Path.Combine(folder, "predictions.xyz"), compared.Select(c => PredictedStructure.Of(c.Structure.Atoms, c.Prediction)));
        return 0;
    }
}

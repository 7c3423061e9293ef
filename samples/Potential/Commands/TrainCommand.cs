using System.CommandLine;
using E3Gen;
using E3Gen.Potentials;
using Potential.Models;
using Potential.Plots;
using Potential.Report;
using Shared.Commands;
using Shared.Execution;
using TorchSharp;

namespace Potential.Commands;

/// <summary>Trains a potential on extended xyz files.</summary>
internal sealed class TrainCommand(CommonOptions common)
{
    private readonly Option<string[]> _train = Files("--train", "Structures to learn from: extended xyz with energies and forces, stresses where there are.");
    private readonly Option<string[]> _valid = Files("--valid", "Structures for validation.");
    private readonly Option<double> _validFraction = NumberOption.Create(["--valid-fraction"], "Without --valid: part of the training structures that is drawn for validation.", 0.1, 1e-6, 0.999999);
    private readonly Option<string[]> _test = Files("--test", "Structures that the trained potential is compared with at the end.");
    private readonly Option<string> _model = ModelList.Option();

    private readonly Option<double> _cutoff = NumberOption.Create(["--cutoff", "--r-max"], "Cutoff radius in the unit of the positions.", 5.0, 0.1, 1e3);
    private readonly Option<string?> _references = new("--e0")
    {
        Description = "Reference energies of atoms, such as H=-13.6,O=-2041.3; not given, those of isolated atoms in the files, else by least squares.",
        HelpName = "list",
    };

    private readonly Option<string?> _groupWeights = new("--config-type-weights")
    {
        Description = "Factors of errors in the loss, of training and validation, by config_type, such as surface=2,bulk=0.5; others keep theirs.",
        HelpName = "list",
    };

    private readonly OutputOptions _output = new();
    private readonly KeyOptions _keys = new();
    private readonly LearningOptions _learning = new(new TrainingOptions());

    public Command Create()
    {
        _train.Required = true;
        var command = new Command("train", "Train a potential on extended xyz files.");
        foreach (Option option in new Option[] { _train, _valid, _validFraction, _test, _model, _cutoff, _references, _groupWeights }) command.Options.Add(option);
        _output.AttachTo(command);
        _learning.AttachTo(command);
        _keys.AttachTo(command);
        common.AttachTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        common.UseThreads(arguments);
        TrainingOptions options = _learning.Of(arguments);
        TargetKeys keys = _keys.Of(arguments);
        ModelEntry model = ModelList.Find(arguments.GetValue(_model)!);
        TrainingFolder folder = _output.FolderOf(arguments);
        using FolderLock reserved = _output.Reserve(arguments);

        StructureSet set = StructureSet.Read(arguments.GetValue(_train)!, keys);
        (IReadOnlyList<LabelledStructure> training, IReadOnlyList<LabelledStructure> validation) = arguments.GetValue(_valid) is { Length: > 0 } files
            ? (set.Structures, StructureSet.Read(files, keys).Structures)
            : RandomSplit.Draw(set.Structures, arguments.GetValue(_validFraction), options.Seed);
        if (arguments.GetValue(_valid) is { Length: > 0 } && arguments.GetResult(_validFraction) is { Implicit: false })
            throw new ArgumentException("--valid names structures for validation, --valid-fraction draws them from the training structures; give one of them.");
        // Test files are read now: what is wrong with them should not show after hours.
        StructureSet? test = arguments.GetValue(_test) is { Length: > 0 } tests ? StructureSet.Read(tests, keys) : null;
        IReadOnlyList<string> species = StructureSet.SpeciesOf(set.Structures);
        RequireKnown(species, validation.Concat(test?.Structures ?? []));
        IReadOnlyDictionary<string, double>? given = arguments.GetValue(_references) is { } list ? NumberList.Parse(list, "a reference energy by element", "H=-13.6,O=-2041.3") : null;
        ReferenceEnergies references = ReferenceEnergies.Find(species, set, given);
        Console.WriteLine($"{training.Count} structures for training, {validation.Count} for validation{(test is null ? "" : $", {test.Structures.Count} for testing")}");
        UnusedStresses.Print(training.Concat(validation).Concat(test?.Structures ?? []));
        Console.WriteLine($"E0 {references.Source}: {string.Join(", ", species.Zip(references.Values, (s, e) => FormattableString.Invariant($"{s} {e:F3}")))} eV");

        torch.random.manual_seed(options.Seed);
        var description = new PotentialDescription { Model = model.Name, Species = species, Cutoff = arguments.GetValue(_cutoff), DType = _learning.DTypeOf(arguments) };
        IPotential potential = PotentialFile.Create(description, ModelList.Create, common.DeviceOf(arguments));
        if (potential is not IAdaptToData) Console.WriteLine($"{potential.GetType().Name} takes no E0 (it is no IAdaptToData): it has total energies to learn");
        if (arguments.GetValue(_groupWeights) is { } weights)
        {
            IReadOnlyDictionary<string, double> factors = WeightsOf(weights, training);
            (training, validation) = (Weighted(training, factors), Weighted(validation, factors));
        }

        using var trainer = new Trainer(potential, new TrainingData(training, validation, references), options);
        int code = TrainingRun.Execute(trainer, folder, model.Name, _output.Resumes(arguments));
        LearningCurvePlot.Save(folder);
        if (code != 0) return code;

        ErrorTable.Print("validation", ErrorTable.Compare(potential, validation));
        if (test is not null)
        {
            IReadOnlyList<(LabelledStructure, Prediction)> compared = ErrorTable.Compare(potential, test.Structures);
            ErrorTable.Print("test", compared);
            ErrorTable.Save(folder.Of("errors.csv"), compared);
            ParityPlot.Save(folder.Of("parity"), compared);
        }

        return 0;
    }

    private static IReadOnlyDictionary<string, double> WeightsOf(string list, IReadOnlyList<LabelledStructure> training)
    {
        IReadOnlyDictionary<string, double> weights = NumberList.Parse(list, "a weight by config_type", "surface=2,bulk=0.5");
        string? unknown = weights.Keys.FirstOrDefault(group => training.All(s => s.Group != group));
        return unknown is null ? weights : throw new ArgumentException($"--config-type-weights names '{unknown}', but no training structure has this config_type.");
    }

    private static IReadOnlyList<LabelledStructure> Weighted(IReadOnlyList<LabelledStructure> structures, IReadOnlyDictionary<string, double> weights) =>
        [.. structures.Select(s => s.Group is { } group && weights.TryGetValue(group, out double weight) ? s.WithWeight(weight * s.Weight) : s)];

    private static void RequireKnown(IReadOnlyList<string> species, IEnumerable<LabelledStructure> structures)
    {
        foreach (Atoms atoms in structures.Select(s => s.Atoms))
        {
            for (int i = 0; i < atoms.Count; i++)
            {
                if (!species.Contains(atoms.SymbolOf(i)))
                    throw new InvalidDataException($"{atoms.Origin}: atom {i} is {atoms.SymbolOf(i)}, of which the training structures have none; they have {string.Join(", ", species)}.");
            }
        }
    }

    private static Option<string[]> Files(string name, string description) => new(name) { Description = description, HelpName = "files", AllowMultipleArgumentsPerToken = true };
}

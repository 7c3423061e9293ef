using System.CommandLine;
using E3Gen;
using E3Gen.Potentials;
using Potential.Display;
using Potential.Models;
using Potential.Plots;
using Potential.Report;
using Potential.Water;
using Shared.Execution;
using Spectre.Console;
using TorchSharp;

namespace Potential.Commands;

/// <summary>Trains on the water clusters that the repository has, compares with unseen and larger ones, draws; what the program does when it is given no command.</summary>
internal sealed class WaterCommand(CommonOptions common)
{
    /// <summary>So that everything takes five minutes: building, training, the comparison and the plots.</summary>
    private static readonly TrainingOptions Defaults = new()
    {
        Epochs = null,
        Minutes = 3.5,
        // Forces first, which say most; then energies, whose errors a heavier weight cuts to a third at little cost to the forces.
        StageTwo = new LossStage(new LossWeights(Energy: 1000), Progress: 0.6),
    };

    private readonly OutputOptions _output = new(replacesDefault: true);
    private readonly Option<string> _model = ModelList.Option();
    private readonly LearningOptions _learning = new(Defaults);

    public Command Create()
    {
        var command = new Command("water", "Train on clusters of 1 to 4 waters, compare with unseen ones and with clusters of 5, 6 and 8, draw.");
        AttachTo(command);
        return command;
    }

    /// <summary>Makes a command, the root one too, do this.</summary>
    public void AttachTo(Command command)
    {
        _output.AttachTo(command);
        command.Options.Add(_model);
        _learning.AttachTo(command);
        common.AttachTo(command);
        command.SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        common.UseThreads(arguments);
        TrainingOptions options = _learning.Of(arguments);
        TrainingFolder folder = _output.FolderOf(arguments);
        using FolderLock reserved = _output.Reserve(arguments);
        WaterClusters water = WaterClusters.Load();
        IReadOnlyList<LabelledStructure> training = water.Training;
        Console.WriteLine(
            $"PBE0/cc-pVDZ energies and forces of water clusters: {training.Count} of 1 to 4 waters for training, {water.Validation.Count} for validation, {water.Test.Count} for testing");

        torch.random.manual_seed(options.Seed);
        ModelEntry model = ModelList.Find(arguments.GetValue(_model)!);
        var description = new PotentialDescription { Model = model.Name, Species = ["H", "O"], Cutoff = 5, DType = _learning.DTypeOf(arguments) };
        IPotential potential = PotentialFile.Create(description, ModelList.Create, common.DeviceOf(arguments));
        ReferenceEnergies references = ReferenceEnergies.Find(description.Species, new StructureSet(training), water.AtomEnergies);
        using var trainer = new Trainer(potential, new TrainingData(training, water.Validation, references), options);
        int code = TrainingRun.Execute(trainer, folder, model.Name, _output.Resumes(arguments));
        LearningCurvePlot.Save(folder);
        if (code != 0) return code;

        IReadOnlyList<(LabelledStructure, Prediction)> compared = ErrorTable.Compare(potential, water.Test);
        SizeErrors[] sizes = SizeErrors.Of(compared, training);
        Print(sizes);
        ErrorTable.Save(folder.Of("errors.csv"), compared);
        ParityPlot.Save(folder.Of("parity"), compared);
        SizePlot.Save(folder.Of("errors_by_size"), sizes, largestTrained: training.Max(WaterClusters.Waters));
        return 0;
    }

    private static void Print(SizeErrors[] sizes)
    {
        Table table = new Table { Border = TableBorder.Simple, Title = new TableTitle("Root mean square errors on unseen clusters; baseline: the mean energy of a water, no forces") };
        foreach (string column in new[] { "waters", "clusters", "E/N, meV", "baseline", "F, meV/Å", "baseline" }) table.AddColumn(new TableColumn(column).RightAligned());
        foreach ((int waters, PotentialErrors network, PotentialErrors baseline) in sizes)
        {
            table.AddRow(
                $"{waters}", $"{network.Structures}", MetricsRow.Rmse(network.EnergyPerAtom), MetricsRow.Rmse(baseline.EnergyPerAtom), MetricsRow.Rmse(network.Forces),
                MetricsRow.Rmse(baseline.Forces));
        }

        AnsiConsole.Write(table);
    }
}

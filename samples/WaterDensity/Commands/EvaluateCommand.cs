using System.CommandLine;
using Spectre.Console;
using WaterDensity.Evaluation;
using WaterDensity.Learning;
using WaterDensity.Pages;
using WaterDensity.Plots;
using WaterDensity.Systems;

namespace WaterDensity.Commands;

/// <summary>Compares the densities that trained weights give with ab-initio ones.</summary>
internal sealed class EvaluateCommand(CommonOptions common)
{
    private readonly Option<Split> _split = new("--split") { Description = "Which systems.", DefaultValueFactory = _ => Split.Test };

    public Command Create()
    {
        var command = new Command("evaluate",
            "Errors of the density, its parts by l, electrons and dipoles on held-out systems, with plots.");
        foreach (Option option in new Option[] { _split, common.Checkpoint, common.Output, common.Data, common.Spacing, common.Threads, common.Device })
            command.Options.Add(option);
        command.SetAction(arguments =>
        {
            common.UseThreads(arguments);
            WaterDataset dataset = WaterDataset.Load(arguments.GetValue(common.Data));
            DensityModel model = Checkpoint.Load(common.CheckpointPath(arguments), dataset.Basis, common.DeviceOf(arguments));
            Report(model, dataset, arguments.GetValue(_split), arguments.GetValue(common.Spacing), common.Folder(arguments));
        });
        return command;
    }

    /// <summary>Prints a table, writes metrics and draws.</summary>
    public static void Report(DensityModel model, WaterDataset dataset, Split split, double spacing, OutputFolder folder)
    {
        SystemResult[] results = [.. dataset.Of(split).Select(s => Evaluator.Evaluate(model, s, spacing))];
        var summary = Summary.Of(dataset.Level, split, spacing, results);
        summary.Save(folder.Metrics);
        Print(summary);
        int largestTrained = dataset.Of(Split.Train).Max(s => s.Waters);
        ErrorPlot.Save(folder.Errors, summary, largestTrained);
        SystemResult shown = results.LastOrDefault(r => r.System.Waters == largestTrained) ?? results[^1];
        double[] prediction = model.Predict(shown.System);
        DensitySlicePlot.Save(folder.Slice, shown.System, dataset.Basis, shown.System.Coefficients, prediction);
        DensityPage.Of(shown.System.Name, shown.System, dataset.Basis, dataset.Level, prediction, (shown.System.Coefficients, shown.Density.Error))
            .Save(folder.Page);
        Console.WriteLine($"Numbers and plots are in {folder.Path}.");
    }

    private static void Print(Summary summary)
    {
        var table = new Table().Title($"{summary.Split.ToString().ToLowerInvariant()} set, {summary.Level}").Border(TableBorder.Simple);
        string[] columns = ["waters", "systems", "ε_ρ", "isolated atoms", "ε_0", "ε_1", "ε_2", "ε_3", "ε_4", "electrons", "dipole, e·bohr"];
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        foreach (SizeSummary s in summary.Sizes)
        {
            string[] cells = [$"{s.Waters}", $"{s.Systems}", Percent(s.DensityError), Percent(s.IsolatedAtomsError),
                .. s.DensityErrorByDegree.Select(Percent), FormattableString.Invariant($"±{s.LargestElectronError:0.0e+0}"),
                FormattableString.Invariant($"{s.MeanDipole:F2} ± {s.DipoleError:F3}")];
            table.AddRow(cells);
        }
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
        AnsiConsole.Write(table);
    }

    private static string Percent(double fraction) => FormattableString.Invariant($"{100 * fraction:F2} %");
}

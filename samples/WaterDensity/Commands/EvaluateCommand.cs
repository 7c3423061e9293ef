using System.CommandLine;
using System.Globalization;
using Shared.Commands;
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
        command.SetAction(async (arguments, _) =>
        {
            common.UseThreads(arguments);
            if (!Enum.IsDefined(arguments.GetValue(_split)))
                throw new ArgumentException($"--split is {arguments.GetValue(_split)}; expected train, validation or test.");
            WaterDataset dataset = WaterDataset.Load(arguments.GetValue(common.Data));
            DensityModel model = Checkpoint.Load(common.CheckpointPath(arguments), dataset.Basis, common.DeviceOf(arguments));
            await ReportAsync(model, dataset, arguments.GetValue(_split), arguments.GetValue(common.Spacing), common.Folder(arguments));
        });
        return command;
    }

    /// <summary>Prints a table, writes metrics and draws.</summary>
    public static async Task ReportAsync(DensityModel model, WaterDataset dataset, Split split, double spacing, OutputFolder folder)
    {
        WaterSystem[] systems = [.. dataset.Of(split)];
        Console.WriteLine($"Comparing densities on a grid of {spacing.ToString(CultureInfo.InvariantCulture)} bohr:");
        var results = new List<SystemResult>();
        await CountDisplay.RunAsync("systems", systems.Length, done =>
        {
            foreach (WaterSystem system in systems)
            {
                results.Add(Evaluator.Evaluate(model, system, spacing));
                done();
            }
            return Task.CompletedTask;
        });
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

    /// <summary>Two tables that are narrower than 80 columns.</summary>
    private static void Print(Summary summary)
    {
        Table errors = NewTable($"errors in % of the electrons, {summary.Split.ToString().ToLowerInvariant()} set, {summary.Level}",
            "waters", "systems", "ε_ρ", "isolated", "ε_0", "ε_1", "ε_2", "ε_3", "ε_4");
        Table moments = NewTable("electrons and dipole", "waters", "electrons off by", "dipole, e·bohr", "its error");
        foreach (SizeSummary s in summary.Sizes)
        {
            errors.AddRow([$"{s.Waters}", $"{s.Systems}", Percent(s.DensityError), Percent(s.IsolatedAtomsError), .. s.DensityErrorByDegree.Select(Percent)]);
            moments.AddRow($"{s.Waters}", Invariant($"{s.LargestElectronError:0.0e+0}"), Invariant($"{s.MeanDipole:F2}"), Invariant($"{s.DipoleError:F3}"));
        }
        AnsiConsole.Write(errors);
        AnsiConsole.Write(moments);
    }

    private static Table NewTable(string title, params string[] columns)
    {
        var table = new Table().Title(title).Border(TableBorder.Simple);
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        return table;
    }

    private static string Percent(double fraction) => Invariant($"{100 * fraction:F2}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

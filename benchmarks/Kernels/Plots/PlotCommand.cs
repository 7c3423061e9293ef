using System.CommandLine;
using E3Gen.Benchmarks.Kernels.Reporting;

namespace E3Gen.Benchmarks.Kernels.Plots;

/// <summary><c>plot</c>: figures of tables that were measured before.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        var tables = new Argument<string[]>("tables") { Description = "Tables that --output made, .csv.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "Folder for the figures.", HelpName = "folder", DefaultValueFactory = _ => "." };
        var command = new Command("plot", "Draws tables: E3Gen against e3nn with one thread, and times by copies, degree and atoms, as SVG.") { tables, output };
        command.SetAction(parsed => Run(parsed.GetValue(tables)!, parsed.GetValue(output)!));
        return command;
    }

    /// <exception cref="InvalidDataException">A table is garbled, or there is nothing to draw.</exception>
    private static int Run(string[] tables, string folder)
    {
        var results = new Results(tables.SelectMany(CsvFile.Read));
        Directory.CreateDirectory(folder);
        (string Name, Func<string, Results, bool> Save)[] figures =
            [("speedup", SpeedupPlot.Save), .. ScalingPlot.All.Select(p => ($"scaling-{p.Family}", (Func<string, Results, bool>)p.Save))];
        bool any = false;
        foreach ((string name, Func<string, Results, bool> save) in figures)
        {
            string path = Path.Combine(folder, $"{name}.svg");
            if (!save(path, results))
                continue;
            Console.WriteLine(path);
            any = true;
        }
        return any ? 0 : throw new InvalidDataException($"There is nothing to draw in {string.Join(", ", tables)}: no case has times of both E3Gen and e3nn, no family has two sizes.");
    }
}

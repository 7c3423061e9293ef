// What E3Gen costs in the IDE: generator and analyzers on a project of this repository, cold and after keystrokes. Prints a Markdown table.
using System.Diagnostics;
using E3Gen.Benchmarks.Ide;
using E3Gen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project benchmarks/Ide -- <folder of a project>, for example samples/WaterDensity");
    return 2;
}

const int Keystrokes = 9, Projects = 9, Warmup = 5;
var compilation = Project.Load(folder);
Console.WriteLine($"{Path.GetFileName(folder.TrimEnd('/'))}: {compilation.SyntaxTrees.Count()} files, {Environment.ProcessorCount} cores, .NET {Environment.Version}; medians");
Console.WriteLine();
Console.WriteLine("| | generator | analyzers | an analyzer that does nothing |");
Console.WriteLine("|---|---:|---:|---:|");

compilation.GetDiagnostics(); // the IDE has bound the project anyway: not our cost
GeneratorDriver driver = NewDriver();
Compilation output = compilation;
double generated = Milliseconds(() => driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out output, out _));
Analysis.Whole(output, Analysis.None); // nor is the start of Roslyn's own machinery
double analyzed = Milliseconds(() => Analysis.Whole(output, Analysis.Ours));
Row("whole project, first run of the process", [generated], [analyzed], null);

List<double> generator = [], analyzers = [], nothing = [];
for (int i = 0; i < Projects; i++)
{
    var fresh = Project.Load(folder);
    fresh.GetDiagnostics();
    generator.Add(Milliseconds(() => NewDriver().RunGeneratorsAndUpdateCompilation(fresh, out output, out _)));
    Analysis.Whole(output, Analysis.None);
    nothing.Add(Milliseconds(() => Analysis.Whole(output, Analysis.None)));
    analyzers.Add(Milliseconds(() => Analysis.Whole(output, Analysis.Ours)));
}

Row("whole project, opened in a warm process", generator, analyzers, nothing);

// The files of the project, one keystroke in each, over and over; of each the document that is typed in.
var networks = compilation.SyntaxTrees.Where(t => t.ToString().Contains("[MessagePassingNetwork(") || t.ToString().Contains("[EquivariantModule]")).ToList();
var others = compilation.SyntaxTrees.Except(networks).Where(t => t.FilePath != Project.Usings).ToList(); // a global using is a change of every file
Type([.. networks, .. others], Warmup, Analysis.Document); // an IDE has run for a while: what is compiled anew while it is measured is not what a keystroke costs
var perFile = others.Select(tree => (tree, Times: Type([tree], Keystrokes, Analysis.Document))).ToList();
Row(
    "keystroke in another file, that document; median file",
    [.. perFile.SelectMany(f => f.Times.Generator)],
    [.. perFile.Select(f => Median(f.Times.Analyzers))],
    [.. perFile.Select(f => Median(f.Times.Nothing))]);
var (slowest, times) = perFile.MaxBy(f => Median(f.Times.Analyzers));
Row($"… slowest file ({Path.GetFileName(slowest.FilePath)})", times.Generator, times.Analyzers, times.Nothing);
times = Type(networks, 3 * Keystrokes, Analysis.Document);
Row("keystroke in the class of the network, that document", times.Generator, times.Analyzers, times.Nothing);
times = Type([others[0]], Keystrokes, (c, _, a) => Analysis.Whole(c, a));
Row("keystroke in another file, whole project", times.Generator, times.Analyzers, times.Nothing);
return 0;

static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create([new E3GenGenerator().AsSourceGenerator()], parseOptions: Project.Options);

// Types in files and times the generator and the analyzers after each keystroke, the first of each file not counted.
(List<double> Generator, List<double> Analyzers, List<double> Nothing) Type(
    List<SyntaxTree> trees, int keystrokes, Action<Compilation, SyntaxTree, System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer>> analyze)
{
    List<double> generator = [], analyzers = [], nothing = [];
    foreach (var tree in trees)
    {
        for (int i = 0; i <= keystrokes; i++)
        {
            var changed = Project.Type(tree, i);
            var typed = compilation.ReplaceSyntaxTree(tree, changed);
            double generated = Milliseconds(() => driver.RunGeneratorsAndUpdateCompilation(typed, out output, out _));
            analyze(output, changed, Analysis.None); // the IDE has bound the document for its own diagnostics
            double idle = Milliseconds(() => analyze(output, changed, Analysis.None));
            double analyzed = Milliseconds(() => analyze(output, changed, Analysis.Ours));
            if (i > 0)
            {
                generator.Add(generated);
                nothing.Add(idle);
                analyzers.Add(analyzed);
            }
        }
    }

    return (generator, analyzers, nothing);
}

static void Row(string title, List<double> generator, List<double> analyzers, List<double>? nothing) =>
    Console.WriteLine($"| {title} | {Median(generator):F1} ms | {Median(analyzers):F1} ms | {(nothing is null ? "" : $"{Median(nothing):F1} ms")} |");

static double Milliseconds(Action action)
{
    var clock = Stopwatch.StartNew();
    action();
    return clock.Elapsed.TotalMilliseconds;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

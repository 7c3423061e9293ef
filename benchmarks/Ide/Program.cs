// What E3Gen costs in the IDE: generator and analyzers on a project of this repository, cold and after keystrokes. Prints a Markdown table.
using System.Diagnostics;
using E3Gen.Benchmarks.Ide;
using E3Gen.Generator;
using E3Gen.Generator.Analysis;
using E3Gen.Generator.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project benchmarks/Ide -- <folder of a project>, for example samples/WaterDensity");
    return 2;
}

const int Keystrokes = 25;
var compilation = Project.Load(folder);
compilation.GetDiagnostics(); // the IDE has bound the project anyway: not our cost
var network = compilation.SyntaxTrees.First(t => t.ToString().Contains("[MessagePassingNetwork(") || t.ToString().Contains("[EquivariantModule]"));
var elsewhere = compilation.SyntaxTrees.First(t => t != network);
GeneratorDriver driver = CSharpGeneratorDriver.Create([new E3GenGenerator().AsSourceGenerator()], parseOptions: Project.Options);

Console.WriteLine($"{Path.GetFileName(folder.TrimEnd('/'))}: {compilation.SyntaxTrees.Count()} files, {Environment.ProcessorCount} cores, .NET {Environment.Version}; median of {Keystrokes}");
Console.WriteLine();
Console.WriteLine("| | generator | analyzers |");
Console.WriteLine("|---|---|---|");
Compilation output = compilation;
double cold = Milliseconds(() => driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out output, out _));
Console.WriteLine($"| cold, JIT included | {cold:F0} ms | {Milliseconds(() => Analyze(output)):F0} ms |");
Row("keystroke in another file", elsewhere);
Row("keystroke in the network's file", network);
return 0;

void Row(string title, SyntaxTree tree)
{
    var generator = new List<double>();
    var analyzers = new List<double>();
    for (int i = 0; i < Keystrokes; i++)
    {
        var typed = compilation.Type(tree, i);
        typed.GetDiagnostics();
        generator.Add(Milliseconds(() => driver.RunGeneratorsAndUpdateCompilation(typed, out output, out _)));
        analyzers.Add(Milliseconds(() => Analyze(output)));
    }

    Console.WriteLine($"| {title} | {Median(generator):F1} ms | {Median(analyzers):F1} ms |");
}

static void Analyze(Compilation compilation) =>
    compilation.WithAnalyzers([new DeclarationAnalyzer(), new FlowAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

static double Milliseconds(Action action)
{
    var clock = Stopwatch.StartNew();
    action();
    return clock.Elapsed.TotalMilliseconds;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

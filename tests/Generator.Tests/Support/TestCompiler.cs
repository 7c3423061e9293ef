using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using E3Gen.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Generator.Tests.Support;

/// <summary>Compiles sources as a build does: generator first, then the compiler and the analyzer over everything.</summary>
public static class TestCompiler
{
    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        .. new[] { "TorchSharp", "E3Gen.Runtime", "E3Gen.Analysis", "E3Gen.Potentials", "E3Gen.Kernels", "E3Gen.Attributes", "E3Gen.Algebra" }
            .Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    /// <summary>Path of the n-th source.</summary>
    public static string PathOf(int source) => $"File{source}.cs";

    public static CSharpCompilation Create(ProjectSettings settings, params IEnumerable<string> sources) => CSharpCompilation.Create(
        "Sample",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, settings.ParseOptions, PathOf(i))),
        References,
        settings.CompilationOptions);

    /// <summary>A driver that runs the generator; with <paramref name="track"/> it records why each step ran.</summary>
    public static GeneratorDriver Driver(ProjectSettings settings, bool track = false) => CSharpGeneratorDriver.Create(
        [new E3GenGenerator().AsSourceGenerator()],
        parseOptions: settings.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, track));

    /// <summary>The analyzer of declarations, which is the one that most tests are about.</summary>
    private static readonly ImmutableArray<DiagnosticAnalyzer> Declarations = [new DeclarationAnalyzer()];

    /// <summary>Every analyzer that there is.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> AllAnalyzers { get; } =
        [.. typeof(DeclarationAnalyzer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer))).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    public static Compiled Compile(string source) => Compile(new ProjectSettings(), source);

    public static Compiled Compile(ProjectSettings settings, params IEnumerable<string> sources) => Compile(settings, Declarations, sources);

    public static Compiled Compile(ProjectSettings settings, ImmutableArray<DiagnosticAnalyzer> analyzers, params IEnumerable<string> sources)
    {
        var result = Driver(settings)
            .RunGeneratorsAndUpdateCompilation(Create(settings, sources), out var output, out _)
            .GetRunResult().Results.Single();
        if (result.Exception is not null)
        {
            throw new InvalidOperationException("The generator threw.", result.Exception);
        }

        return new Compiled((CSharpCompilation)output, result.GeneratedSources, Analyze(output, analyzers));
    }

    /// <summary>Runs the generator and every analyzer side by side over sources, and compiles nothing: fast enough for thousands of sources. Throws where one of them does.</summary>
    public static void Examine(params IEnumerable<string> sources)
    {
        var compilation = Create(new ProjectSettings(), sources);
        if (Driver(new ProjectSettings()).RunGenerators(compilation).GetRunResult().Results.Single().Exception is { } exception)
        {
            throw new InvalidOperationException("The generator threw.", exception);
        }

        Analyze(compilation, AllAnalyzers);
    }

    private static ImmutableArray<Diagnostic> Analyze(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var diagnostics = compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return diagnostics.FirstOrDefault(d => d.Id == "AD0001") is { } crash
            ? throw new InvalidOperationException("An analyzer threw: " + crash.GetMessage())
            : diagnostics;
    }
}

/// <summary>What became of the sources.</summary>
/// <param name="Output">The compilation with generated sources.</param>
/// <param name="Sources">The generated sources.</param>
/// <param name="Reported">What the analyzer says.</param>
public sealed record Compiled(CSharpCompilation Output, ImmutableArray<GeneratedSourceResult> Sources, ImmutableArray<Diagnostic> Reported)
{
    /// <summary>The compiler's errors.</summary>
    public IEnumerable<Diagnostic> Errors => Output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>The compiler's warnings and errors, with documentation written as a build would.</summary>
    public IEnumerable<Diagnostic> Emit()
    {
        using MemoryStream assembly = new(), documentation = new();
        return Output.Emit(assembly, xmlDocumentationStream: documentation).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning);
    }
}

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
        .. new[] { "TorchSharp", "E3Gen.Runtime", "E3Gen.Attributes", "E3Gen.Algebra" }
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

    public static Compiled Compile(string source) => Compile(new ProjectSettings(), source);

    public static Compiled Compile(ProjectSettings settings, params IEnumerable<string> sources)
    {
        var result = Driver(settings)
            .RunGeneratorsAndUpdateCompilation(Create(settings, sources), out var output, out _)
            .GetRunResult().Results.Single();
        if (result.Exception is not null)
        {
            throw new InvalidOperationException("The generator threw.", result.Exception);
        }

        return new Compiled((CSharpCompilation)output, result.GeneratedSources, Analyze(output));
    }

    private static ImmutableArray<Diagnostic> Analyze(Compilation compilation)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var diagnostics = compilation.WithAnalyzers([new DeclarationAnalyzer()], options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return diagnostics.FirstOrDefault(d => d.Id == "AD0001") is { } crash
            ? throw new InvalidOperationException("The analyzer threw: " + crash.GetMessage())
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

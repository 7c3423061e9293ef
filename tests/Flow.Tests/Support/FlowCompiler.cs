using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using E3Gen.Generator;
using E3Gen.Generator.Analysis;
using E3Gen.Generator.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Flow.Tests.Support;

/// <summary>Compiles sources as a build does: the generator first, then the compiler and all analyzers over everything.</summary>
public static class FlowCompiler
{
    /// <summary>IDs of what is said about correct code, too: that a forward is proven, and what was taken on trust.</summary>
    public static readonly string[] Verdicts = ["E3G0509", "E3G0511"];

    private static int _compilations;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        .. new[] { "TorchSharp", "E3Gen.Runtime", "E3Gen.Kernels", "E3Gen.Attributes", "E3Gen.Algebra" }
            .Select(name => MetadataReference.CreateFromFile(System.IO.Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    /// <summary>The text of a file beside the tests.</summary>
    public static string Read(string path) => File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, path));

    /// <summary>Path of the n-th source.</summary>
    public static string PathOf(int source) => $"Source{source:D3}.cs";

    /// <summary>Generates, compiles and analyses.</summary>
    public static Compiled Compile(params IReadOnlyList<string> sources)
    {
        var result = CSharpGeneratorDriver.Create([new E3GenGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(Create(sources), out var output, out _)
            .GetRunResult().Results.Single();
        return result.Exception is null
            ? new Compiled((CSharpCompilation)output, Analyze(output))
            : throw new InvalidOperationException("The generator threw.", result.Exception);
    }

    /// <summary>Analyses under options of the project that set severities.</summary>
    public static Compiled Analyze(string source, string rule, ReportDiagnostic severity)
    {
        var compilation = Create([source]);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(rule, severity)]));
        return new Compiled(compilation, Analyze(compilation));
    }

    /// <summary>Analyses only. What is reported does not depend on generated code, whose compilation is most of the work.</summary>
    public static Compiled Analyze(IReadOnlyList<string> sources, params MetadataReference[] libraries)
    {
        var compilation = Create(sources).AddReferences(libraries);
        return new Compiled(compilation, Analyze(compilation));
    }

    private static CSharpCompilation Create(IReadOnlyList<string> sources) => CSharpCompilation.Create(
        $"Sample{Interlocked.Increment(ref _compilations)}",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, PathOf(i))),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false));

    private static ImmutableArray<Diagnostic> Analyze(Compilation compilation)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new DeclarationAnalyzer(), new FlowAnalyzer(), new LiteralAnalyzer()];
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var diagnostics = compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return diagnostics.FirstOrDefault(d => d.Id == "AD0001") is { } crash ? throw new InvalidOperationException("An analyzer threw: " + crash.GetMessage()) : diagnostics;
    }
}

/// <summary>What became of a source.</summary>
/// <param name="Output">The compilation with generated sources.</param>
/// <param name="Reported">What the analyzers say, verdicts included.</param>
public sealed record Compiled(CSharpCompilation Output, ImmutableArray<Diagnostic> Reported)
{
    /// <summary>What the analyzers say against the source.</summary>
    public IEnumerable<Diagnostic> Complaints => Reported.Where(d => !FlowCompiler.Verdicts.Contains(d.Id));

    /// <summary>The verdicts on modules that are proven.</summary>
    public IEnumerable<Diagnostic> Proven => Reported.Where(d => d.Id == "E3G0509");

    /// <summary>The compiler's errors.</summary>
    public IEnumerable<Diagnostic> Errors => Output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>The compiled library, whose sources nobody sees.</summary>
    public MetadataReference Image()
    {
        var stream = new MemoryStream();
        var result = Output.Emit(stream);
        return result.Success ? MetadataReference.CreateFromImage(stream.ToArray()) : throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics));
    }
}

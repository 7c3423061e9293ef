using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Flow.Tests.RandomPrograms.Measuring;

/// <summary>Many programs in one compilation, and what generator, compiler and analyzers say of each.</summary>
internal sealed partial class Verdicts
{
    /// <summary>The verdict that the entry of a module is proven.</summary>
    public const string Proven = "E3G0509";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        .. new[] { "TorchSharp", "E3Gen.Runtime", "E3Gen.Kernels", "E3Gen.Attributes", "E3Gen.Algebra" }
            .Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    /// <summary>All analyzers that there are: their names are none of our business.</summary>
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(E3GenGenerator).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract)
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t, nonPublic: true)!),
    ];

    private static int _compilations;

    private readonly ILookup<SyntaxTree?, Diagnostic> _analyzers;
    private readonly SyntaxTree[] _trees;
    private readonly byte[] _image;
    private readonly Dictionary<int, Diagnostic> _errors;

    private Verdicts(IReadOnlyList<RandomProgram> programs)
    {
        _trees = [.. programs.Select((p, i) => CSharpSyntaxTree.ParseText(p.Source(i), ParseOptions, $"{RandomProgram.NamespaceOf(i)}.cs"))];
        var compilation = CSharpCompilation.Create(
            $"RandomPrograms{Interlocked.Increment(ref _compilations)}",
            _trees,
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _analyzers = Analyze(compilation).ToLookup(d => d.Location.SourceTree);
        var result = CSharpGeneratorDriver.Create([new E3GenGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _).GetRunResult().Results.Single();
        if (result.Exception is { } exception)
        {
            throw new InvalidOperationException("The generator threw.", exception);
        }

        (_image, _errors) = Emit((CSharpCompilation)output);
    }

    /// <summary>The programs that the compiler accepts, as one assembly.</summary>
    public Stream Image => new MemoryStream(_image);

    /// <summary>Compiles and analyses. Where something throws, says for which program.</summary>
    public static Verdicts Of(IReadOnlyList<RandomProgram> programs)
    {
        try
        {
            return new Verdicts(programs);
        }
        catch (Exception) when (programs.Count > 1)
        {
            foreach (var program in programs)
            {
                Of([program]);
            }

            throw;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception}\n\nprogram {programs[0].Index}:\n{programs[0].Source(0)}", exception);
        }
    }

    /// <summary>The first error of the compiler, which counts before all others.</summary>
    public Diagnostic? CompilerError(int program) => _errors.GetValueOrDefault(program);

    /// <summary>The first error of E3Gen's.</summary>
    public Diagnostic? Error(int program) =>
        _analyzers[_trees[program]].Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Location.SourceSpan.Start).FirstOrDefault();

    /// <summary>Whether the analysis says of the module that it is proven.</summary>
    public bool IsProven(int program) => _analyzers[_trees[program]].Any(d => d.Id == Proven);

    /// <summary>Analyses. What is reported does not depend on generated code, whose compilation is most of the work.</summary>
    private static ImmutableArray<Diagnostic> Analyze(Compilation compilation)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var reported = compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return reported.FirstOrDefault(d => d.Id == "AD0001") is { } crash ? throw new InvalidOperationException("An analyzer threw: " + crash.GetMessage()) : reported;
    }

    /// <summary>What runs: the programs with checked operations, those with errors left out.</summary>
    private (byte[] Image, Dictionary<int, Diagnostic> Errors) Emit(CSharpCompilation output)
    {
        var compilation = output.AddReferences(MetadataReference.CreateFromFile(typeof(Checked).Assembly.Location));
        foreach (var tree in _trees)
        {
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(Checked.Run(tree.ToString()), ParseOptions, tree.FilePath));
        }

        var errors = new Dictionary<int, Diagnostic>();
        while (true)
        {
            using var image = new MemoryStream();
            var result = compilation.Emit(image);
            if (result.Success)
            {
                return (image.ToArray(), errors);
            }

            int known = errors.Count;
            foreach (var error in result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree is not null))
            {
                errors.TryAdd(NumberOf(error.Location.SourceTree!), error);
            }

            if (errors.Count == known || errors.ContainsKey(-1))
            {
                throw new InvalidOperationException("The programs do not compile:\n" + string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
            }

            compilation = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(t => errors.ContainsKey(NumberOf(t))));
        }
    }

    /// <summary>The program of a file, which the user's or the generator's may be; the number is in the name.</summary>
    private static int NumberOf(SyntaxTree tree) => Number().Match(Path.GetFileName(tree.FilePath)) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : -1;

    [GeneratedRegex(@"P(\d{4})")]
    private static partial Regex Number();
}

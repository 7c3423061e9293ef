using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using E3Gen.Generator;
using E3Gen.Generator.Analysis;
using E3Gen.Generator.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Tests.Support;

/// <summary>A user's project as an IDE holds it: sources, references, our generator and our analyzers.</summary>
internal static class EditedProject
{
    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        .. new[] { "TorchSharp", "E3Gen.Runtime", "E3Gen.Kernels", "E3Gen.Attributes", "E3Gen.Algebra" }
            .Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    public static Project Create(IEnumerable<string> sources)
    {
        var project = new AdhocWorkspace().AddProject("Sample", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp14))
            .WithMetadataReferences(References)
            .AddAnalyzerReference(new OurAnalyzers());
        foreach (string source in sources)
        {
            string name = $"File{project.DocumentIds.Count}.cs";
            project = project.AddDocument(name, SourceText.From(source), filePath: name).Project;
        }

        return project;
    }

    public static IEnumerable<string> Texts(Project project) => project.Documents.Select(d => d.GetTextAsync().Result.ToString());

    /// <summary>What our analyzers say, in the order of files and places.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync();
        var diagnostics = await compilation!
            .WithAnalyzers(project.AnalyzerReferences.Single().GetAnalyzers(LanguageNames.CSharp))
            .GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)];
    }

    public static async Task<IEnumerable<string>> ErrorsAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync();
        return compilation!.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());
    }

    private sealed class OurAnalyzers : AnalyzerReference
    {
        private readonly ImmutableArray<ISourceGenerator> _generators = [new E3GenGenerator().AsSourceGenerator()]; // the workspace tells generators apart by identity

        public override string FullPath => "E3Gen.Generator.dll";

        public override object Id => nameof(OurAnalyzers);

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [new DeclarationAnalyzer(), new FlowAnalyzer()];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => GetAnalyzers(LanguageNames.CSharp);

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => _generators;
    }
}

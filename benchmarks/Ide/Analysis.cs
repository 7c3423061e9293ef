using System.Collections.Immutable;
using E3Gen.Generator.Analysis;
using E3Gen.Generator.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Benchmarks.Ide;

/// <summary>How an IDE asks for diagnostics: of a document that is open, or of all of the project in the background.</summary>
internal static class Analysis
{
    public static ImmutableArray<DiagnosticAnalyzer> Ours { get; } = [new DeclarationAnalyzer(), new FlowAnalyzer(), new LiteralAnalyzer()];

    /// <summary>What the compiler charges for running any analyzer at all: it binds the code for itself.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> None { get; } = [new Nothing()];

    public static void Whole(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

    public static void Document(Compilation compilation, SyntaxTree tree, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var driver = compilation.WithAnalyzers(analyzers);
        driver.GetAnalyzerSyntaxDiagnosticsAsync(tree, default).GetAwaiter().GetResult();
        driver.GetAnalyzerSemanticDiagnosticsAsync(driver.Compilation.GetSemanticModel(tree), null, default).GetAwaiter().GetResult();
    }

    private sealed class Nothing : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule = new("NONE", "Nothing", "Nothing", "Nothing", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(_ => { }, SymbolKind.NamedType);
        }
    }
}

using System.Collections.Immutable;
using System.Reflection;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Proves method bodies: E3G04xx where a value reaches a place that states something else, anywhere; E3G05xx where a module, or a method
/// that states what it returns, is not equivariant or not proven to be.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FlowAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. new[] { typeof(FlowRules), typeof(EquivarianceRules) }.SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => (DiagnosticDescriptor)f.GetValue(null)!)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Callers of generated code rely on its annotations, too; only the output of our generator is covered by its own tests.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            if (!AnnotatedNames.MayBeIn(start.Compilation))
            {
                return;
            }

            // Not operation blocks: to offer one, the compiler would have to bind every body.
            var source = new Source(start.Compilation);
            var names = new AnnotatedNames(start.Compilation);
            start.RegisterCodeBlockAction(block => Proof.Of(block, source, names));
            start.RegisterSymbolAction(
                symbol => OverrideCheck.Report(symbol, source.Contracts, names), SymbolKind.Method, SymbolKind.Property);
            start.RegisterSymbolAction(symbol => OverrideCheck.ReportInherited(symbol, source.Contracts), SymbolKind.NamedType);
            start.RegisterSymbolAction(Waivers, SymbolKind.NamedType, SymbolKind.Method, SymbolKind.Property);
        });
    }

    /// <summary>Lists what is taken out of the proof.</summary>
    private static void Waivers(SymbolAnalysisContext context)
    {
        if (context.Symbol.Locations.FirstOrDefault() is { IsInSource: true } location
            && StatedContracts.OwnWaiver(context.Symbol) is { } reason)
        {
            context.ReportDiagnostic(Diagnostic.Create(EquivarianceRules.Assumed, location, $"'{context.Symbol.Name}', because: {reason}"));
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Potentials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Generator.Analysis;

/// <summary>Reports mistakes in declarations of modules and networks: E3G01xx, E3G02xx and E3G03xx. The rules themselves are in the parser, which the generator shares.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        .. Rules(typeof(IrrepsRules)),
        .. Rules(typeof(SelectionRules)),
        .. Rules(typeof(DeclarationRules)),
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.DeclaringSyntaxReferences.All(r => GeneratedTrees.IsOurs(r.SyntaxTree)))
        {
            return;
        }

        var attributes = type.GetAttributes();
        if (type.TypeKind != TypeKind.Class)
        {
            attributes = []; // our attributes are for classes: the compiler says so
        }

        bool isModule = attributes.Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass));
        bool isNetwork = attributes.Any(a => WellKnown.Is<MessagePassingNetworkAttribute>(a.AttributeClass));
        IEnumerable<Diagnostic> diagnostics =
        [
            .. isModule ? ModuleParser.Parse(type, context.Compilation, context.CancellationToken).Diagnostics : [],
            .. isNetwork ? NetworkParser.Parse(type, context.Compilation, context.CancellationToken).Diagnostics : [],
            .. type.TypeKind == TypeKind.Class && PotentialParser.Read(type, context.Compilation, context.CancellationToken) is { } potential ? potential.Diagnostics : [],
            .. AnnotationParser.Parse(type, isModule, context.Compilation, context.CancellationToken),
        ];

        // A constant that is used twice is wrong once.
        foreach (var same in diagnostics.GroupBy(d => (d.Id, d.Location, d.GetMessage(CultureInfo.InvariantCulture))))
        {
            context.ReportDiagnostic(same.First());
        }
    }

    private static IEnumerable<DiagnosticDescriptor> Rules(Type rules) =>
        rules.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (DiagnosticDescriptor)f.GetValue(null)!);
}

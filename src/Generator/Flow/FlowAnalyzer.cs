using System.Collections.Immutable;
using System.Reflection;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Follows irreps through method bodies: E3G04xx where a known value reaches a place that wants others, anywhere; E3G05xx where ordinary tensor code breaks equivariance,
/// in classes that are marked as equivariant.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FlowAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. new[] { typeof(FlowRules), typeof(EquivarianceRules) }.SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => (DiagnosticDescriptor)f.GetValue(null)!)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(typeof(IrrepsAttribute).FullName!) is null)
            {
                return;
            }

            var annotations = new Annotations(start.Compilation);
            start.RegisterOperationBlockAction(block => Analyze(block, annotations));
            start.RegisterSymbolAction(symbol => CheckOverride(symbol, annotations), SymbolKind.Method);
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, Annotations annotations)
    {
        if (context.OwningSymbol is not IMethodSymbol { ContainingType: { } type } method)
        {
            return;
        }

        bool isChecked = Annotations.IsChecked(type);
        foreach (var block in context.OperationBlocks.Where(b => b.Kind is OperationKind.Block or OperationKind.MethodBody))
        {
            if (isChecked || annotations.Result(method) is not null || Mentions(block, annotations))
            {
                new MethodFlow(annotations, isChecked, context.ReportDiagnostic, context.CancellationToken).Analyze(context.GetControlFlowGraph(block), method);
            }
        }
    }

    /// <summary>Whether a body outside of checked classes calls anything with stated irreps.</summary>
    private static bool Mentions(IOperation block, Annotations annotations) =>
        block.Descendants().OfType<IInvocationOperation>().Any(i => i.TargetMethod.Parameters.Any(p => annotations.Of(p) is not null));

    private static void CheckOverride(SymbolAnalysisContext context, Annotations annotations)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.OverriddenMethod is not { } overridden || method.Locations is not [var location, ..])
        {
            return;
        }

        void Compare(IrrepsValue? stated, IrrepsValue? wanted, string what, Location place)
        {
            if (stated is not null && wanted is not null && stated.Irreps != wanted.Irreps)
            {
                context.ReportDiagnostic(Diagnostic.Create(FlowRules.Override, place, what, stated, wanted, Difference.Describe(wanted.Irreps!, stated.Irreps!)));
            }
        }

        Compare(annotations.Result(method), annotations.Result(overridden), method.Name, location);
        for (int i = 0; i < Math.Min(method.Parameters.Length, overridden.Parameters.Length); i++)
        {
            Compare(annotations.Of(method.Parameters[i]), annotations.Of(overridden.Parameters[i]), method.Parameters[i].Name, method.Parameters[i].Locations[0]);
        }
    }
}

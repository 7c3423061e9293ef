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
            start.RegisterSymbolAction(symbol => OverrideCheck.Report(symbol, annotations), SymbolKind.Method, SymbolKind.Property);
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
            if (!isChecked && annotations.Result(method) is null && !Mentions(block, annotations))
            {
                continue;
            }

            var flow = new FlowContext(annotations, method, block, isChecked, context.ReportDiagnostic, context.CancellationToken);
            var entry = method.Parameters.Aggregate(FlowState.Empty, (state, p) => state.With(FlowState.Key(p), annotations.Of(p) ?? IrrepsValue.Unknown));
            new MethodFlow(flow, context.GetControlFlowGraph(block), method, []).Analyze(entry, FlowPurpose.Prove);
            flow.ReportVerdict();
        }
    }

    /// <summary>Whether a body outside of checked classes has a place that wants irreps: an annotated parameter or member.</summary>
    private static bool Mentions(IOperation block, Annotations annotations) => block.Descendants().Any(o => o switch
    {
        IInvocationOperation invocation => ModuleCall.Target(invocation).Parameters.Any(p => annotations.Of(p) is not null),
        IObjectCreationOperation { Constructor: { } constructor } => constructor.Parameters.Any(p => annotations.Of(p) is not null),
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member => annotations.Of(member.Member) is not null,
        ILocalFunctionOperation local => annotations.Result(local.Symbol) is not null,
        _ => false,
    });
}

using System.Collections.Immutable;
using System.Reflection;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
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
            if (!AnnotatedNames.MayBeIn(start.Compilation))
            {
                return;
            }

            // Not operation blocks: to offer one, the compiler would have to bind every body.
            var annotations = new Annotations(start.Compilation);
            var names = new AnnotatedNames(start.Compilation);
            start.RegisterCodeBlockAction(block => Analyze(block, annotations, names));
            start.RegisterSymbolAction(symbol => OverrideCheck.Report(symbol, annotations, names), SymbolKind.Method, SymbolKind.Property);
        });
    }

    private static void Analyze(CodeBlockAnalysisContext context, Annotations annotations, AnnotatedNames names)
    {
        if (context.OwningSymbol is not IMethodSymbol { ContainingType: { } type } method)
        {
            return;
        }

        bool isChecked = Annotations.IsChecked(type);
        if (!isChecked && !names.Contain(method) && !names.OccurIn(context.CodeBlock))
        {
            return;
        }

        var body = context.SemanticModel.GetOperation(context.CodeBlock, context.CancellationToken);
        if (body is null || !(isChecked || annotations.Result(method) is not null || Mentions(body, annotations)) || GraphOf(body, context.CancellationToken) is not { } graph)
        {
            return;
        }

        var flow = new FlowContext(annotations, method, body, isChecked, context.ReportDiagnostic, context.CancellationToken);
        var entry = method.Parameters.Aggregate(FlowState.Empty, (state, p) => state.With(FlowState.Key(p), annotations.Of(p) ?? IrrepsValue.Unknown));
        new MethodFlow(flow, graph, method, []).Analyze(entry, FlowPurpose.Prove);
        flow.ReportVerdict();
    }

    private static ControlFlowGraph? GraphOf(IOperation body, CancellationToken cancellation) => body switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellation),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellation),
        IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellation),
        _ => null,
    };

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

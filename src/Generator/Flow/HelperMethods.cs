using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Methods without annotations that are followed into, as local functions are: those of the same file that no override can replace. What is wrong in one for the values
/// that a call passes to it is reported at the call, for only there they are known.
/// </summary>
/// <param name="model">The file.</param>
internal sealed class HelperMethods(SemanticModel? model)
{
    private readonly Dictionary<ISymbol, ControlFlowGraph?> _graphs = new(SymbolEqualityComparer.Default);
    private readonly List<Outcome> _outcomes = [];

    /// <summary>What a call comes to; null where the method cannot be followed.</summary>
    public Outcome? Follow(FlowContext context, IMethodSymbol method, IReadOnlyList<IrrepsValue> arguments, IReadOnlyList<IMethodSymbol> callers)
    {
        if (!CanBeFollowed(method) || Graph(method, context) is not { } graph)
        {
            return null;
        }

        var outcome = _outcomes.FirstOrDefault(o => o.Depth == callers.Count && SymbolEqualityComparer.Default.Equals(o.Method, method) && o.Arguments.Zip(arguments, (a, b) => a.SameAs(b)).All(same => same));
        if (outcome is null)
        {
            var followed = Run(context, graph, method, arguments, context.IsChecked, callers, out var result);
            var alone = followed.Findings.Count == 0
                ? []
                : Run(context, graph, method, [.. arguments.Select(_ => IrrepsValue.Unknown)], Annotations.IsChecked(method.ContainingType), callers, out _).Findings;
            var wrong = followed.Findings.Where(f => !alone.Any(o => o.Rule == f.Rule && o.At == f.At)).ToLookup(f => f.Rule == EquivarianceRules.CannotVerify);
            outcome = new Outcome(method, arguments, callers.Count, result, [.. wrong[false]], followed.Doubted is not null || wrong[true].Any(), followed.Assumed);
            _outcomes.Add(outcome);
        }

        return outcome;
    }

    private FlowContext Run(
        FlowContext context, ControlFlowGraph graph, IMethodSymbol method, IReadOnlyList<IrrepsValue> arguments, bool isChecked, IReadOnlyList<IMethodSymbol> callers, out IrrepsValue result)
    {
        var inner = new FlowContext(context.Annotations, method, graph.OriginalOperation, isChecked, _ => { }, context.Cancellation, this);
        var entry = method.Parameters.Aggregate(FlowState.Empty, (state, p) => state.With(FlowState.Key(p), context.Annotations.Of(p) ?? arguments.ElementAtOrDefault(p.Ordinal) ?? IrrepsValue.Unknown));
        result = new MethodFlow(inner, graph, method, callers).Run(entry, FlowPurpose.Prove).Result;
        return inner;
    }

    private bool CanBeFollowed(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, IsAsync: false, IsAbstract: false, DeclaringSyntaxReferences: [var declaration] }
        && declaration.SyntaxTree == model?.SyntaxTree
        && (!(method.IsVirtual || method.IsOverride) || method.IsSealed || method.ContainingType.IsSealed)
        && (FlowTypes.IsTensor(method.ReturnType) || method.ReturnType.IsTupleType || method.ReturnType is IArrayTypeSymbol);

    private ControlFlowGraph? Graph(IMethodSymbol method, FlowContext context)
    {
        if (!_graphs.TryGetValue(method, out var graph))
        {
            var body = model!.GetOperation(method.DeclaringSyntaxReferences[0].GetSyntax(context.Cancellation), context.Cancellation) as IMethodBodyOperation;
            graph = body is { BlockBody: null, ExpressionBody: null } or null ? null : ControlFlowGraph.Create(body, context.Cancellation);
            _graphs.Add(method, graph);
        }

        return graph;
    }

    /// <summary>What a call of a helper comes to.</summary>
    /// <param name="Method">The helper.</param>
    /// <param name="Arguments">What is known of the arguments.</param>
    /// <param name="Depth">How many methods are being followed around it.</param>
    /// <param name="Result">What is known of the returned value.</param>
    /// <param name="Findings">What is wrong in it for these arguments, and is not wrong for all.</param>
    /// <param name="IsDoubtful">Whether something in it is not proven: what cannot be verified is no mistake, and not the caller's.</param>
    /// <param name="Assumed">Weights that it takes to be invariant.</param>
    internal sealed record Outcome(
        IMethodSymbol Method, IReadOnlyList<IrrepsValue> Arguments, int Depth, IrrepsValue Result, IReadOnlyList<Finding> Findings, bool IsDoubtful, IReadOnlyList<string> Assumed);
}

using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Functions that have no annotations: lambdas, local functions, helper methods, and those that Linq calls.</summary>
internal sealed partial class ExpressionTyper
{
    // Functions without annotations are followed into, but not deeper than this.
    private const int MaxDepth = 3;

    /// <summary>Notes what a delegate variable holds that is never assigned again.</summary>
    private void Hold(ISymbol variable, IOperation source)
    {
        if (FlowTypes.WithoutConversions(source) is IDelegateCreationOperation creation && _context.Variables.IsConstant(variable))
        {
            _context.Delegates[variable] = (_flow.Graph, creation.Target);
        }
    }

    private IrrepsValue InvokeDelegate(IInvocationOperation invocation)
    {
        var values = Arguments(invocation.Arguments, invocation.TargetMethod, invocation);
        return Apply(invocation.Instance, [.. InOrder(invocation.Arguments).Select(a => (a.Value, values[a]))], invocation, _purpose);
    }

    /// <summary>What a delegate yields: a lambda, a method, or a variable that holds one for good.</summary>
    private IrrepsValue Apply(IOperation? function, IReadOnlyList<(IOperation Operation, IrrepsValue Value)> arguments, IOperation call, FlowPurpose purpose)
    {
        var (graph, target) = (function is null ? null : FlowTypes.WithoutConversions(_flow.Captured.Resolve(function))) switch
        {
            IDelegateCreationOperation creation => (_flow.Graph, creation.Target),
            ILocalReferenceOperation local when _context.Delegates.TryGetValue(local.Local, out var held) => held,
            _ => (_flow.Graph, null),
        };
        IReadOnlyList<IrrepsValue> values = [.. arguments.Select(a => a.Value)];
        switch (target)
        {
            case IFlowAnonymousFunctionOperation lambda when _context.Annotations.Result(lambda.Symbol) is { } result:
                return result with { Origin = call.Syntax.GetLocation() };
            case IFlowAnonymousFunctionOperation lambda:
                return Follow(lambda.Symbol, () => graph.GetAnonymousFunctionControlFlowGraph(lambda, _context.Cancellation), values, purpose);
            case IMethodReferenceOperation { Method: var method }:
                foreach (var parameter in method.Parameters.Where(p => purpose != FlowPurpose.Values && p.Ordinal < arguments.Count))
                {
                    if (_context.Annotations.Of(parameter) is { } wanted)
                    {
                        Check(FlowRules.Argument, Annotations.NameOf(method), wanted, arguments[parameter.Ordinal].Value, arguments[parameter.Ordinal].Operation);
                    }
                }

                return _context.Annotations.Result(method) is { } returned ? returned with { Origin = call.Syntax.GetLocation() }
                    : FlowTypes.IsTorch(method) ? ModuleCall.Apply(_rules, method.Name, TensorOperations.Of(method.Name), [.. values.Select(Settle)], call.Syntax)
                    : Follow(method, values, call.Syntax, purpose) ?? IrrepsValue.Unknown;
            default:
                return IrrepsValue.Unknown;
        }
    }

    /// <summary>What a local function or a helper method yields for these arguments; null for any other.</summary>
    private IrrepsValue? Follow(IMethodSymbol method, IReadOnlyList<IrrepsValue> arguments, SyntaxNode at, FlowPurpose purpose)
    {
        method = method.OriginalDefinition;
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return _context.LocalFunctions.TryGetValue(method, out var graph)
                ? Follow(method, () => graph.GetLocalFunctionControlFlowGraph(method, _context.Cancellation), arguments, purpose)
                : IrrepsValue.Unknown;
        }

        if (!CanFollow(method) || _context.Helpers.Follow(_context, method, arguments, _flow.Callers) is not { } outcome)
        {
            return null;
        }

        foreach (var finding in purpose == FlowPurpose.Values ? [] : outcome.Findings)
        {
            Report(finding with { At = at, Origins = [finding.At.GetLocation(), .. finding.Origins] });
        }

        if (outcome.IsDoubtful && purpose == FlowPurpose.Prove)
        {
            Doubt(at);
        }

        foreach (string weights in purpose == FlowPurpose.Prove ? outcome.Assumed : [])
        {
            _context.Assume(weights);
        }

        return outcome.Result;
    }

    /// <summary>
    /// What a lambda or local function yields for these arguments: its body is followed with them. It sees the variables around it as they are at the call, since those
    /// that it writes itself are not followed at all.
    /// </summary>
    private IrrepsValue Follow(IMethodSymbol function, Func<ControlFlowGraph> graph, IReadOnlyList<IrrepsValue> arguments, FlowPurpose purpose)
    {
        if (!CanFollow(function) || function.IsAsync || !(FlowTypes.IsTensor(function.ReturnType) || function.ReturnType.IsTupleType || function.ReturnsVoid))
        {
            return IrrepsValue.Unknown;
        }

        var entry = function.Parameters.Aggregate(_state, (state, p) =>
            state.With(FlowState.Key(p), _context.Annotations.Of(p) ?? arguments.ElementAtOrDefault(p.Ordinal) ?? IrrepsValue.Unknown));
        return new MethodFlow(_context, graph(), function, _flow.Callers).Run(entry, purpose).Result;
    }

    private bool CanFollow(IMethodSymbol function) => _flow.Callers.Count <= MaxDepth && !_flow.Callers.Contains(function, SymbolEqualityComparer.Default);

    /// <summary>What functions of Linq yield that call others, or give on what they take; null for any other.</summary>
    private IrrepsValue? Linq(IInvocationOperation invocation, Dictionary<IArgumentOperation, IrrepsValue> values)
    {
        if (invocation.TargetMethod is not { ContainingType: { Name: nameof(Enumerable), ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } } } method
            || InOrder(invocation.Arguments) is not [var source, ..] arguments)
        {
            return null;
        }

        var sequence = values[source] as Group;
        return (method.Name, arguments) switch
        {
            (nameof(Enumerable.Aggregate), [_, { Value: var function }]) => Fold(sequence is { Elements: [var first, ..] } ? first : IrrepsValue.Unknown, function),
            (nameof(Enumerable.Aggregate), [_, var seed, { Value: var function }]) => Fold(values[seed], function),
            (nameof(Enumerable.Select), [_, { Value: var function }]) when sequence is not null =>
                new Group([.. sequence.Elements.Select(element => Apply(function, [(source.Value, element)], invocation, _purpose))]),
            (nameof(Enumerable.ToArray) or nameof(Enumerable.ToList) or nameof(Enumerable.AsEnumerable), [_]) => sequence,
            _ => null,
        };

        // A loop: whatever comes out goes in again.
        IrrepsValue Fold(IrrepsValue seed, IOperation function)
        {
            var element = sequence is { Elements.Length: > 0 } ? sequence.Elements.Aggregate(IrrepsValue.Join)! : IrrepsValue.Unknown;
            IrrepsValue before;
            do
            {
                before = seed;
                seed = IrrepsValue.Join(seed, Apply(function, [(invocation, seed), (source.Value, element)], invocation, FlowPurpose.Values));
            }
            while (!seed.SameAs(before));

            Apply(function, [(invocation, seed), (source.Value, element)], invocation, _purpose);
            return seed;
        }
    }

    private static IReadOnlyList<IArgumentOperation> InOrder(IEnumerable<IArgumentOperation> arguments) => [.. arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0)];
}

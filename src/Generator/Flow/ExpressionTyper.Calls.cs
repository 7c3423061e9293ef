using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Calls: of annotated methods and modules, of TorchSharp's operations, of lambdas and local functions.</summary>
internal sealed partial class ExpressionTyper
{
    // Functions without annotations are followed into, but not deeper than this.
    private const int MaxDepth = 3;

    private IrrepsValue Invoke(IInvocationOperation invocation)
    {
        if (invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
        {
            return InvokeDelegate(invocation);
        }

        var method = ModuleCall.Target(invocation);
        var instance = Type(invocation.Instance);
        var values = Arguments(invocation.Arguments, method, invocation);
        if (method is { Name: "AssumeIrreps", ContainingType.Name: "IrrepsAssumption" } && FlowTypes.IsRuntime(method))
        {
            return Assumed(invocation);
        }

        if (_context.Annotations.Result(method) is { } result)
        {
            return result with { Origin = invocation.Syntax.GetLocation() };
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return _context.LocalFunctions.TryGetValue(method.OriginalDefinition, out var graph)
                ? Follow(method.OriginalDefinition, () => graph.GetLocalFunctionControlFlowGraph(method.OriginalDefinition, _context.Cancellation), invocation.Arguments, values)
                : IrrepsValue.Unknown;
        }

        if (Passed(method.OriginalDefinition, method.OriginalDefinition.ReturnType, values) is { } passed)
        {
            return passed;
        }

        if (ModuleCall.IsModule(invocation))
        {
            return ModuleCall.Apply(_rules, invocation, [.. values.Select(v => Settle(v.Value))]);
        }

        if (FlowTypes.IsTorch(method))
        {
            return Torch(invocation, instance, values);
        }

        // Functions of E3Gen itself depend on their arguments only.
        return FlowTypes.IsRuntime(method) && FlowTypes.IsTensor(invocation.Type) && values.All(v => v.Value.IsInvariant || !FlowTypes.IsTensor(v.Key.Value.Type))
            ? new Invariant()
            : IrrepsValue.Unknown;
    }

    /// <summary>What is known of the arguments; each is checked against the irreps of its parameter.</summary>
    private Dictionary<IArgumentOperation, IrrepsValue> Arguments(IReadOnlyList<IArgumentOperation> arguments, IMethodSymbol? method, IOperation call)
    {
        var values = new Dictionary<IArgumentOperation, IrrepsValue>();
        foreach (var argument in arguments)
        {
            values[argument] = argument.Parameter?.RefKind == RefKind.Out ? IrrepsValue.Unknown : Type(argument.Value);
        }

        foreach (var argument in arguments.Where(a => a.Parameter is not null && method is not null && a.Parameter.Ordinal < method.Parameters.Length))
        {
            var parameter = method!.Parameters[argument.Parameter!.Ordinal];
            var wanted = _context.Annotations.Of(parameter);
            if (wanted is not null && parameter.RefKind != RefKind.Out)
            {
                Check(FlowRules.Argument, Annotations.NameOf(method), wanted, values[argument], argument.Value, _context.Annotations.IsWeights(parameter));
            }

            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                Assign(argument.Value, wanted is null ? IrrepsValue.Unknown : wanted with { Origin = call.Syntax.GetLocation() }, argument.Value);
            }
        }

        return values;
    }

    /// <summary>
    /// <c>T F&lt;T&gt;(T x)</c> knows nothing of tensors: it returns what it was given, as <c>scope.MoveToOuter(x)</c> does. Not so where T must be a tensor, or where a
    /// delegate or list of T is given too.
    /// </summary>
    private static IrrepsValue? Passed(IMethodSymbol method, ITypeSymbol returned, Dictionary<IArgumentOperation, IrrepsValue> values)
    {
        if (returned is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            var elements = tuple.TupleElements.Select(e => Passed(method, e.Type, values)).ToList();
            return elements.Contains(null) ? null : new Group([.. elements.Select(e => e!)]);
        }

        return returned is ITypeParameterSymbol { DeclaringMethod: not null } generic
            && generic.ConstraintTypes.All(t => t.TypeKind == TypeKind.Interface)
            && method.Parameters.Where(p => FlowTypes.Mentions(p.Type, generic)).ToList() is [{ RefKind: RefKind.None } given]
            && SymbolEqualityComparer.Default.Equals(given.Type, generic)
                ? values.FirstOrDefault(v => v.Key.Parameter?.Ordinal == given.Ordinal).Value
                : null;
    }

    private IrrepsValue Assumed(IInvocationOperation invocation)
    {
        string? text = invocation.Arguments.Select(a => a.Value.ConstantValue).FirstOrDefault(c => c is { HasValue: true, Value: string }).Value as string;
        return text is not null && Irreps.TryParse(text, out var assumed, out _) ? IrrepsValue.Of(assumed, invocation.Syntax.GetLocation()) : IrrepsValue.Unknown;
    }

    private IrrepsValue Torch(IInvocationOperation invocation, IrrepsValue instance, Dictionary<IArgumentOperation, IrrepsValue> values)
    {
        var call = new TensorCall(invocation, instance, values);
        bool array = invocation.Type is IArrayTypeSymbol { ElementType: var element } && FlowTypes.IsTensor(element);
        if (!FlowTypes.IsTensor(invocation.Type) && !array && invocation.Type is not { IsTupleType: true })
        {
            if (call.TakesNumbers)
            {
                TakeNumbers(call.X, invocation.Syntax);
            }

            return IrrepsValue.Unknown;
        }

        var result = _tensors.Apply(call);
        if (TensorOperations.IsInPlace(invocation.TargetMethod) && invocation.Instance is { } target)
        {
            Overwrite(target, instance, result, invocation);
        }
        else if (call.IsTrue("inplace"))
        {
            Overwrite(call.First, call.X, result, invocation);
        }

        return FlowTypes.IsTensor(invocation.Type) || result is Group ? result : IrrepsValue.Unknown;
    }

    /// <summary>A tensor gets other contents, under all its names; other names of the same memory are not followed.</summary>
    private void Overwrite(IOperation target, IrrepsValue before, IrrepsValue after, IInvocationOperation invocation)
    {
        if (!IsSettled(before) || !IsSettled(after))
        {
            Doubt(target.Syntax); // a part or another view of something whose irreps are known, maybe
        }

        if (after.SameAs(before))
        {
            return;
        }

        // Of what may be another name of it nothing is known any more.
        _state = (before, after) switch
        {
            (Known, Known) => FlowState.Empty,
            (Invariant or Nothing, Known { IsInvariant: false }) => _state.Without(value => value.IsInvariant),
            _ => _state,
        };
        Assign(target, after, invocation);

        static bool IsSettled(IrrepsValue value) => value is Known or Invariant or Nothing;
    }

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
        var instance = invocation.Instance is null ? null : FlowTypes.WithoutConversions(_flow.Captured.Resolve(invocation.Instance));
        var (graph, target) = instance switch
        {
            IDelegateCreationOperation creation => (_flow.Graph, creation.Target),
            ILocalReferenceOperation local when _context.Delegates.TryGetValue(local.Local, out var held) => held,
            _ => (_flow.Graph, null),
        };
        switch (target)
        {
            case IFlowAnonymousFunctionOperation lambda when _context.Annotations.Result(lambda.Symbol) is { } result:
                return result with { Origin = invocation.Syntax.GetLocation() };
            case IFlowAnonymousFunctionOperation lambda:
                return Follow(lambda.Symbol, () => graph.GetAnonymousFunctionControlFlowGraph(lambda, _context.Cancellation), invocation.Arguments, values);
            case IMethodReferenceOperation { Method: var method }:
                foreach (var argument in invocation.Arguments.Where(a => a.Parameter!.Ordinal < method.Parameters.Length))
                {
                    if (_context.Annotations.Of(method.Parameters[argument.Parameter!.Ordinal]) is { } wanted)
                    {
                        Check(FlowRules.Argument, Annotations.NameOf(method), wanted, values[argument], argument.Value);
                    }
                }

                return _context.Annotations.Result(method) is { } returned ? returned with { Origin = invocation.Syntax.GetLocation() } : IrrepsValue.Unknown;
            default:
                return IrrepsValue.Unknown;
        }
    }

    /// <summary>
    /// What a lambda or local function without annotations yields for these arguments: its body is followed with them. It sees the variables around it as they are at the
    /// call, since those that it writes itself are not followed at all.
    /// </summary>
    private IrrepsValue Follow(IMethodSymbol function, Func<ControlFlowGraph> graph, IReadOnlyList<IArgumentOperation> arguments, Dictionary<IArgumentOperation, IrrepsValue> values)
    {
        bool recursive = _flow.Callers.Contains(function, SymbolEqualityComparer.Default);
        if (recursive || _flow.Callers.Count > MaxDepth || function.IsAsync || !(FlowTypes.IsTensor(function.ReturnType) || function.ReturnType.IsTupleType || function.ReturnsVoid))
        {
            return IrrepsValue.Unknown;
        }

        var entry = _state;
        foreach (var argument in arguments.Where(a => a.Parameter is not null))
        {
            var parameter = function.Parameters[argument.Parameter!.Ordinal];
            IrrepsValue? stated = _context.Annotations.Of(parameter);
            entry = entry.With(FlowState.Key(parameter), stated ?? values[argument]);
        }

        return new MethodFlow(_context, graph(), function, _flow.Callers).Run(entry, _purpose).Result;
    }
}

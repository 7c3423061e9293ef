using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Calls: of annotated methods and modules, of TorchSharp's operations.</summary>
internal sealed partial class ExpressionTyper
{
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

        if (instance is Group && method is { Name: nameof(IEnumerable<int>.GetEnumerator), Parameters: [] })
        {
            return instance;
        }

        if (Passed(method.OriginalDefinition, method.OriginalDefinition.ReturnType, values) is { } passed)
        {
            return passed;
        }

        if (Follow(method, [.. InOrder(invocation.Arguments).Select(a => values[a])], invocation.Syntax, _purpose) is { } followed and not Unknown)
        {
            return followed;
        }

        if (Linq(invocation, values) is { } sequence)
        {
            return sequence;
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
}

using System.Collections.Immutable;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Calls.</summary>
internal sealed partial class Machine
{
    private const int MostDeep = 24;

    private Value Invoke(IInvocationOperation invocation)
    {
        switch (LeftOut.Is(invocation.TargetMethod))
        {
            case true:
                return Value.Null;
            case null:
                var before = Reached;
                Called(invocation);
                Reached = before is null ? null : Merge(before, Reached, invocation.Syntax);
                return Value.Null;
            default:
                return Called(invocation);
        }
    }

    private Value Called(IInvocationOperation invocation)
    {
        // An extension may take its receiver by reference: then that is a place, too, and given back first.
        var receiver = HasRefReceiver(invocation.TargetMethod) && invocation.Instance is { } written ? Place(written) : null;
        var instance = receiver is not null ? Read(receiver) : invocation.Instance is null ? null : Evaluate(invocation.Instance);
        var (arguments, places) = Arguments(invocation.Arguments, invocation.TargetMethod.Parameters.Length);
        if (receiver is not null)
        {
            places.Add((Receiver, receiver));
        }

        if (Reached is null)
        {
            return Value.Null;
        }

        instance = instance is null ? null : Look(instance);
        var sources = Sources(invocation.Arguments, invocation.TargetMethod.Parameters.Length);
        _outs.Clear();
        bool isShared = !FlowTypes.IsFramework(invocation.TargetMethod)
            && places.Any(p => IsShared(p.Place.Operation, places.Select(q => q.Place.Operation)));
        var result = isShared
            ? NotFollowed(invocation, instance, arguments, "gets a variable by reference that others see, too, which is not followed")
            : Dispatch(invocation, instance, [.. arguments.Select(Look)], sources);
        var outs = _outs.ToDictionary(o => o.Key, o => o.Value);
        foreach (var place in places)
        {
            Assign(
                place.Place,
                outs.TryGetValue(place.Ordinal, out var value)
                    ? value
                    : NotKnown(invocation, "may assign its reference arguments, which is not followed", null),
                invocation);
        }

        return Look(result);
    }

    private Value Dispatch(
        IInvocationOperation invocation, Value? instance, ImmutableArray<Value> arguments, IReadOnlyList<IOperation?> sources)
    {
        var method = invocation.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            // What the type of the delegate states is wanted of arguments, whatever code it runs; of the result only that code tells.
            _ = _source.Contracts.States(method) ? Argued(method, arguments, invocation, sources) : null;
            return instance is Function function
                ? Call(function, arguments, invocation, sources)
                : NotFollowed(invocation, instance, arguments, "is a delegate whose code is not known");
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return Call(new Function(method, _source.Body(method), LocalFrame(method), null), arguments, invocation, sources);
        }

        if (method is { Name: Assumption.Method, ContainingType.Name: "IrrepsAssumption" } && FlowTypes.IsRuntime(method))
        {
            return Assume(arguments[0], sources.ElementAtOrDefault(1), invocation);
        }

        if (Linq(invocation, arguments) is { } sequence)
        {
            return sequence;
        }

        if (instance is Function target && method.Name == "Invoke")
        {
            return Call(target, arguments, invocation, sources);
        }

        return Call(method, instance, arguments, invocation, sources, invocation);
    }

    /// <summary>A call of a method, operator or accessor, whose arguments were evaluated.</summary>
    private Value Call(
        IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?> sources,
            IInvocationOperation? invocation = null)
    {
        _site = at.Syntax;
        if (method.Name == "RegisterComponents" && WellKnown.IsGenerated(method))
        {
            return Value.Null; // what is registered is what fields hold already
        }

        if (State.Content(instance ?? Value.Null) is OneOf choice)
        {
            if (method.Name is "call" or "forward" && method.MethodKind == MethodKind.Ordinary)
            {
                return CallEach(choice, module => Call(method, module, arguments, at, sources), at);
            }

            instance = Common(instance);
        }

        bool isBaseCall =
            invocation?.Instance is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };
        if (!isBaseCall && ModuleCalls.IsOfTorch(method))
        {
            var module = ModuleType(instance, invocation);
            if (method.Name == "call" && State.Content(instance ?? Value.Null) is not Made && _source.Modules.MayBeHooked(module?.Type))
            {
                return NotFollowed(at, instance, arguments, Hooks);
            }

            // Who derives from a class may implement TorchSharp's interfaces in another way.
            bool isCertain = module is { IsExact: true } || method.ContainingType.TypeKind == TypeKind.Class;
            if (isCertain && ModuleCalls.Forward(method, module?.Type) is { } forward && !FlowTypes.IsTorch(forward)
                && !FlowTypes.IsRuntime(forward))
            {
                method = forward;
            }
        }

        if (instance is This { IsExact: true } exact && (method.IsVirtual || method.IsOverride || method.IsAbstract) && !isBaseCall)
        {
            method = MostDerived(method, exact.Type) ?? method;
        }

        if (method.Name == "EdgeVectors" && FlowTypes.IsGraph(method.ContainingType) && IsFixedGraph(instance))
        {
            return NoShifts(at, "takes the edge vectors of");
        }

        if (_source.Contracts.States(method))
        {
            return Trust(method, instance, arguments, at, sources);
        }

        if (FlowTypes.IsTorch(method))
        {
            return Torch(method, instance, arguments, at, sources);
        }

        if (FlowTypes.IsRuntime(method))
        {
            return RuntimeRules.Apply(new TorchCall(this, method, "", instance, arguments, at, sources))
                ?? NotFollowed(at, instance, arguments, $"is not known: what '{method.Name}' does is not in the table");
        }

        if (Bcl.OnlyReads(method) && method.ReturnsVoid)
        {
            // What an object of the user's does by a method of an interface, or to be written as text, is its own affair.
            var own = arguments.Append(instance ?? Value.Null).Where(v => v is This or Function || State.Content(v) is Instance).ToList();
            if (own.Count > 0 && method.Name is not ("KeepAlive" or "ThrowIfNull"))
            {
                return NotFollowed(at, null, [.. own], "may call what an object of yours does, which is not followed");
            }

            return method.Name.StartsWith("ThrowIf", StringComparison.Ordinal)
                ? arguments.FirstOrDefault(a => a is Unknown) ?? Values.Value.Null
                : Values.Value.Null;
        }

        if (instance is Unknown || arguments.FirstOrDefault(a => a is Unknown) is Unknown && !_source.CanFollow(method, instance))
        {
            // Plain objects that can be changed would hold it, and go on counting as plain.
            if (arguments.FirstOrDefault(a => a is Unknown) is Unknown kept && Keeps(method, instance, arguments, sources))
            {
                Effect(kept);
            }

            return NotFollowed(at, instance, arguments, "is a call that is not followed");
        }

        if (_source.IsMistaken(method))
        {
            var mistake = Reasons.NotFollowed(Here(at.Syntax), "is an operation that is not declared as it must be");
            var mistaken = new Unknown(mistake with { IsReportedElsewhere = true });
            HandOver(arguments, at.Syntax, mistaken.Because[0]);
            return mistaken;
        }

        if (MathFunctions.Apply(method, arguments) is { } number)
        {
            return number;
        }

        if (CollectionCall(method, instance, arguments, at) is { } collection)
        {
            return collection;
        }

        if (StatedContracts.Waived(method) is null
            && (_source.CanFollow(method, instance) || (isBaseCall && _source.CanFollow(method, new This(method.ContainingType, true)))))
        {
            return Follow(method, instance, arguments, at);
        }

        if (method.Name == "AsSpan" && FlowTypes.IsFramework(method) && arguments is [Reference span])
        {
            return span;
        }

        // A method that returns nothing is there for what it does to its arguments, and one that returns a
        // collection may give out a part of them.
        if ((method.ReturnsVoid || Elements.ElementOf(method.ReturnType) is not null) && FlowTypes.IsFramework(method)
            && !Bcl.OnlyReads(method) && (instance is Reference || arguments.Any(a => a is Reference or Function)))
        {
            return NotFollowed(at, instance, arguments, "changes what it is given, which is not followed");
        }

        if (FlowTypes.IsFramework(method) && Bcl.IsDeterministic(method) && (instance is null or Data)
            && arguments.All(a => a is Data or IndexItem || IsInvariant(a)) && (method.ReturnsVoid || FlowTypes.IsPlain(method.ReturnType)))
        {
            return Value.Plain;
        }

        if (Bcl.OnlyReads(method))
        {
            return method.ReturnsVoid ? Value.Null : Plain(at, arguments);
        }

        return NotFollowed(at, instance, arguments, StatedContracts.Waived(method) is null
            ? $"is a call that is not followed: '{method.Name}' {WhyNotFollowed(method)}"
            : $"is a call that is not followed: '{method.Name}' is marked with [AssumeEquivariant] but states no irreps of its result");
    }

    private string WhyNotFollowed(IMethodSymbol method) => _source.Body(method) is null
        ? "has no source here"
        : "may be replaced by an override, or is asynchronous or an iterator";

    /// <summary>
    /// Whether a call that is not followed gets a plain object that it may change: an array, a list,
    /// any other that is no number, text or type.
    /// </summary>
    private static bool Keeps(IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IReadOnlyList<IOperation?> sources) =>
        (instance is Data && method.ContainingType is { IsReferenceType: true, SpecialType: not SpecialType.System_String }
            && !method.IsStatic)
        || method.Parameters.Any(p => arguments.ElementAtOrDefault(p.Ordinal) is Data { IsNull: false }
            && MayChange(p.Type, sources.ElementAtOrDefault(p.Ordinal)));

    private static bool MayChange(ITypeSymbol parameter, IOperation? source)
    {
        while (source is IConversionOperation { Operand.Type: not null } conversion)
        {
            source = conversion.Operand; // a number that is given as an object is a copy
        }

        var type = source?.Type ?? parameter;
        return Elements.ElementOf(type) is not null
            || (type is { IsReferenceType: true, TypeKind: not TypeKind.Delegate, SpecialType: not SpecialType.System_String }
                and { Name: not ("Type" or "Version" or "Irreps" or "Graph") }
                && source is not { ConstantValue.HasValue: true });
    }

    /// <summary>The class of the module that is called.</summary>
    private (INamedTypeSymbol Type, bool IsExact)? ModuleType(Value? instance, IInvocationOperation? invocation) => instance switch
    {
        This self => (self.Type, self.IsExact),
        _ when State.Content(instance ?? Value.Null) is Instance known => (known.Type, true),
        _ when invocation?.Instance?.Type is ITypeParameterSymbol parameter =>
            parameter.ConstraintTypes.OfType<INamedTypeSymbol>().FirstOrDefault(t => t.TypeKind == TypeKind.Class) is { } constraint
                ? (constraint, false)
                : null,
        _ => invocation?.Instance?.Type is INamedTypeSymbol named ? (named, named.IsSealed) : null,
    };

    private static IMethodSymbol? MostDerived(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            foreach (var candidate in t.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                for (var m = candidate; m is not null; m = m.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method.OriginalDefinition))
                    {
                        return candidate;
                    }
                }
            }
        }

        return null;
    }

    private Value? ThisOf(IMethodSymbol method, Value? instance, IOperation at) =>
        method.IsStatic ? null : at is IInvocationOperation { Instance: IInstanceReferenceOperation } ? ThisObject()
        : instance is This { IsExact: true } exact ? exact
        : new This(method.ContainingType, method.ContainingType.IsSealed);
}

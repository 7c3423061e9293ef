using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
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
        var instance = invocation.Instance is null ? null : Evaluate(invocation.Instance);
        var (arguments, places) = Arguments(invocation.Arguments, invocation.TargetMethod.Parameters.Length);
        if (Reached is null)
        {
            return Value.Null;
        }

        instance = instance is null ? null : Look(instance);
        var sources = Sources(invocation.Arguments, invocation.TargetMethod.Parameters.Length);
        _outs.Clear();
        bool isShared = !FlowTypes.InNamespace(invocation.TargetMethod, "System") && places.Any(p => IsShared(p.Place.Operation, places.Select(q => q.Place.Operation)));
        var result = isShared
            ? NotFollowed(invocation, instance, arguments, "gets a variable by reference that others see, too, which is not followed")
            : Dispatch(invocation, instance, [.. arguments.Select(Look)], sources);
        var outs = _outs.ToDictionary(o => o.Key, o => o.Value);
        foreach (var place in places)
        {
            Assign(
                place.Place,
                outs.TryGetValue(place.Ordinal, out var value) ? value : NotKnown(invocation, "may assign its reference arguments, which is not followed", null),
                invocation);
        }

        return Look(result);
    }

    /// <summary>Whether what is given by reference has another name, too: of a field, of a captured variable, or twice.</summary>
    private bool IsShared(IOperation place, IEnumerable<IOperation> all) =>
        place is IMemberReferenceOperation { Instance: null or not IParameterReferenceOperation } or IArrayElementReferenceOperation
        || (place is ILocalReferenceOperation or IParameterReferenceOperation && (IsCaptured(place) || all.Count(p => SameVariable(p, place)) > 1));

    private static bool SameVariable(IOperation a, IOperation b) => (a, b) switch
    {
        (ILocalReferenceOperation x, ILocalReferenceOperation y) => SymbolEqualityComparer.Default.Equals(x.Local, y.Local),
        (IParameterReferenceOperation x, IParameterReferenceOperation y) => SymbolEqualityComparer.Default.Equals(x.Parameter, y.Parameter),
        _ => false,
    };

    /// <summary>Whether a lambda or local function uses a variable of the method around it.</summary>
    private bool IsCaptured(IOperation variable)
    {
        var symbol = variable switch { ILocalReferenceOperation local => (ISymbol)local.Local, IParameterReferenceOperation parameter => parameter.Parameter, _ => null };
        return symbol is not null && _source.Body(_frame.Method) is { } body
            && body.Descendants().Where(o => o is IAnonymousFunctionOperation or ILocalFunctionOperation).SelectMany(f => f.Descendants())
                .Any(o => o is ILocalReferenceOperation l && SymbolEqualityComparer.Default.Equals(l.Local, symbol) || o is IParameterReferenceOperation p && SymbolEqualityComparer.Default.Equals(p.Parameter, symbol));
    }

    private readonly Dictionary<int, Value> _outs = [];

    /// <summary>Evaluates arguments in the order that they are written in; those by reference are places that are assigned afterwards.</summary>
    private (ImmutableArray<Value> Values, List<(int Ordinal, Target Place)> Places) Arguments(ImmutableArray<IArgumentOperation> arguments, int count)
    {
        var values = new Value[count];
        var places = new List<(int, Target)>();
        foreach (var argument in arguments)
        {
            int ordinal = argument.Parameter?.Ordinal ?? 0;
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                var place = Place(argument.Value);
                places.Add((ordinal, place));
                values[ordinal] = argument.Parameter.RefKind == RefKind.Out ? Value.Null : Read(place);
            }
            else
            {
                values[ordinal] = Evaluate(argument.Value);
                if (argument.Parameter?.RefKind is RefKind.In or RefKind.RefReadOnlyParameter && IsCaptured(argument.Value))
                {
                    values[ordinal] = NotKnown(argument.Value, "is given by reference, and a function sees it too, which is not followed");
                }
            }
        }

        return ([.. values.Select(v => v ?? Value.Null)], places);
    }

    private static IReadOnlyList<IOperation?> Sources(ImmutableArray<IArgumentOperation> arguments, int count)
    {
        var sources = new IOperation?[count];
        foreach (var argument in arguments)
        {
            sources[argument.Parameter?.Ordinal ?? 0] = argument.ArgumentKind == ArgumentKind.DefaultValue ? null : argument.Value;
        }

        return sources;
    }

    private Value Dispatch(IInvocationOperation invocation, Value? instance, ImmutableArray<Value> arguments, IReadOnlyList<IOperation?> sources)
    {
        var method = invocation.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            // What the type of the delegate states is wanted of arguments, whatever code it runs; of the result only that code tells.
            _ = _source.Contracts.States(method) ? Argued(method, arguments, invocation, sources) : null;
            return instance is Function function ? Call(function, arguments, invocation, sources) : NotFollowed(invocation, instance, arguments, "is a delegate whose code is not known");
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return Call(new Function(method, _source.Body(method), LocalFrame(method), null), arguments, invocation, sources);
        }

        if (method is { Name: Assumption.Method, ContainingType.Name: "IrrepsAssumption" })
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
        IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?> sources, IInvocationOperation? invocation = null)
    {
        _site = at.Syntax;
        bool isBaseCall = invocation?.Instance is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };
        if (invocation is not null && !isBaseCall && ModuleType(instance, invocation) is { } module && ModuleCalls.Forward(invocation, module.Type) is { } forward)
        {
            if (!FlowTypes.IsTorch(forward) && !FlowTypes.IsRuntime(forward))
            {
                method = forward;
                instance = instance is This ? new This(module.Type, module.IsExact) : instance;
            }
        }

        if (instance is This { IsExact: true } exact && (method.IsVirtual || method.IsOverride || method.IsAbstract) && !isBaseCall)
        {
            method = MostDerived(method, exact.Type) ?? method;
        }

        if (_source.Contracts.States(method))
        {
            return Trust(method, arguments, at, sources);
        }

        if (FlowTypes.IsTorch(method))
        {
            return Torch(method, instance, arguments, at, sources);
        }

        if (FlowTypes.IsRuntime(method))
        {
            return RuntimeRules.Apply(new TorchCall(this, method, "", instance, arguments, at, sources)) ?? NotFollowed(at, instance, arguments, $"is not known: what '{method.Name}' does is not in the table");
        }

        if (Bcl.OnlyReads(method) && method.ReturnsVoid)
        {
            return method.Name.StartsWith("ThrowIf", StringComparison.Ordinal) ? arguments.FirstOrDefault(a => a is Unknown) ?? Values.Value.Null : Values.Value.Null;
        }

        if (instance is Unknown || arguments.FirstOrDefault(a => a is Unknown) is Unknown && !_source.CanFollow(method, instance))
        {
            // Plain objects that can be changed would hold it, and go on counting as plain.
            bool isKept = (instance is Data && method.ContainingType is { IsReferenceType: true, SpecialType: not SpecialType.System_String } && !method.IsStatic)
                || method.Parameters.Any(p => Elements.ElementOf(p.Type) is not null && arguments.ElementAtOrDefault(p.Ordinal) is Data);
            if (isKept && arguments.FirstOrDefault(a => a is Unknown) is Unknown kept)
            {
                Effect(kept);
            }

            return NotFollowed(at, instance, arguments, "is a call that is not followed");
        }

        if (_source.IsMistaken(method))
        {
            var mistaken = new Unknown(Reasons.NotFollowed(Here(at.Syntax), "is an operation that is not declared as it must be") with { IsReportedElsewhere = true });
            HandOver(arguments, at.Syntax, mistaken.Because[0]);
            return mistaken;
        }

        if (CollectionCall(method, instance, arguments, at) is { } collection)
        {
            return collection;
        }

        if (StatedContracts.Waived(method) is null && (_source.CanFollow(method, instance) || (isBaseCall && _source.CanFollow(method, new This(method.ContainingType, true)))))
        {
            return Follow(method, instance, arguments, at);
        }

        if (method.Name == "AsSpan" && arguments is [Reference span])
        {
            return span;
        }

        // A method that returns nothing is there for what it does to its arguments, and one that returns a collection may give out a part of them.
        if ((method.ReturnsVoid || Elements.ElementOf(method.ReturnType) is not null) && FlowTypes.InNamespace(method, "System") && !Bcl.OnlyReads(method) && (instance is Reference || arguments.Any(a => a is Reference or Function)))
        {
            return NotFollowed(at, instance, arguments, "changes what it is given, which is not followed");
        }

        if (FlowTypes.InNamespace(method, "System") && Bcl.IsDeterministic(method.ContainingType) && (instance is null or Data) && arguments.All(a => a is Data or IndexItem || IsInvariant(a)) && (method.ReturnsVoid || FlowTypes.IsPlain(method.ReturnType)))
        {
            return Value.Plain;
        }

        if (Bcl.OnlyReads(method))
        {
            return method.ReturnsVoid ? Value.Null : Plain(at, arguments);
        }

        return NotFollowed(at, instance, arguments, StatedContracts.Waived(method) is null
            ? $"is a call that is not followed: '{method.Name}' {(_source.Body(method) is null ? "has no source here" : "may be replaced by an override, or is asynchronous or an iterator")}"
            : $"is a call that is not followed: '{method.Name}' is marked with [AssumeEquivariant] but states no irreps of its result");
    }

    /// <summary>The class of the module that is called.</summary>
    private (INamedTypeSymbol Type, bool IsExact)? ModuleType(Value? instance, IInvocationOperation invocation) => instance switch
    {
        This self => (self.Type, self.IsExact),
        _ when State.Content(instance ?? Value.Null) is Instance known => (known.Type, true),
        _ when invocation.Instance?.Type is ITypeParameterSymbol parameter => parameter.ConstraintTypes.OfType<INamedTypeSymbol>().FirstOrDefault(t => t.TypeKind == TypeKind.Class) is { } constraint ? (constraint, false) : null,
        _ => invocation.Instance?.Type is INamedTypeSymbol named ? (named, named.IsSealed) : null,
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

    /// <summary>Nothing is known of what a call yields, nor of what it does to the objects that it gets.</summary>
    private Value NotFollowed(IOperation at, Value? instance, ImmutableArray<Value> arguments, string why)
    {
        var given = arguments.Concat(instance is null ? [] : [instance]).ToList();
        var cause = given.Select(Look).OfType<Unknown>().FirstOrDefault();
        var finding = NotKnown(Reasons.NotFollowed(at.Syntax, why));
        var before = FlowTypes.IsTensor(at.Type) && given.Select(Tensor).OfType<TensorValue>().ToList() is [var only] ? only.Irreps : null;
        var result = cause ?? new Unknown(finding.Because[0] with { Before = before });
        HandOver(given, at.Syntax, result.Because[0]);
        return result;
    }

    /// <summary>A call of something that states what it takes and yields: its body is checked where it stands.</summary>
    private Value Trust(IMethodSymbol method, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?> sources)
    {
        bool isOperation = _source.Contracts.Operation(method) is not null;
        string name = StatedContracts.NameOf(method);
        var unknown = Argued(method, arguments, at, sources);
        if (StatedContracts.Waived(method) is { } reason)
        {
            Assume(at, $"'{name}', which is marked with [AssumeEquivariant]: {reason}");
        }

        var result = _source.Contracts.Result(method);
        foreach (var parameter in method.Parameters.Where(p => p.RefKind is RefKind.Out or RefKind.Ref))
        {
            _outs[parameter.Ordinal] = unknown is null && _source.Contracts.Of(parameter) is { } stated ? Promised(stated, parameter.Type, [TensorValue.Outside])
                : FlowTypes.IsPlain(parameter.Type) && unknown is null ? Value.Plain
                : unknown ?? (Value)NotKnown(at, $"gives '{parameter.Name}', of which nothing is stated", null);
        }

        if (!isOperation)
        {
            State = State.Escape(State.Reachable(arguments));
        }

        bool isFollowed = unknown is null && result is null && !method.ReturnsVoid && !FlowTypes.IsRuntime(method) && _source.CanFollow(method, null) && !method.IsAbstract;
        if (!isOperation && !isFollowed)
        {
            // It may have changed what it was given, as far as what it states allows: numbers of invariants, and whatever objects hold.
            Changed(arguments.Where((_, n) => n >= method.Parameters.Length || !FlowTypes.IsTensor(method.Parameters[n].Type) || MayBeWritten(_source.Contracts.Of(method.Parameters[n]))).Concat(at is IInvocationOperation { Instance: { } receiver } && receiver is not IInstanceReferenceOperation && Symbol(receiver) is { } variable && State.Variable(_frame, variable) is { } held ? [held] : []), at.Syntax);
        }

        if (unknown is not null && !isOperation)
        {
            Effect(unknown); // its body relies on what it states
        }

        if (unknown is not null)
        {
            if (!isOperation)
            {
                HandOver(arguments, at.Syntax, unknown.Because[0]);
            }

            return method.ReturnsVoid ? Value.Null : unknown;
        }

        if (method.ReturnsVoid)
        {
            return Value.Null;
        }

        if (result is null && FlowTypes.IsRuntime(method))
        {
            return RuntimeRules.Apply(new TorchCall(this, method, "", null, arguments, at, sources)) ?? NotKnown(at, $"is not known: what '{name}' does is not in the table");
        }

        if (result is null)
        {
            return _source.CanFollow(method, null) && !method.IsAbstract ? Follow(method, ThisOf(method, at), arguments, at)
                : FlowTypes.IsPlain(method.ReturnType) ? Value.Plain
                : NotKnown(at, $"is what '{name}' returns, of which nothing is stated", "state it there with [return: Irreps(\"…\")]");
        }

        if (isOperation)
        {
            _site = at.Syntax;
            var first = Tensor(Look(arguments[0]));
            var rows = first is { Axes.Length: > 0 } x && x.Axes.Take(x.Axes.Length - 1).All(a => !a.Turns) ? x.Axes.RemoveAt(x.Axes.Length - 1) : [];
            return New(Carrying(result.Irreps, rows) with { HasMoreInFront = first is null || first.HasMoreInFront || first.Axes.Length == 0 });
        }

        var memory = arguments.Select(Look).Select(Tensor).OfType<TensorValue>().SelectMany(t => t.Memory).Append(TensorValue.Outside).Distinct().OrderBy(m => m);
        return Promised(result, method.ReturnType, [.. memory]);
    }

    /// <summary>Checks the arguments of something that states what it takes.</summary>
    /// <returns>Why the result is not known, where an argument is not proven to be what is stated.</returns>
    private Unknown? Argued(IMethodSymbol method, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?> sources)
    {
        string name = StatedContracts.NameOf(method);
        Unknown? unknown = null;
        for (int i = 0; i < Math.Min(arguments.Length, method.Parameters.Length); i++)
        {
            var parameter = method.Parameters[i];
            var argument = Look(arguments[i]);
            if (parameter.RefKind == RefKind.Out)
            {
                continue;
            }

            var source = sources.ElementAtOrDefault(i) is { } given ? Unwrapped(given) : at;
            if (argument is Unknown before)
            {
                unknown = unknown is null ? before : Values.Unknown.Both(unknown, before);
            }
            else if ((_source.Contracts.Of(parameter) ?? _source.Inferred(parameter)) is { } contract)
            {
                var known = Effects.ToList();
                Check(contract, argument, FlowRules.Argument, name, source, parameter);
                if (Effects.Count > known.Count)
                {
                    // An argument that is not proven makes the result unknown; it is an effect only if that matters.
                    unknown = new Unknown([.. Effects.Skip(known.Count)]);
                    Effects.RemoveRange(known.Count, Effects.Count - known.Count);
                }
            }
            else if (!IsInvariant(argument))
            {
                var finding = WhyUnknown(argument) ?? (argument is Function ? null : NotKnown(Reasons.NotFollowed(
                    source.Syntax, $"depends on the frame, but '{name}' states nothing about '{parameter.Name}'", "state it there with [Irreps(\"…\")]")));
                unknown = finding is null || unknown is not null ? unknown ?? finding : finding;
            }
        }

        return unknown;
    }

    /// <summary>Whether a method may write to an argument and still keep what it states: numbers of invariants are exchanged for others, vectors are not.</summary>
    private static bool MayBeWritten(Contract? contract) => contract is not { Kind: ContractKind.Irreps or ContractKind.Positions } || contract.Irreps.IsScalar;

    private static ISymbol? Symbol(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>Objects that a method may have changed which keeps what it states: invariants have other numbers, and of what objects hold nothing is known.</summary>
    private void Changed(IEnumerable<Value> values, SyntaxNode at)
    {
        var objects = State.Objects;
        foreach (int id in State.Reachable(values))
        {
            if (objects.TryGetValue(id, out var content))
            {
                objects = objects.SetItem(id, content switch
                {
                    TensorValue { IsInvariant: true } tensor => tensor with { IsZero = false, IsBound = true, Identity = _numbers.Next(), Axes = [.. tensor.Axes.Select(a => a with { Runs = default })] },
                    Sequence or Map or Instance => new Lost(Reasons.NotFollowed(Here(at), "may be changed by the method that it was passed to")),
                    _ => content,
                });
            }
        }

        State = State.With(objects);
    }

    private Value? ThisOf(IMethodSymbol method, IOperation at) =>
        method.IsStatic ? null : at is IInvocationOperation { Instance: IInstanceReferenceOperation } ? ThisObject() : new This(method.ContainingType, method.ContainingType.IsSealed);

    /// <summary>Runs the body of a method.</summary>
    private Value Follow(IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        if (_frame.Follows(method) || _frame.Depth >= MostDeep)
        {
            return NotFollowed(at, instance, arguments, _frame.Follows(method) ? "calls itself; recursion is not followed" : "is called too deep to be followed");
        }

        // The body knows the parameters of the declaration, not of its constructions.
        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        var frame = new Frame(method, _numbers.Next(), null, instance, at.Syntax, _frame);
        return Run(frame, _source.Body(method)!, method.Parameters, arguments, instance, at);
    }

    /// <summary>Calls a delegate.</summary>
    /// <param name="function">Its code.</param>
    /// <param name="arguments">What it gets.</param>
    /// <param name="at">The call.</param>
    /// <param name="sources">The expressions of the arguments; null where they are not written there, as in calls by Linq.</param>
    private Value Call(Function function, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?>? sources = null)
    {
        if (function.Body is null)
        {
            return Call(function.Method, function.Instance, arguments, at, sources ?? [.. arguments.Select(_ => (IOperation?)null)]);
        }

        if (_frame.Follows(function.Method) || _frame.Depth >= MostDeep || function.Method.IsAsync)
        {
            return NotFollowed(at, function, arguments, _frame.Follows(function.Method) ? "calls itself; recursion is not followed" : function.Method.IsAsync ? "runs asynchronously, which is not followed" : "is called too deep to be followed");
        }

        // What a local function or lambda states is checked on both sides, here and at its returns.
        for (int i = 0; i < Math.Min(arguments.Length, function.Method.Parameters.Length); i++)
        {
            if (_source.Contracts.Of(function.Method.Parameters[i]) is { } contract)
            {
                if (Look(arguments[i]) is not Unknown)
                {
                    Check(contract, arguments[i], FlowRules.Argument, StatedContracts.NameOf(function.Method), sources?.ElementAtOrDefault(i) is { } source ? Unwrapped(source) : at, function.Method.Parameters[i]);
                }
            }
        }

        var method = function.Method.OriginalDefinition;
        var frame = new Frame(method, _numbers.Next(), function.Frame, null, at.Syntax, _frame);
        return Run(frame, function.Body, method.Parameters, arguments, function, at);
    }

    private Value Run(Frame frame, IOperation body, ImmutableArray<IParameterSymbol> parameters, ImmutableArray<Value> arguments, Value? instance, IOperation at)
    {
        var before = State;
        var (caller, jumps, returned, path, site) = (_frame, _jumps, _returned, _path, _site);
        (_frame, _jumps, _returned, _path) = (frame, new(SymbolEqualityComparer.Default), null, Path(path, at.Syntax));
        Value? result = null;
        try
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                Assign(parameters[i], i < arguments.Length ? arguments[i] : Value.Null);
            }

            if (frame.Method.ContainingType?.ExtensionParameter is { } receiver && frame.Instance is { } extended)
            {
                Assign(receiver, extended); // of an extension member
            }

            Execute(body);
            State? after = Reached;
            result = Value.Null;
            if (_returned is { } value)
            {
                (after, result) = after is null ? (value.State, value.Value) : (Merge(after, value.State, at.Syntax), value.Value);
            }

            Reached = after;
            if (Reached is not null)
            {
                _outs.Clear();
                foreach (var parameter in parameters.Where(p => p.RefKind is RefKind.Ref or RefKind.Out))
                {
                    _outs[parameter.Ordinal] = State.Variable(frame, parameter) ?? Value.Null;
                }

                if (!body.Descendants().Any(o => o is IAnonymousFunctionOperation or ILocalFunctionOperation))
                {
                    State = State.Without(frame);
                }
            }
        }
        catch (NotFollowedException exception)
        {
            // Whatever the method had reached, it may have done anything to.
            Reached = before;
            (_frame, _jumps, _returned, _path) = (caller, jumps, returned, path);
            LoseAll(at.Syntax);
            var unknown = NotKnown(exception.Because with { At = Here(at.Syntax) });
            Effect(unknown);
            return unknown;
        }
        finally
        {
            (_frame, _jumps, _returned, _path, _site) = (caller, jumps, returned, path, site);
        }

        return result ?? Value.Null;
    }

    /// <summary>x.AssumeIrreps("…"): the result is what is said, and somebody vouches for it.</summary>
    private Value Assume(Value x, IOperation? irreps, IInvocationOperation at)
    {
        if (irreps?.ConstantValue is not { HasValue: true, Value: string text } || !Irreps.TryParse(text, out var parsed, out _))
        {
            return NotKnown(at, "assumes irreps that are not constant", "write the irreps as a constant string");
        }

        Assume(at, $"that '{ExpressionText.Of(((IArgumentOperation)at.Arguments[0]).Value.Syntax)}' is {parsed}");
        // What is known to be something else cannot be assumed away.
        var tensor = Tensor(x);
        var assumed = new Contract(ContractKind.Irreps, parsed, null, IsWidthChecked: true);
        if (tensor is { Written: null } && assumed.Broken(tensor) is { IsMistake: true } broken)
        {
            Mismatch(new Finding(FlowRules.Argument, Unwrapped(at.Arguments[0].Value).Syntax, Assumption.Method, parsed.ToString(), ExpressionText.Of(at.Arguments[0].Value.Syntax), tensor.ToString(), broken.Why));
        }

        // Where the number of axes is not known, it is what hand-written code states by default: [rows, irreps].
        bool isKnown = tensor is { Axes.Length: > 0, Written: null } && tensor.Axes.Take(tensor.Axes.Length - 1).All(a => !a.Turns);
        return New(Carrying(parsed, isKnown ? tensor!.Axes.RemoveAt(tensor.Axes.Length - 1) : [Axis.Plain(Fresh())]) with
        {
            HasMoreInFront = isKnown && tensor!.HasMoreInFront,
            Memory = [.. (tensor?.Memory ?? []).Append(TensorValue.Outside).Distinct().OrderBy(m => m)],
        });
    }

    private void Assume(IOperation at, string what)
    {
        var assumed = new Assumed(Here(at.Syntax), what);
        if (!Assumptions.Contains(assumed))
        {
            Assumptions.Add(assumed);
        }
    }

    private Value Create(IObjectCreationOperation creation)
    {
        var (arguments, places) = Arguments(creation.Arguments, creation.Constructor?.Parameters.Length ?? 0);
        if (Reached is null || creation.Type is not INamedTypeSymbol type || creation.Constructor is not { } constructor)
        {
            return NotKnown(creation, "is an object that is not followed");
        }

        _site = creation.Syntax;
        if (places.Count > 0)
        {
            HandOver(arguments, creation.Syntax);
            return NotKnown(creation, "takes arguments by reference, which is not followed");
        }

        var value = Create(type, constructor, [.. arguments.Select(Look)], creation, Sources(creation.Arguments, constructor.Parameters.Length));
        if (creation.Initializer is not null)
        {
            Initialize(value, creation.Initializer);
        }

        return value;
    }

    private void Initialize(Value value, IObjectOrCollectionInitializerOperation initializer)
    {
        _initialized.Push(value);
        foreach (var item in initializer.Initializers)
        {
            switch (item)
            {
                case IMemberInitializerOperation member:
                    Initialize(Look(Evaluate(member.InitializedMember)), member.Initializer);
                    break;
                default:
                    Evaluate(item);
                    break;
            }
        }

        _initialized.Pop();
    }

    private Value Create(INamedTypeSymbol type, IMethodSymbol constructor, ImmutableArray<Value> arguments, IObjectCreationOperation at, IReadOnlyList<IOperation?> sources)
    {
        if (_source.Contracts.States(constructor))
        {
            Trust(constructor, arguments, at, sources);
        }

        if (NewCollection(type, constructor, arguments) is { } collection)
        {
            return collection;
        }

        if (FlowTypes.IsTensor(type))
        {
            // new Parameter(data): the tensor itself, as a leaf of its own.
            return arguments.FirstOrDefault() is Unknown before ? before
                : Tensor(arguments.FirstOrDefault() ?? Value.Null) is { } data
                ? data.IsInvariant ? New(data with { Memory = [] }) : NotKnown(at, $"makes a parameter of {data}; parameters are invariant, or a fixed direction would be learnt")
                : NotKnown(at, "is a tensor that is not followed");
        }

        if (FlowTypes.InNamespace(type, "TorchSharp") || type.ContainingAssembly?.Name == "E3Gen.Runtime")
        {
            if (type is { Name: "ModuleList" or "ModuleDict" } && arguments.All(a => a is Data || State.Content(a) is Sequence))
            {
                return arguments is [var list] && State.Content(list) is Sequence ? list : New(new Sequence([]));
            }

            if (type.Name is "Scalar" or "Device")
            {
                return arguments.FirstOrDefault(a => a is Unknown) ?? arguments.FirstOrDefault() ?? Value.Plain;
            }

            return arguments.FirstOrDefault(a => a is Unknown) ?? New(new Made(
                type, constructor.Parameters.ToImmutableDictionary(p => p.Name, p => arguments.ElementAtOrDefault(p.Ordinal) ?? Value.Null), Parts(arguments)));
        }

        if (arguments.Any(a => a is Function) && type.DeclaringSyntaxReferences.IsEmpty)
        {
            return NotFollowed(at, null, arguments, "makes an object of a function, which is not followed");
        }

        if (FlowTypes.IsPlain(type) || Bcl.IsException(type))
        {
            return arguments.FirstOrDefault(a => a is Unknown) ?? (arguments.All(IsInvariant) ? Value.Plain : NotKnown(at, "is made of a tensor that depends on the frame"));
        }

        if (FlowTypes.IsModule(type))
        {
            return arguments.All(IsInvariant) ? new This(type, true) : NotFollowed(at, null, arguments, "makes a module of values that depend on the frame");
        }

        return type is { TypeKind: TypeKind.Class or TypeKind.Struct } && type.DeclaringSyntaxReferences.Length > 0 && (type.TypeKind == TypeKind.Class || type.IsReadOnly)
            ? CreateInstance(type, constructor, arguments, at)
            : NotFollowed(at, null, arguments, "makes an object that is not followed");
    }

    /// <summary>The modules that are put together by a call: as arguments, in tuples with their names, in arrays.</summary>
    private ImmutableArray<Value> Parts(IEnumerable<Value> arguments) =>
    [
        .. arguments.SelectMany(a => State.Content(a) switch
        {
            Sequence { IsListed: true } sequence => sequence.Elements,
            _ => [a],
        }).Select(p => p is Group { Elements: [_, var module] } ? module : p).Where(p => State.Content(p) is Made || p is This),
    ];

    /// <summary>An object of a class of the user's: initialisers and constructor are followed.</summary>
    private Value CreateInstance(INamedTypeSymbol type, IMethodSymbol constructor, ImmutableArray<Value> arguments, IOperation at)
    {
        bool isChained = constructor.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.ConstructorDeclarationSyntax { Initializer: not null });
        if (isChained || type.BaseType is { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType } || _frame.Depth >= MostDeep || _frame.Follows(constructor))
        {
            return NotFollowed(at, null, arguments, "makes an object of a derived class, which is not followed");
        }

        var fields = ImmutableDictionary<ISymbol, Value>.Empty.WithComparers(SymbolEqualityComparer.Default);
        foreach (var parameter in constructor.Parameters)
        {
            // A primary constructor's parameters are seen by all members; of a record they are properties.
            var held = arguments.ElementAtOrDefault(parameter.Ordinal) ?? Value.Null;
            fields = fields.SetItem(parameter.OriginalDefinition, held);
            if (type.IsRecord && type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
            {
                fields = fields.SetItem(property.OriginalDefinition, held);
            }
        }

        var instance = New(new Instance(type, fields));
        foreach (var member in type.GetMembers().Where(m => !m.IsStatic && m is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol { IsIndexer: false }))
        {
            var initializer = member.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).Select(s => s switch
            {
                Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
                Microsoft.CodeAnalysis.CSharp.Syntax.PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
                _ => null,
            }).FirstOrDefault(v => v is not null);
            if (initializer is not null && _source.Operation(initializer) is { } operation)
            {
                var frame = new Frame(constructor, _numbers.Next(), null, instance, at.Syntax, _frame);
                var caller = _frame;
                _frame = frame;
                foreach (var parameter in constructor.Parameters)
                {
                    Assign(parameter, arguments.ElementAtOrDefault(parameter.Ordinal) ?? Value.Null);
                }

                var value = Evaluate(operation);
                _frame = caller;
                if (State.Content(instance) is Instance made)
                {
                    State = State.With(((Reference)instance).Id, made with { Fields = made.Fields.SetItem(member.OriginalDefinition, value) });
                }
            }
        }

        if (_source.Body(constructor) is { } body)
        {
            Run(new Frame(constructor, _numbers.Next(), null, instance, at.Syntax, _frame), body, constructor.Parameters, arguments, instance, at);
        }

        return instance;
    }
}

using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Fields, and what members hold that nobody has assigned since the object was made.</summary>
internal sealed partial class Machine
{
    private readonly Dictionary<
        (Construction Construction, int Which), Dictionary<ISymbol, (Value Value, ImmutableDictionary<int, Content> Objects)>>
        _constants = [];

    /// <summary>Members whose initial values are being computed.</summary>
    private readonly Stack<(ISymbol Member, SyntaxNode Value)> _initial = new();

    private Value Field(IFieldReferenceOperation reference) =>
        Field(reference, reference.Instance is null ? null : Look(Evaluate(reference.Instance)));

    private Value Field(IFieldReferenceOperation reference, Value? instance)
    {
        instance = Common(instance);
        var field = reference.Field;
        if (field.ContainingType.IsTupleType && instance is not null)
        {
            return instance is Group group && ElementIndex(field) is { } index && index < group.Elements.Length
                ? Look(group.Elements[index])
                : instance is Data or Unknown ? instance
                : NotKnown(reference, "is an element of a tuple that is not followed");
        }

        if (FlowTypes.IsTorch(field))
        {
            return TorchConstant(field.Name, field.ContainingType, reference);
        }

        return Member(field, instance, reference);
    }

    /// <summary>What a field, or a property that the compiler writes, holds.</summary>
    private Value Member(ISymbol member, Value? instance, IOperation at)
    {
        var type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        if (_source.Contracts.Of(member) is { } contract)
        {
            AssumeMember(member, at);
            return Promised(contract, type, [TensorValue.Outside], at.Syntax.GetLocation());
        }

        if (instance is Unknown)
        {
            return instance;
        }

        if (instance is not null && State.Content(instance) is Instance known)
        {
            return known.Fields.TryGetValue(member.OriginalDefinition, out var held)
                ? Look(held)
                : NotKnown(at, "is a member whose value is not followed");
        }

        if (instance is Data)
        {
            return FlowTypes.IsPlain(type) ? Value.Plain : NotKnown(at, "is a member whose value is not followed");
        }

        if (instance is not null and not This)
        {
            return NotKnown(at, "is a member of an object that is not followed");
        }

        var construction = instance is This { IsExact: true } exact
            ? exact.Construction ?? Construction.Any(exact.Type)
            : Construction.Any(member.ContainingType);
        return FromConstruction(member, type, construction, (instance as This)?.Which ?? 0, at);
    }

    /// <summary>
    /// What the construction of an object put into a member: constant for every later call, however that call's arguments are rotated.
    /// Where other code of the class assigns it, it may hold anything.
    /// </summary>
    private Value FromConstruction(ISymbol member, ITypeSymbol type, Construction construction, int which, IOperation at)
    {
        if (member is IFieldSymbol { IsConst: true })
        {
            return Value.Plain;
        }

        if (FlowTypes.IsTensor(type) && !TrustsNumbers)
        {
            return NotKnown(at, "is data of which nothing is known");
        }

        var definition = member.OriginalDefinition;
        var constants = _constants.TryGetValue((construction, which), out var found)
            ? found
            : _constants[(construction, which)] = new(SymbolEqualityComparer.Default);
        if (which != This.Any && constants.TryGetValue(definition, out var known))
        {
            // Another path may not have come by here before.
            foreach (var made in known.Objects.Where(o => !State.Objects.ContainsKey(o.Key)))
            {
                State = State.With(made.Key, made.Value).Escape([made.Key]);
            }

            return Look(known.Value);
        }

        if (definition.DeclaringSyntaxReferences.IsEmpty)
        {
            return FlowTypes.IsPlain(type) && (member as IFieldSymbol)?.IsReadOnly != false
                ? PlainBefore(type, at)
                : NotKnown(at, "is a member whose source is not here; state it with [Irreps(\"…\")] or [Invariant] there");
        }

        if (Source.IsOpen(definition) is not false and var open)
        {
            // Code that is not followed may have put anything there, also a function or a flag that other code was proven without.
            return FlowTypes.IsPlain(type) ? PlainBefore(type, at)
                : open is null ? Before(type, at)
                : NotKnown(at, "can be assigned from outside, so that it may hold anything",
                    "state it with [Irreps(\"…\")] or [Invariant], or let nobody else assign it");
        }

        if (_source.Initial(definition) is not { } initial)
        {
            return NotKnown(at, "is assigned outside of the constructors, so that it may hold anything",
                "state it with [Irreps(\"…\")] or [Invariant]");
        }

        // What it holds is known where the constructors can be followed, or one expression makes it,
        // and nothing else is done to it than to read it.
        Value? value = !member.IsStatic && initial.IsByConstructors ? FromConstructors(definition, type, construction) : null;
        if (value is null && initial is { IsUnderstood: true, Values: [var only] }
            && Settled.IsCertain(_source, definition, only.Value, only.Constructor) && !IsLater(definition, only.Value)
            && (FlowTypes.IsTensor(type) || FlowTypes.IsGraph(type) || FlowTypes.IsBasis(type) || IsImmutable(type) || type.TypeKind == TypeKind.Delegate
                || _source.IsOnlyRead(definition)))
        {
            _initial.Push((definition, only.Value));
            value = Construct(only.Value, only.Constructor);
            _initial.Pop();
            value = type.TypeKind != TypeKind.Delegate || (value is Function { Body: not null } function && IsClosed(function))
                ? value
                : null;
        }

        bool isChangedElsewhere = value is not null && FlowTypes.IsModule(type) && State.Content(value) is Sequence or Map
            && _source.Modules.MayBeChanged(type);
        value = value is null or Unknown || isChangedElsewhere ? Before(type, at) : value;
        Settle([value]);
        if (FlowTypes.IsTensor(type) && Tensor(value) is not { IsInvariant: true })
        {
            value = New(Anything() with { Memory = [TensorValue.Outside] });
        }

        if (which != 0 && !member.IsStatic)
        {
            // Several objects may have been made in the same way.
            value = value is This part && which != This.Any ? part with { Which = _numbers.Next() } : Copy(value, at);
        }

        var reachable = State.Reachable([value]);
        State = State.Escape(reachable);
        constants[definition] = (value, State.Objects.Where(o => reachable.Contains(o.Key)).ToImmutableDictionary());
        return value;
    }

    /// <summary>
    /// Whether a member is initialised after the one whose initial value reads it: then that reads what is there before, which is nothing.
    /// </summary>
    private bool IsLater(ISymbol member, SyntaxNode value) =>
        _initial.Any(i => SymbolEqualityComparer.Default.Equals(i.Member.ContainingType, member.ContainingType)
            && (i.Value.SyntaxTree != value.SyntaxTree || i.Value.SpanStart <= value.SpanStart));

    /// <summary>
    /// Tensors made by a construction: training, or any holder of the object, may have changed their numbers since, so zeros
    /// are no longer known to be zeros; their shapes stay, unless some code reshapes tensors in place.
    /// </summary>
    private void Settle(IEnumerable<Value> values)
    {
        foreach (int id in State.Reachable(values))
        {
            if (State.Objects.TryGetValue(id, out var content) && content is TensorValue tensor)
            {
                State = State.With(id, (_source.Reshapes ? Anything() : tensor) with
                {
                    IsZero = false,
                    Numbers = tensor.Numbers,
                    IsBound = true,
                    Identity = _numbers.Next(),
                    Memory = [TensorValue.Outside],
                    Axes = [.. tensor.Axes.Select(a => a with { Runs = default })],
                });
            }
        }
    }

    /// <summary>Evaluates what a constructor or initialiser assigns, without any argument of the method that is analysed.</summary>
    private Value? Construct(SyntaxNode value, IMethodSymbol? constructor)
    {
        if (_source.Operation(value) is not { } operation || Reached is not { } state || _frame.Depth > MostDeep)
        {
            return null;
        }

        var (frame, jumps, returned, path, assumptions) = (_frame, _jumps, _returned, _path, Assumptions.Count);
        int effects = Effects.Count, mismatches = Mismatches.Count;
        _constructing++;
        try
        {
            _frame = new Frame(constructor ?? frame.Method, _numbers.Next(), null, null, null, frame);
            (_jumps, _returned) = (new(SymbolEqualityComparer.Default), null);
            _path = Path(path, value);
            if (constructor is not null)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    Assign(parameter, Before(parameter.Type, operation));
                }
            }

            var result = Look(Evaluate(operation));
            if (Tensor(result) is { } tensor && !tensor.Memory.Contains(TensorValue.Outside))
            {
                State = State.With(((Reference)result).Id, tensor with { Memory = [TensorValue.Outside] });
            }

            return result;
        }
        catch (NotFollowedException)
        {
            Reached = state;
            return null;
        }
        finally
        {
            _constructing--;
            if (!operation.DescendantsAndSelf().Any(o => o is IAnonymousFunctionOperation))
            {
                State = State.Without(_frame);
            }

            (_frame, _jumps, _returned, _path) = (frame, jumps, returned, path);
            Effects.RemoveRange(effects, Effects.Count - effects);
            Mismatches.RemoveRange(mismatches, Mismatches.Count - mismatches);
            Assumptions.RemoveRange(assumptions, Assumptions.Count - assumptions);
            Reached ??= state;
        }
    }

    /// <summary>
    /// What is known of a value of this type that was there before the call: it does not depend on the frame,
    /// since it was made before one was chosen.
    /// </summary>
    private Value Before(ITypeSymbol type, IOperation at)
    {
        if (FlowTypes.IsTensor(type) && !TrustsNumbers)
        {
            return NotKnown(at, "is data of which nothing is known");
        }

        if (FlowTypes.IsTensor(type))
        {
            return New(Anything() with { Memory = [TensorValue.Outside] });
        }

        if (FlowTypes.IsPlain(type))
        {
            return PlainBefore(type, at);
        }

        if (Elements.ElementOf(type) is { } element)
        {
            return New(new Sequence([], Before(element, at)));
        }

        return type switch
        {
            INamedTypeSymbol { TypeKind: TypeKind.Delegate or TypeKind.Interface } => NotKnown(at, "is a value of which nothing is known"),
            INamedTypeSymbol { IsAbstract: true } or INamedTypeSymbol { Name: "Module" } =>
                NotKnown(at, "is a value of which nothing is known"),
            INamedTypeSymbol named when FlowTypes.IsTorchSharps(named) => MadeModule(named, at),
            INamedTypeSymbol { TypeKind: TypeKind.Class } named when named.ContainingAssembly?.Name == "E3Gen.Runtime" =>
                MadeModule(named, at),
            INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } named =>
                new This(named, named.IsSealed, Which: _numbers.Next()),
            _ => NotKnown(at, "is a value of which nothing is known"),
        };
    }

    /// <summary>
    /// Numbers, texts and flags are the same in every frame. So are the edges of a graph, but its shifts rotate with the frame, except those
    /// of a graph made before the call: whether it has any is not known.
    /// </summary>
    private Value PlainBefore(ITypeSymbol type, IOperation at) =>
        FlowTypes.IsGraph(type) ? New(new Made(type, ImmutableDictionary<string, Value>.Empty, []))
        : FlowTypes.HoldsGraphs(type) ? NotKnown(at, "holds graphs that were made before the call", "pass them to the method")
        : Value.Plain;

    /// <summary>Whether a value is a graph whose shifts, if it has any, do not turn with the frame.</summary>
    private bool IsFixedGraph(Value? value) =>
        value is not null && State.Content(value) is Made { Type: var type } && FlowTypes.IsGraph(type);

    private Unknown NoShifts(IOperation at, string what) =>
        NotKnown(at, $"{what} a graph that was made before the call: its shifts, if it has any, do not turn with the frame",
            "pass the graph to the method");

    private Value MadeModule(INamedTypeSymbol type, IOperation at) =>
        type is { Name: "ModuleList" or "ModuleDict", TypeArguments: [var element] }
            ? New(new Sequence([], Before(element, at)))
            : New(new Made(type, ImmutableDictionary<string, Value>.Empty, []));

    /// <summary>A parameter of a primary constructor, read in another member: a field.</summary>
    private Value PrimaryParameter(IParameterSymbol parameter, IOperation at)
    {
        if (_source.Contracts.Of(parameter) is { } contract)
        {
            return Promised(contract, parameter.Type, [TensorValue.Outside], at.Syntax.GetLocation());
        }

        if (ThisObject() is { } instance && State.Content(instance) is Instance known)
        {
            return known.Fields.TryGetValue(parameter.OriginalDefinition, out var held)
                ? Look(held)
                : NotKnown(at, "has a value that is not followed");
        }

        if (_source.Initial(parameter) is null)
        {
            return NotKnown(at, "is assigned, so that it may hold anything", "state it with [Irreps(\"…\")] or [Invariant]");
        }

        var made = IsImmutable(parameter.Type) && ThisObject() is This { Construction: { } construction }
            ? FromConstructors(parameter.OriginalDefinition, parameter.Type, construction)
            : null;
        return made ?? Before(parameter.Type, at);
    }
}

using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Fields and properties.</summary>
internal sealed partial class Machine
{
    private readonly Dictionary<ISymbol, (Value Value, ImmutableDictionary<int, Content> Objects)> _constants = new(SymbolEqualityComparer.Default);

    private Value Field(IFieldReferenceOperation reference) => Field(reference, reference.Instance is null ? null : Look(Evaluate(reference.Instance)));

    private Value Field(IFieldReferenceOperation reference, Value? instance)
    {
        var field = reference.Field;
        if (field.ContainingType.IsTupleType && instance is not null)
        {
            return instance is Group group && ElementIndex(field) is { } index && index < group.Elements.Length ? Look(group.Elements[index])
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
            return Promised(contract, type, [TensorValue.Outside], at.Syntax.GetLocation());
        }

        if (instance is Unknown)
        {
            return instance;
        }

        if (instance is not null && State.Content(instance) is Instance known)
        {
            return known.Fields.TryGetValue(member.OriginalDefinition, out var held) ? Look(held) : NotKnown(at, "is a member whose value is not followed");
        }

        if (instance is Data)
        {
            return FlowTypes.IsPlain(type) ? Value.Plain : NotKnown(at, "is a member whose value is not followed");
        }

        if (instance is not null and not This)
        {
            return NotKnown(at, "is a member of an object that is not followed");
        }

        return FromConstruction(member, type, at);
    }

    /// <summary>
    /// What the construction of an object put into a member: constant for every later call, however that call's arguments are rotated. Where other code of the class
    /// assigns it, it may hold anything.
    /// </summary>
    private Value FromConstruction(ISymbol member, ITypeSymbol type, IOperation at)
    {
        if (member is IFieldSymbol { IsConst: true })
        {
            return Value.Plain;
        }

        var definition = member.OriginalDefinition;
        if (_constants.TryGetValue(definition, out var known))
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
            return FlowTypes.IsPlain(type) && (member as IFieldSymbol)?.IsReadOnly != false ? Value.Plain : NotKnown(at, "is a member whose source is not here; state it with [Irreps(\"…\")] or [Invariant] there");
        }

        if (Source.IsOpen(definition) is not false and var open)
        {
            // Code that is not followed may have put anything there, also a function or a flag that other code was proven without.
            return FlowTypes.IsPlain(type) ? Value.Plain
                : open is null ? Before(type, at)
                : NotKnown(at, "can be assigned from outside, so that it may hold anything", "state it with [Irreps(\"…\")] or [Invariant], or let nobody else assign it");
        }

        if (_source.Initial(definition) is not { } initial)
        {
            return NotKnown(at, "is assigned outside of the constructors, so that it may hold anything", "state it with [Irreps(\"…\")] or [Invariant]");
        }

        // Objects of the construction are seen by whoever sees the object: what is written to them is an effect.
        if (FlowTypes.IsModule(type) && member.ContainingType is { } owner && _source.HasHooks(owner))
        {
            return NotKnown(at, "is a module of a class that hangs hooks on modules, which are not followed");
        }

        // What it holds is known where one expression makes it, and nothing else is done to it than to read it.
        bool isSingle = initial is [var only] && Source.IsUnconditional(only.Value, only.Constructor);
        bool isExact = isSingle && (FlowTypes.IsTensor(type) || (FlowTypes.IsPlain(type) && Elements.ElementOf(type) is null && type.IsValueType) || _source.IsOnlyRead(definition));
        Value? value = isExact ? Construct(initial[0].Value, initial[0].Constructor) : null;
        value = value is null or Unknown ? Before(type, at) : value;
        Settle([value]);
        if (FlowTypes.IsTensor(type) && Tensor(value) is not { IsInvariant: true })
        {
            value = New(Anything() with { Memory = [TensorValue.Outside] });
        }

        var reachable = State.Reachable([value]);
        State = State.Escape(reachable);
        _constants[definition] = (value, State.Objects.Where(o => reachable.Contains(o.Key)).ToImmutableDictionary());
        return value;
    }

    /// <summary>Tensors that were made by a construction: training, or whoever holds the object, may have changed their numbers since, so that zeros are zeros no more.</summary>
    private void Settle(IEnumerable<Value> values)
    {
        foreach (int id in State.Reachable(values))
        {
            if (State.Objects.TryGetValue(id, out var content) && content is TensorValue tensor)
            {
                State = State.With(id, tensor with { IsZero = false, IsBound = true, Identity = _numbers.Next(), Memory = [TensorValue.Outside], Axes = [.. tensor.Axes.Select(a => a with { Runs = default })] });
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
            (_frame, _jumps, _returned, _path) = (frame, jumps, returned, path);
            Effects.RemoveRange(effects, Effects.Count - effects);
            Mismatches.RemoveRange(mismatches, Mismatches.Count - mismatches);
            Assumptions.RemoveRange(assumptions, Assumptions.Count - assumptions);
            Reached ??= state;
        }
    }

    /// <summary>What is known of a value of this type that was there before the call: it does not depend on the frame, since it was made before one was chosen.</summary>
    private Value Before(ITypeSymbol type, IOperation at)
    {
        if (FlowTypes.IsTensor(type) && !TrustsNumbers)
        {
            return NotKnown(at, "is data of which nothing is known");
        }

        if (FlowTypes.IsTensor(type))
        {
            return New(Anything() with { Memory = [TensorValue.Outside], Numbers = type.Name == "Parameter" ? NumberKind.Float : NumberKind.Unknown });
        }

        if (FlowTypes.IsPlain(type))
        {
            return Value.Plain;
        }

        if (Elements.ElementOf(type) is { } element)
        {
            return New(new Sequence([], Before(element, at)));
        }

        return type switch
        {
            INamedTypeSymbol { TypeKind: TypeKind.Delegate or TypeKind.Interface } => NotKnown(at, "is a value of which nothing is known"),
            INamedTypeSymbol { IsAbstract: true } or INamedTypeSymbol { Name: "Module" } => NotKnown(at, "is a value of which nothing is known"),
            INamedTypeSymbol named when FlowTypes.InNamespace(named, "TorchSharp") => MadeModule(named),
            INamedTypeSymbol { TypeKind: TypeKind.Class } named when named.ContainingAssembly?.Name == "E3Gen.Runtime" => MadeModule(named),
            INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } named => new This(named, named.IsSealed),
            _ => NotKnown(at, "is a value of which nothing is known"),
        };
    }

    private Value MadeModule(INamedTypeSymbol type) =>
        type is { Name: "ModuleList" or "ModuleDict", TypeArguments: [var element] } ? New(new Sequence([], Before(element, null!))) : New(new Made(type, ImmutableDictionary<string, Value>.Empty, []));

    /// <summary>A parameter of a primary constructor, read in another member: a field.</summary>
    private Value PrimaryParameter(IParameterSymbol parameter, IOperation at)
    {
        if (_source.Contracts.Of(parameter) is { } contract)
        {
            return Promised(contract, parameter.Type, [TensorValue.Outside], at.Syntax.GetLocation());
        }

        if (ThisObject() is { } instance && State.Content(instance) is Instance known)
        {
            return known.Fields.TryGetValue(parameter.OriginalDefinition, out var held) ? Look(held) : NotKnown(at, "has a value that is not followed");
        }

        return _source.Initial(parameter) is null
            ? NotKnown(at, "is assigned, so that it may hold anything", "state it with [Irreps(\"…\")] or [Invariant]")
            : Before(parameter.Type, at);
    }

    private Value Property(IPropertyReferenceOperation reference) => Property(
        reference,
        reference.Instance is null ? null : Look(Evaluate(reference.Instance)),
        [.. reference.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => Look(Evaluate(a.Value)))]);

    private Value Property(IPropertyReferenceOperation reference, Value? instance, ImmutableArray<Value> indices)
    {
        var property = reference.Property;
        // The class that the object is of may have replaced the property.
        if (instance is This { IsExact: true } exact && property.GetMethod is { } declared && (property.IsVirtual || property.IsOverride || property.IsAbstract)
            && reference.Instance is not IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax }
            && MostDerived(declared, exact.Type)?.AssociatedSymbol is IPropertySymbol replacing)
        {
            property = replacing;
        }

        if (property.GetMethod is not { } getter)
        {
            return NotKnown(reference, "cannot be read");
        }

        if (FlowTypes.IsTorch(property))
        {
            if (property.IsStatic && property.ContainingType.Name == "TensorIndex")
            {
                return TorchConstant(property.Name, property.ContainingType, reference);
            }

            if (instance is not null && State.Content(instance) is Sequence && indices.Length == 1)
            {
                return ElementAt(instance, indices, reference);
            }

            return Call(getter, instance, indices, reference, [.. reference.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => a.Value)]);
        }

        if (_source.Contracts.Of(property) is { } contract)
        {
            return Promised(contract, property.Type, [TensorValue.Outside], reference.Syntax.GetLocation());
        }

        if (instance is Unknown)
        {
            return instance;
        }

        if (CollectionProperty(property, instance, indices, reference) is { } element)
        {
            return element;
        }

        if (FlowTypes.IsRuntime(property))
        {
            return Call(getter, instance, indices, reference, []);
        }

        if (!property.IsIndexer && (_source.IsAuto(property) || (property.ContainingType.IsRecord && property.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.ParameterSyntax)))
        {
            bool replaceable = (property.IsVirtual || property.IsOverride || property.IsAbstract) && !property.IsSealed && !property.ContainingType.IsSealed;
            return replaceable && instance is not This { IsExact: true } && State.Content(instance ?? Value.Null) is not Instance
                ? NotKnown(reference, "is a property that a derived class may replace", "state it with [Irreps(\"…\")] or [Invariant]")
                : Member(property, instance, reference);
        }

        if (_source.CanFollow(getter, instance))
        {
            return Follow(getter, instance, indices, reference);
        }

        return instance is null or Data && FlowTypes.IsPlain(property.Type) && FlowTypes.InNamespace(property, "System") && Bcl.IsDeterministic(property.ContainingType)
            ? Plain(reference, indices)
            : instance is Data && FlowTypes.IsPlain(property.Type)
                ? Value.Plain
                : NotKnown(reference, "is a property that is not followed", null);
    }
}

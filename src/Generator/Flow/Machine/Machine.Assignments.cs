using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Assignments.</summary>
internal sealed partial class Machine
{
    private Value AssignSimple(ISimpleAssignmentOperation assignment)
    {
        var place = Place(assignment.Target);
        var value = Evaluate(assignment.Value);
        Assign(place, value, assignment.Value);
        return value;
    }

    private Value AssignCompound(ICompoundAssignmentOperation compound)
    {
        var place = Place(compound.Target);
        var (x, y) = (Look(Read(place)), Look(Evaluate(compound.Value)));
        if (x is Function || y is Function)
        {
            HandOver([x, y], compound.Syntax);
            Assign(place, NotKnown(compound, "puts functions together, which is not followed"), compound);
            return Values.Value.Null;
        }

        if (compound.OperatorMethod is { ReturnsVoid: true })
        {
            throw new NotFollowedException(Reasons.NotFollowed(compound.Syntax, "is an operator that changes its object, which is not followed"));
        }

        var value = x is Unknown ? x
            : compound.OperatorMethod is { ContainingNamespace.Name: not "System" } method
                ? method.ReturnsVoid ? NotKnown(compound, "is an assignment that is not followed") : Call(method, null, [x, y], compound, [compound.Target, compound.Value])
                : Plain(compound, [x, y]);
        Assign(place, value, compound);
        return value;
    }

    private Value AssignCoalesce(ICoalesceAssignmentOperation coalesce)
    {
        var place = Place(coalesce.Target);
        var value = Look(Read(place));
        if (value is Data { IsNull: true })
        {
            var only = Evaluate(coalesce.Value);
            Assign(place, only, coalesce.Value);
            return only;
        }

        if (value is Unknown unknown)
        {
            Effect(Reasons.Branch(coalesce.Target.Syntax, unknown));
        }

        var before = State;
        var other = Evaluate(coalesce.Value);
        Assign(place, other, coalesce.Value);
        return Both(before, value, Reached, other, coalesce.Syntax);
    }

    /// <summary>A place that a value is put into, with the objects and indices that it is reached by: they are evaluated once, before the value.</summary>
    private sealed record Target(IOperation Operation, Value? Instance, ImmutableArray<Value> Indices);

    private Target Place(IOperation target)
    {
        while (target is IParenthesizedOperation parenthesized)
        {
            target = parenthesized.Operand;
        }

        return target switch
        {
            IDeclarationExpressionOperation declaration => Place(declaration.Expression),
            IFieldReferenceOperation { Instance: { } instance } field => new(field, Evaluate(instance), []),
            IPropertyReferenceOperation property => new(
                property, property.Instance is null ? null : Evaluate(property.Instance), [.. property.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => Evaluate(a.Value))]),
            IArrayElementReferenceOperation element => new(element, Evaluate(element.ArrayReference), [.. element.Indices.Select(Evaluate)]),
            IImplicitIndexerReferenceOperation element => new(element, Evaluate(element.Instance), [Evaluate(element.Argument)]),
            _ => new(target, null, []),
        };
    }

    private Value Read(Target place) => place.Operation switch
    {
        IFieldReferenceOperation { Instance: not null } field => Field(field, Look(place.Instance!)),
        IPropertyReferenceOperation property => Property(property, place.Instance is null ? null : Look(place.Instance), place.Indices),
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => ElementAt(Look(place.Instance!), place.Indices, place.Operation),
        _ => Evaluate(place.Operation),
    };

    private void Assign(IOperation target, Value value, IOperation source) => Assign(Place(target), value, source);

    private void Assign(Target place, Value value, IOperation source)
    {
        if (Reached is null)
        {
            return;
        }

        switch (place.Operation)
        {
            case IDiscardOperation:
                break;
            case ILocalReferenceOperation local:
                Assign(local.Local, value);
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !_frame.Follows(constructor))
                {
                    Escape(value); // a captured parameter of a primary constructor is a field
                    break;
                }

                if (parameter.RefKind is RefKind.Ref or RefKind.Out && _source.Contracts.Of(parameter) is { } wanted)
                {
                    Check(wanted, value, FlowRules.Assignment, parameter.Name, source, parameter);
                }

                Assign(parameter, value);
                break;
            case IFieldReferenceOperation { Instance: { } tuple } element when element.Field.ContainingType.IsTupleType:
                AssignElement(tuple, element.Field, value, source);
                break;
            case IFieldReferenceOperation field:
                AssignMember(field.Field, place.Instance, value, source);
                break;
            case IPropertyReferenceOperation { Property: { IsIndexer: true } indexer } when _source.Contracts.Of(indexer) is not null:
                AssignMember(indexer, place.Instance, value, source);
                break;
            case IPropertyReferenceOperation { Property: { IsIndexer: true } } or IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation:
                AssignItem(place, value, source);
                break;
            case IPropertyReferenceOperation property:
                AssignMember(property.Property, place.Instance, value, source);
                break;
            default:
                throw new NotFollowedException(Reasons.NotFollowed(place.Operation.Syntax, "is assigned in a way that is not followed"));
        }
    }

    private void AssignElement(IOperation tuple, IFieldSymbol field, Value value, IOperation source)
    {
        if (Look(Evaluate(tuple)) is Group group && ElementIndex(field) is { } index && index < group.Elements.Length)
        {
            Assign(tuple, new Group(group.Elements.SetItem(index, value)), source);
        }
        else
        {
            Assign(tuple, NotKnown(source, "is put into a tuple that is not followed"), source);
        }
    }

    private static int? ElementIndex(IFieldSymbol field)
    {
        string name = (field.CorrespondingTupleField ?? field).Name;
        return name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out int number) && number > 0 ? number - 1 : null;
    }

    /// <summary>A value that a field or property holds from now on: it must carry what is stated of it, and where nothing is, nobody may rely on it.</summary>
    private void AssignMember(ISymbol member, Value? instance, Value value, IOperation source)
    {
        if (_source.Contracts.Of(member) is { } contract)
        {
            int before = Effects.Count;
            if (!Check(contract, value, FlowRules.Assignment, member.Name, source, member))
            {
                Unkept.AddRange(Effects.Skip(before)); // whoever reads it relies on it
            }

            Escape(value);
            return;
        }

        if (instance is not null && State.Content(instance) is Instance known)
        {
            if (member is IFieldSymbol or IPropertySymbol { SetMethod.DeclaringSyntaxReferences: [] } || (member is IPropertySymbol property && _source.IsAuto(property)))
            {
                State = State.With(((Reference)instance).Id, known with { Fields = known.Fields.SetItem(member.OriginalDefinition, value) });
                return;
            }
        }

        Escape(value);
        if (member is IPropertySymbol { SetMethod: { } setter } written && !_source.IsAuto(written))
        {
            if (FlowTypes.IsTorch(setter))
            {
                AssignTorchProperty(written, instance, value, source);
                return;
            }

            if (_source.CanFollow(setter, instance))
            {
                Follow(setter, instance, [value], source);
                return;
            }
        }

        // Of its own members the class knows where they are assigned; of others nobody would notice.
        bool isOwn = SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, _frame.Method.ContainingType?.OriginalDefinition);
        if (!isOwn && !IsInvariant(value))
        {
            Effect(WhyUnknown(value) ?? NotKnown(Reasons.SeenByOthers(source.Syntax, $"'{member.Name}' of {member.ContainingType?.Name} states nothing about what it holds; state it with [Irreps(\"…\")]")));
        }
    }

    private void AssignTorchProperty(IPropertySymbol property, Value? instance, Value value, IOperation source)
    {
        switch (property.Name)
        {
            case "requires_grad":
                break;
            case "grad" when IsInvariant(value):
                break;
            default:
                HandOver([instance ?? Value.Null, value], source.Syntax);
                Effect(NotKnown(source, $"is assigned to '{property.Name}', which is not followed"));
                break;
        }
    }

    private void Escape(Value value) => State = State.Escape(State.Reachable([value]));

    private void Deconstruct(IOperation target, Value value, IOperation at)
    {
        target = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        if (target is not ITupleOperation targets)
        {
            Assign(target, value, at);
            return;
        }

        var values = Look(value) switch
        {
            Group group when group.Elements.Length == targets.Elements.Length => group.Elements,
            Unknown unknown => [.. targets.Elements.Select(_ => (Value)unknown)],
            _ => [.. targets.Elements.Select(_ => (Value)NotKnown(at, "is taken apart in a way that is not followed", "take it apart by members or indices"))],
        };

        // All of the right side was evaluated before anything is assigned: (a, b) = (b, a) swaps.
        for (int i = 0; i < values.Length; i++)
        {
            Deconstruct(targets.Elements[i], values[i], at);
        }
    }
}

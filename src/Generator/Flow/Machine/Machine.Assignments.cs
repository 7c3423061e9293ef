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
            throw new NotFollowedException(Reasons.NotFollowed(
                compound.Syntax, "is an operator that changes its object, which is not followed"));
        }

        var value = x is Unknown ? x
            : compound.OperatorMethod is { } method && !FlowTypes.IsBasic(method)
                ? method.ReturnsVoid
                    ? NotKnown(compound, "is an assignment that is not followed")
                    : Call(method, null, [x, y], compound, [compound.Target, compound.Value])
                : Arithmetic(compound, x, y) ?? Plain(compound, [x, y]);
        Assign(place, value, compound);
        return value;
    }

    /// <summary>x += y of numbers that are known and need no conversion.</summary>
    private static Data? Arithmetic(ICompoundAssignmentOperation compound, Value x, Value y) =>
        compound is { InConversion.IsIdentity: true, OutConversion.IsIdentity: true }
        ? Constants.Operation(compound.OperatorKind, x, compound.Target.Type, y, compound.Value.Type, compound.Type)
        : null;

    /// <summary>i++ is what i was, ++i what it has become.</summary>
    private Value Count(IIncrementOrDecrementOperation increment)
    {
        var place = Place(increment.Target);
        var before = Look(Read(place));
        var after = Constants.Next(before, increment.Target.Type, increment.Kind == OperationKind.Increment) ?? Plain(increment, [before]);
        Assign(place, after, increment);
        return increment.IsPostfix ? before : after;
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

    /// <summary>
    /// A place that a value is put into, with the objects and indices that it is reached by: they are evaluated once, before the value.
    /// </summary>
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
                property, property.Instance is null ? null : Evaluate(property.Instance),
                [.. property.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => Evaluate(a.Value))]),
            IArrayElementReferenceOperation element =>
                new(element, Evaluate(element.ArrayReference), [.. element.Indices.Select(Evaluate)]),
            IImplicitIndexerReferenceOperation element => new(element, Evaluate(element.Instance), [Evaluate(element.Argument)]),
            _ => new(target, null, []),
        };
    }

    private Value Read(Target place) => place.Operation switch
    {
        IFieldReferenceOperation { Instance: not null } field => Field(field, Look(place.Instance!)),
        IPropertyReferenceOperation property => Property(property, place.Instance is null ? null : Look(place.Instance), place.Indices),
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation =>
            ElementAt(Look(place.Instance!), place.Indices, place.Operation),
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
                if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
                    && !_frame.Follows(constructor))
                {
                    // A captured parameter of a primary constructor is a field.
                    if (ThisObject() is Reference self && State.Content(self) is Instance instance)
                    {
                        State = State.With(
                            self.Id, instance with { Fields = instance.Fields.SetItem(parameter.OriginalDefinition, value) });
                        break;
                    }

                    Escape([value], source.Syntax);
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
            case IPropertyReferenceOperation { Property: { IsIndexer: true } } or IArrayElementReferenceOperation
                or IImplicitIndexerReferenceOperation:
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
        return name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out int number) && number > 0
            ? number - 1
            : null;
    }

    /// <summary>
    /// A value that a field or property holds from now on: it must carry what the member states; without a statement, nobody may rely on it.
    /// </summary>
    private void AssignMember(ISymbol member, Value? instance, Value value, IOperation source)
    {
        if (_source.Contracts.Of(member) is { } contract)
        {
            int before = Effects.Count;
            if (!Check(contract, value, FlowRules.Assignment, member.Name, source, member))
            {
                Unkept.AddRange(Effects.Skip(before)); // whoever reads it relies on it
            }

            Escape([value], source.Syntax);
            return;
        }

        if (instance is not null && State.Content(instance) is Instance known)
        {
            if (member is IFieldSymbol or IPropertySymbol { SetMethod.DeclaringSyntaxReferences: [] }
                || (member is IPropertySymbol property && _source.IsAuto(property)))
            {
                State = State.With(WithoutDelayed(State.Objects, source.Syntax)).With(
                    ((Reference)instance).Id, known with { Fields = known.Fields.SetItem(member.OriginalDefinition, value) });
                return;
            }
        }

        Escape([value], source.Syntax);
        State = State.With(WithoutDelayed(State.Objects, source.Syntax));
        if (HasRefReceiver(member))
        {
            throw new NotFollowedException(Reasons.NotFollowed(
                source.Syntax, "is put into a property that may write to what it extends, which is not followed", "write a method"));
        }

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

            HandOver([instance ?? Value.Null, value], source.Syntax);
        }

        if (IsInvariant(value))
        {
            return;
        }

        // Of its own private members the class knows where they are assigned; of others nobody would notice, and what is plain everybody
        // takes for the same in all frames.
        bool isOwn = SymbolEqualityComparer.Default.Equals(
            member.ContainingType?.OriginalDefinition, _frame.Method.ContainingType?.OriginalDefinition);
        var type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        if (isOwn && Source.IsOpen(member) is not false && FlowTypes.IsPlain(type))
        {
            Effect(NotKnown(Reasons.SeenByOthers(
                source.Syntax, $"others may read '{member.Name}' and take it for the same in all frames; make it private")));
        }
        else if (!isOwn)
        {
            Effect(WhyUnknown(value) ?? NotKnown(Reasons.SeenByOthers(
                source.Syntax,
                $"'{member.Name}' of {member.ContainingType?.Name} states nothing about what it holds; state it with [Irreps(\"…\")]")));
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

}

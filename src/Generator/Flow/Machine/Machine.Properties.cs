using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Properties: one that the compiler writes holds a value as a field does, any other is a method that is called.
/// </summary>
internal sealed partial class Machine
{
    private Value Property(IPropertyReferenceOperation reference) => Property(
        reference,
        reference.Instance is null ? null : Look(Evaluate(reference.Instance)),
        [.. reference.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => Look(Evaluate(a.Value)))]);

    private Value Property(IPropertyReferenceOperation reference, Value? instance, ImmutableArray<Value> indices)
    {
        var property = reference.Property;
        if (HasRefReceiver(property))
        {
            throw new NotFollowedException(Reasons.NotFollowed(
                reference.Syntax, "is a property that may write to what it extends, which is not followed", "write a method"));
        }
        instance = Common(instance);

        // The class that the object is of may have replaced the property.
        if (instance is This { IsExact: true } exact && property.GetMethod is { } declared
            && (property.IsVirtual || property.IsOverride || property.IsAbstract)
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

            if (CollectionProperty(property, instance, indices, reference) is { } listed)
            {
                return listed; // of a ModuleList
            }

            return Call(getter, instance, indices, reference,
                [.. reference.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => a.Value)]);
        }

        if (_source.Contracts.Of(property) is { } contract)
        {
            AssumeMember(property, reference);
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

        if (!property.IsIndexer && IsData(property))
        {
            return Held(property, instance, reference);
        }

        if (_source.CanFollow(getter, instance))
        {
            return Follow(getter, instance, indices, reference);
        }

        return instance is null or Data && FlowTypes.IsPlain(property.Type) && FlowTypes.IsFramework(property)
            && Bcl.IsDeterministic(property)
            ? Plain(reference, indices)
            : instance is Data && FlowTypes.IsPlain(property.Type)
                ? Value.Plain
                : NotFollowed(reference, instance, indices, "is a property that is not followed");
    }

    /// <summary>Whether a property only holds a value: the compiler writes what it does.</summary>
    private bool IsData(IPropertySymbol property) => _source.IsAuto(property)
        || (property.ContainingType.IsRecord && property.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.ParameterSyntax);

    private Value Held(IPropertySymbol property, Value? instance, IOperation at)
    {
        bool replaceable = (property.IsVirtual || property.IsOverride || property.IsAbstract) && !property.IsSealed
            && !property.ContainingType.IsSealed;
        bool isExact = instance is This { IsExact: true } || (State.Content(instance ?? Value.Null) is Instance && !IsBeingBuilt(instance));
        return replaceable && !isExact
            ? NotKnown(at, "is a property that a derived class may replace", "state it with [Irreps(\"…\")] or [Invariant]")
            : Member(property, instance, at);
    }

    /// <summary>A property of the user's own, where no expression reads it.</summary>
    private Value Read(IPropertySymbol property, Value instance, IOperation at) =>
        _source.Contracts.Of(property) is { } contract ? Promised(contract, property.Type, [TensorValue.Outside], at.Syntax.GetLocation())
        : instance is Unknown ? instance
        : IsData(property) ? Held(property, instance, at)
        : property.GetMethod is { } getter && _source.CanFollow(getter, instance) ? Follow(getter, instance, [], at)
        : NotFollowed(at, instance, [], "reads a property that is not followed", property.GetMethod);
}

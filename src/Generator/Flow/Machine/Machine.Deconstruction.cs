using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Values that are taken apart: tuples, records, and what has a Deconstruct of its own.</summary>
internal sealed partial class Machine
{
    private void Deconstruct(IOperation target, Value value, IOperation at) =>
        Deconstruct(target, value, at, _source.Deconstruction(at.Syntax));

    private void Deconstruct(IOperation target, Value value, IOperation at, DeconstructionInfo? how)
    {
        target = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        if (target is not ITupleOperation targets)
        {
            if (how?.Conversion is { IsUserDefined: true })
            {
                HandOver([value], at.Syntax);
                value = NotKnown(at, "converts a part by an operator, which is not followed", "convert it before or afterwards");
            }

            Assign(target, value, at);
            return;
        }

        int count = targets.Elements.Length;
        bool isLibrary = how is { } known && (known.Method is null || FlowTypes.IsFramework(known.Method));
        bool isObject = Look(value) is not (Group or Unknown or Data);
        var taken = isObject && how?.Method is { } deconstruct ? Parts(Look(value), deconstruct, at) : null;
        if (isObject && taken is null)
        {
            HandOver([value], at.Syntax); // a method of it, or an extension, does that
        }

        var values = Look(value) switch
        {
            Group group when group.Elements.Length == count => group.Elements,
            Unknown unknown => Several(unknown, count),
            Data { IsNull: false } when isLibrary && targets.Elements.All(e => FlowTypes.IsPlain(e.Type)) => Several(Value.Plain, count),
            _ when taken is { } parts && parts.Length == count => parts,
            _ => Several(NotKnown(at, "is taken apart in a way that is not followed", "take it apart by members or indices"), count),
        };

        // All of the right side was evaluated before anything is assigned: (a, b) = (b, a) swaps.
        for (int i = 0; i < count; i++)
        {
            Deconstruct(targets.Elements[i], values[i], at, how is { } outer && i < outer.Nested.Length ? outer.Nested[i] : null);
        }
    }

    private static ImmutableArray<Value> Several(Value value, int count) => [.. Enumerable.Repeat(value, count)];

    /// <summary>What a method Deconstruct gives out: the one of a record reads its properties, any other is followed.</summary>
    private ImmutableArray<Value>? Parts(Value whole, IMethodSymbol method, IOperation at)
    {
        if (method.IsStatic || _source.Contracts.States(method))
        {
            return null;
        }

        if (method is { IsImplicitlyDeclared: true, ContainingType: { IsRecord: true } record })
        {
            var properties = method.Parameters.Select(p => record.GetMembers(p.Name).OfType<IPropertySymbol>().FirstOrDefault()).ToList();
            return properties.Any(p => p is null) ? null : [.. properties.Select(p => Look(Read(p!, whole, at)))];
        }

        if (!_source.CanFollow(method, whole))
        {
            return null;
        }

        _outs.Clear();
        var result = Follow(method, whole, Several(Value.Null, method.Parameters.Length), at);
        return result is Unknown
            ? null
            : [.. method.Parameters.Select(p => _outs.TryGetValue(p.Ordinal, out var part) ? part : Value.Null)];
    }
}

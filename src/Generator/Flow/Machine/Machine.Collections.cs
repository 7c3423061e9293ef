using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Arrays, lists and dictionaries, and the functions of Linq over them.</summary>
internal sealed partial class Machine
{
    private Value Array(IArrayCreationOperation array)
    {
        var sizes = array.DimensionSizes.Select(Evaluate).ToList();
        if (array.Initializer is { } initializer)
        {
            return initializer.ElementValues.Any(e => e is IArrayInitializerOperation)
                ? Plain(array, [.. initializer.Descendants()
                    .Where(d => d is not IArrayInitializerOperation && d.Parent is IArrayInitializerOperation).Select(Evaluate)])
                : New(new Sequence([.. initializer.ElementValues.Select(Evaluate)]));
        }

        if (sizes.FirstOrDefault(s => Look(s) is Unknown) is { } unknown)
        {
            return unknown;
        }

        var type = ((IArrayTypeSymbol)array.Type!).ElementType;
        return sizes is [Data { Extent.Known: { } length and >= 0 and <= MostUnrolled }]
            ? New(new Sequence([.. Enumerable.Repeat(Constants.Default(type), (int)length)]))
            : New(new Sequence([], FlowTypes.IsPlain(type) ? Value.Plain : Constants.Default(type)));
    }

    private Value Collection(ICollectionExpressionOperation collection)
    {
        var elements = new List<Value>();
        bool listed = true;
        foreach (var element in collection.Elements)
        {
            if (element is not ISpreadOperation spread)
            {
                elements.Add(Evaluate(element));
                continue;
            }

            var source = Look(Evaluate(spread.Operand));
            switch (State.Content(source))
            {
                case Sequence sequence:
                    listed &= sequence.IsListed;
                    elements.AddRange(sequence.All);
                    break;
                default:
                    HandOver([source], spread.Syntax);
                    return NotKnown(spread, "is spread into a collection, which is not followed");
            }
        }

        if (!Elements.IsListed(collection.Type))
        {
            // Its own Add, constructor or builder may do anything with the elements, and keep them in another order.
            return FlowTypes.IsPlain(collection.Type) ? Plain(collection, elements)
                : NotFollowed(collection, null, [.. elements], "makes a collection that is not followed; arrays and lists are");
        }

        return New(listed ? new Sequence([.. elements]) : new Sequence([], Any(elements, collection)));
    }

    /// <summary>What each of several values is.</summary>
    private Value Any(IReadOnlyList<Value> values, IOperation at)
    {
        if (values.Count == 0)
        {
            return Value.Null;
        }

        var join = new Join(Here(at.Syntax), _numbers);
        var result = values[0];
        foreach (var value in values.Skip(1))
        {
            (State, result) = join.Of(State, result, State, value);
        }

        return result;
    }

    /// <summary>One element of a collection, whichever. Two of them are never taken for the same.</summary>
    private Value Element(Value collection, IOperation at) => State.Content(collection) switch
    {
        Sequence sequence => Copy(Any([.. sequence.All], at), at),
        Map map =>
            new Group([Value.Plain, Copy(Any([.. map.Entries.Values, .. map.Others is null ? Array<Value>() : [map.Others]], at), at)]),
        _ => collection is Data ? Value.Plain
            : collection is Unknown ? collection
            : NotKnown(at, "is a collection that is not followed"),
    };

    private static T[] Array<T>() => [];

    /// <summary>
    /// A value like this one, with an identity and extents of its own: of a collection's elements only the kind is known,
    /// and two of them are never taken for the same.
    /// </summary>
    private Value Copy(Value value, IOperation at) => Look(value) switch
    {
        Reference reference => State.Content(reference) switch
        {
            TensorValue { Written: { } written } => new Unknown(written.Because),
            TensorValue tensor => New(WithOwnExtents(tensor)),
            OneOf choice => New(new OneOf([.. choice.Modules.Select(m => m is This module ? module with { Which = This.Any } : m)])),
            Sequence { IsListed: false } or Made => reference,
            _ when State.Reachable([reference]).Any(id => State.Objects.TryGetValue(id, out var held) && held is TensorValue) =>
                NotKnown(at, "is one of several objects that hold tensors, which are not told apart"),
            _ => value,
        },
        Group group => new Group([.. group.Elements.Select(e => Copy(e, at))]),
        Data { Extent: { Known: null } } data => data with { Extent = null },
        This other => other with { Which = This.Any },
        _ => value,
    };

    /// <summary>The same tensor, of which no extent is known to be equal to that of any other.</summary>
    private TensorValue WithOwnExtents(TensorValue tensor)
    {
        var symbols = new Dictionary<int, int>();
        int Own(int symbol) => symbols.TryGetValue(symbol, out int own) ? own : symbols[symbol] = _numbers.Next();
        return tensor with { Axes = [.. tensor.Axes.Select(a => a.Extent.Known is null ? a with { Extent = a.Extent.Rename(Own) } : a)] };
    }

    private Value ElementAt(Value collection, ImmutableArray<Value> indices, IOperation at)
    {
        if (collection is Unknown)
        {
            return collection;
        }

        if (indices.Select(Look).FirstOrDefault(i => i is Unknown) is Unknown unknown)
        {
            return unknown;
        }

        if (State.Content(collection) is TensorValue && at is not IArrayElementReferenceOperation && at.Type is { }
            && FlowTypes.IsTensor(at.Type) && at is IImplicitIndexerReferenceOperation)
        {
            return NotKnown(at, "is indexed in a way that is not followed");
        }

        switch (State.Content(collection))
        {
            case Sequence { IsListed: true } sequence when indices is [var index]:
                int? position = Position(index, sequence.Elements.Length);
                return position is { } p && p >= 0 && p < sequence.Elements.Length ? Look(sequence.Elements[p])
                    : index is IndexItem { Kind: IndexItemKind.Slice }
                        ? NotKnown(at, "is a part of a collection, which is not followed", "take its elements one by one")
                    : position is not null ? NotKnown(at, "is an element that is not there")
                    : Copy(Any(sequence.Elements, at), at);
            case Sequence sequence when indices is [not IndexItem { Kind: IndexItemKind.Slice }]:
                return Copy(sequence.Each!, at);
            case Map map when indices is [Data key]:
                return Constants.Key(key, KeyType(at)) is { } constant && map.Others is null
                    ? map.Entries.TryGetValue(constant, out var value) ? Look(value) : NotKnown(at, "is an element that is not there")
                    : ((Group)Element(collection, at)).Elements[1];
            default:
                return collection is Data
                    ? Plain(at, indices)
                    : NotFollowed(at, collection, indices, "is an element of a collection that is not followed");
        }
    }

    private static int? Position(Value index, int length) => index switch
    {
        Data { Extent.Known: { } number } when Math.Abs(number) < int.MaxValue => (int)number,
        IndexItem { Kind: IndexItemKind.FromEnd, Start: Data { Extent.Known: { } number } } => length - (int)number,
        _ => null,
    };

    /// <summary>collection[…] = value, tensor[…] = value.</summary>
    private void AssignItem(Target place, Value value, IOperation source)
    {
        var collection = Look(place.Instance ?? Value.Null);
        var indices = place.Indices.Select(Look).ToImmutableArray();
        if (State.Content(collection) is TensorValue
            && place.Operation is IPropertyReferenceOperation { Property.SetMethod: { } setter } item && FlowTypes.IsTorch(setter))
        {
            Call(setter, collection, indices.Add(Look(value)), source, [
                .. item.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => (IOperation?)a.Value), source]);
            return;
        }

        Value? lost = collection is Unknown ? collection : indices.FirstOrDefault(i => i is Unknown);
        if (lost is not null || collection is not Reference reference)
        {
            HandOver([collection, value], source.Syntax);
            if (lost is not null || collection is not Data || !IsInvariant(value))
            {
                Effect(lost as Unknown ?? NotKnown(Reasons.SeenByOthers(
                    source.Syntax, "it is put into a collection that others see, and nothing is stated of that")));
            }

            return;
        }

        if (State.Escaped.Contains(reference.Id))
        {
            if (!IsInvariant(value) || Tensor(value) is not null)
            {
                Effect(WhyUnknown(value) ?? NotKnown(Reasons.SeenByOthers(
                    source.Syntax, "it is put into a collection that others see, and nothing is stated of that")));
            }

            State = State.With(reference.Id, new Lost(Reasons.NotFollowed(
                Here(source.Syntax), "is put into a collection that others see, whose elements are not followed from there on")));
            return;
        }

        Outdate(reference.Id, source.Syntax);
        switch (State.Content(collection))
        {
            case Sequence { IsListed: true } sequence when indices is [var index]:
                int? position = Position(index, sequence.Elements.Length);
                State = position is { } p && p >= 0 && p < sequence.Elements.Length
                    ? State.With(reference.Id, new Sequence(sequence.Elements.SetItem(p, value)))
                    : State.With(reference.Id, new Sequence([.. sequence.Elements.Select(e => Any([e, value], source))]));
                break;
            case Sequence sequence:
                var each = Any([sequence.Each!, value], source);
                State = State.With(reference.Id, new Sequence([], each));
                break;
            case Map map when indices is [var index] && Constants.Key(index, KeyType(place.Operation)) is { } key && map.Others is null:
                State = State.With(reference.Id, map.With(key, value));
                break;
            case Map map:
                var any = Any([.. map.Entries.Values, .. map.Others is null ? Array<Value>() : [map.Others], value], source);
                State = State.With(reference.Id, new Map(ImmutableDictionary<object, Value>.Empty, any));
                break;
            default:
                HandOver([collection, value], source.Syntax);
                Effect(NotKnown(source, "is put into an object that is not followed"));
                break;
        }
    }

    private Value? NewCollection(INamedTypeSymbol type, IMethodSymbol constructor, ImmutableArray<Value> arguments)
    {
        if (!FlowTypes.IsFramework(type))
        {
            return null;
        }

        if (arguments is [Data] && constructor.Parameters[0].Type.SpecialType != SpecialType.System_Int32)
        {
            return FlowTypes.IsPlain(type) ? Values.Value.Plain : null; // of what is plain
        }

        return (type.Name, arguments) switch
        {
            ("List", [] or [Data]) => New(new Sequence([])),
            ("List", [var source]) when State.Content(source) is Sequence sequence =>
                New(sequence with { Sources = [], IsComputed = false }),
            ("Dictionary", [] or [Data]) => New(Map.Empty),
            _ => null,
        };
    }

    private Value? CollectionProperty(IPropertySymbol property, Value? instance, ImmutableArray<Value> indices, IOperation at)
    {
        if (instance is Group { Elements: [var key, var value] } && property.ContainingType.Name == "KeyValuePair"
            && FlowTypes.IsFramework(property))
        {
            return property.Name == "Key" ? Look(key) : Look(value);
        }

        if (instance is null || State.Content(instance) is not (Sequence or Map)
            || !(FlowTypes.IsFramework(property) || FlowTypes.IsTorch(property)))
        {
            return null;
        }

        return (property.Name, State.Content(instance)) switch
        {
            (_, Sequence or Map) when property.IsIndexer => ElementAt(instance, indices, at),
            ("Count" or "Length", Sequence { IsListed: true } sequence) => Data.Of((object)sequence.Elements.Length),
            ("Count" or "Length" or "Capacity", _) => Value.Plain,
            ("Values", Map { Others: null, Order.IsDefault: false } map) =>
                Lazily(new Sequence([.. map.Order.Select(k => map.Entries[k])]), instance),
            ("Values", Map map) => Lazily(new Sequence([], ((Group)Element(instance, at)).Elements[1]), instance),
            ("Keys", Map) => New(new Sequence([], Value.Plain)),
            _ => null,
        };
    }

    /// <summary>Methods of lists and dictionaries.</summary>
    private Value? CollectionCall(IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        // A method of the user's may be called like one of these, and immutable collections yield others instead of changing.
        if (instance is not Reference reference || State.Content(instance) is not (Sequence or Map)
            || !(FlowTypes.IsFramework(method) || FlowTypes.IsTorch(method))
            || method.ContainingNamespace.Name == "Immutable")
        {
            return null;
        }

        var content = State.Content(instance)!;
        bool changes = method.Name is "Add" or "AddRange" or "Insert" or "Clear" or "RemoveAt" or "append" or "Append"
            or "Reverse" or "TryAdd";
        if (changes && State.Escaped.Contains(reference.Id))
        {
            if (!arguments.All(IsInvariant) || arguments.Any(a => Tensor(a) is not null))
            {
                Effect(arguments.Select(WhyUnknown).FirstOrDefault(u => u is not null)
                    ?? NotKnown(Reasons.SeenByOthers(at.Syntax, "it changes a collection that others see, and nothing is stated of that")));
            }

            State = State.With(reference.Id, new Lost(Reasons.NotFollowed(
                Here(at.Syntax), "changes a collection that others see, whose elements are not followed from there on")));
            return Value.Plain;
        }

        if (changes)
        {
            Outdate(reference.Id, at.Syntax);
        }

        switch (method.Name, content, arguments)
        {
            case ("Add", Sequence { IsListed: true } list, [var item]) when list.Elements.Length < MostUnrolled:
                State = State.With(reference.Id, new Sequence(list.Elements.Add(item)));
                return Value.Null;
            case ("Add", Sequence list, [var item]):
                var each = Any([.. list.All, item], at);
                State = State.With(reference.Id, new Sequence([], each));
                return Value.Null;
            case ("AddRange", Sequence list, [var more]) when State.Content(more) is Sequence other:
                State = list.IsListed && other.IsListed
                    ? State.With(reference.Id, new Sequence(list.Elements.AddRange(other.Elements)))
                    : State.With(reference.Id, new Sequence([], Any([.. list.All, .. other.All], at)));
                return Value.Null;
            case ("Insert", Sequence { IsListed: true } list, [Data { Extent.Known: { } position }, var item])
                when position >= 0 && position <= list.Elements.Length:
                State = State.With(reference.Id, new Sequence(list.Elements.Insert((int)position, item)));
                return Value.Null;
            case ("RemoveAt", Sequence { IsListed: true } list, [Data { Extent.Known: { } position }])
                when position >= 0 && position < list.Elements.Length:
                State = State.With(reference.Id, new Sequence(list.Elements.RemoveAt((int)position)));
                return Value.Null;
            case ("Clear", Sequence, []):
                State = State.With(reference.Id, new Sequence([]));
                return Value.Null;
            case ("Clear", Map, []):
                State = State.With(reference.Id, Map.Empty);
                return Value.Null;
            case ("ToArray" or "ToList", Sequence list, []):
                return New(list);
            case ("AsSpan" or "AsReadOnly", Sequence, []):
                return instance;
            case ("ForEach", Sequence list, [Function function]):
                return ForAll(list, function, at);
            case ("GetEnumerator", _, []):
                return null;
            case ("TryAdd", Map map, [var added, _])
                when map.Others is null && Constants.Key(added, method.Parameters[0].Type) is { } key && map.Entries.ContainsKey(key):
                return Data.Of(false);
            case ("Add" or "TryAdd", Map map, [var added, var item])
                when map.Others is null && Constants.Key(added, method.Parameters[0].Type) is { } key:
                State = State.With(reference.Id, map.With(key, item));
                return Value.Plain;
            case ("Add" or "TryAdd", Map map, [Data, var item]):
                var any = Any([.. map.Entries.Values, .. map.Others is null ? Array<Value>() : [map.Others], item], at);
                State = State.With(reference.Id, new Map(ImmutableDictionary<object, Value>.Empty, any));
                return Value.Plain;
            case ("ContainsKey" or "Contains" or "Any", _, var keys)
                when keys.All(k => k is Data) && (content is Map || IsInvariant(instance)):
                return Value.Plain;
            case ("TryGetValue", Map map, [Data key, _]):
                var missing = Constants.Default(method.Parameters[1].Type);
                if (map.Others is null && Constants.Key(key, method.Parameters[0].Type) is { } wanted)
                {
                    _outs[1] = map.Entries.TryGetValue(wanted, out var found) ? Look(found) : missing;
                    return Data.Of(map.Entries.ContainsKey(wanted));
                }

                _outs[1] = Any([((Group)Element(instance, at)).Elements[1], missing], at);
                return Value.Plain;
            default:
                return null;
        }
    }

    /// <summary>What was made of a collection that is computed only when it is asked for is something else after a change.</summary>
    private void Outdate(int collection, SyntaxNode at)
    {
        var objects = State.Objects;
        foreach (var entry in State.Objects)
        {
            if (entry.Value is Sequence sequence && (sequence.IsComputed || sequence.Sources.Contains(collection)))
            {
                objects = objects.SetItem(entry.Key, new Lost(Reasons.NotFollowed(
                    Here(at), "changes a collection that another is computed from when it is asked for, which is not followed",
                    "call .ToArray() before")));
            }
        }

        State = State.With(objects);
    }

    /// <summary>The type of the keys that an indexer takes.</summary>
    private static ITypeSymbol? KeyType(IOperation at) =>
        at is IPropertyReferenceOperation { Property.Parameters: [var key] } ? key.Type : null;
}

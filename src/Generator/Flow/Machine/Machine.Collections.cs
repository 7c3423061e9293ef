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
                ? Plain(array, [.. initializer.Descendants().Where(d => d is not IArrayInitializerOperation && d.Parent is IArrayInitializerOperation).Select(Evaluate)])
                : New(new Sequence([.. initializer.ElementValues.Select(Evaluate)]));
        }

        if (sizes.FirstOrDefault(s => Look(s) is Unknown) is { } unknown)
        {
            return unknown;
        }

        return sizes is [Data { Extent.Known: { } length and >= 0 and <= MostUnrolled }]
            ? New(new Sequence([.. Enumerable.Repeat(Value.Null, (int)length)]))
            : New(new Sequence([], FlowTypes.IsPlain(((IArrayTypeSymbol)array.Type!).ElementType) ? Value.Plain : Value.Null));
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

            switch (State.Content(Look(Evaluate(spread.Operand))))
            {
                case Sequence sequence:
                    listed &= sequence.IsListed;
                    elements.AddRange(sequence.All);
                    break;
                default:
                    return NotKnown(spread, "is spread into a collection, which is not followed");
            }
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
        Sequence sequence => Copy(Any([.. sequence.All], at)),
        Map map => new Group([Value.Plain, Copy(Any([.. map.Entries.Values, .. map.Others is null ? Array<Value>() : [map.Others]], at))]),
        _ => collection is Data ? Value.Plain
            : collection is Unknown ? collection
            : NotKnown(at, "is a collection that is not followed"),
    };

    private static T[] Array<T>() => [];

    /// <summary>A value like this one, with an identity of its own: of a collection's elements only the kind is known.</summary>
    private Value Copy(Value value) => Look(value) is Reference reference && State.Content(reference) is TensorValue tensor
        ? tensor.Written is null ? New(tensor) : new Unknown(tensor.Written.Because)
        : value;

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

        if (State.Content(collection) is TensorValue && at is not IArrayElementReferenceOperation && at.Type is { } && FlowTypes.IsTensor(at.Type) && at is IImplicitIndexerReferenceOperation)
        {
            return NotKnown(at, "is indexed in a way that is not followed");
        }

        switch (State.Content(collection))
        {
            case Sequence { IsListed: true } sequence when indices is [var index]:
                int? position = Position(index, sequence.Elements.Length);
                return position is { } p && p >= 0 && p < sequence.Elements.Length ? Look(sequence.Elements[p])
                    : index is IndexItem { Kind: IndexItemKind.Slice } ? NotKnown(at, "is a part of a collection, which is not followed", "take its elements one by one")
                    : position is not null ? NotKnown(at, "is an element that is not there")
                    : Copy(Any(sequence.Elements, at));
            case Sequence sequence when indices is [not IndexItem { Kind: IndexItemKind.Slice }]:
                return Copy(sequence.Each!);
            case Map map when indices is [Data key]:
                return key.Constant is { } constant && map.Others is null
                    ? map.Entries.TryGetValue(Key(constant), out var value) ? Look(value) : NotKnown(at, "is an element that is not there")
                    : ((Group)Element(collection, at)).Elements[1];
            default:
                return collection is Data ? Plain(at, indices) : NotKnown(at, "is an element of a collection that is not followed");
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
        if (State.Content(collection) is TensorValue && place.Operation is IPropertyReferenceOperation { Property.SetMethod: { } setter } item && FlowTypes.IsTorch(setter))
        {
            Call(setter, collection, indices.Add(Look(value)), source, [.. item.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => (IOperation?)a.Value), source]);
            return;
        }

        Value? lost = collection is Unknown ? collection : indices.FirstOrDefault(i => i is Unknown);
        if (lost is not null || collection is not Reference reference)
        {
            HandOver([collection, value], source.Syntax);
            if (collection is not Data || !IsInvariant(value))
            {
                Effect(lost as Unknown ?? NotKnown(Reasons.SeenByOthers(source.Syntax, "it is put into a collection that others see, and nothing is stated of that")));
            }

            return;
        }

        if (State.Escaped.Contains(reference.Id))
        {
            if (!IsInvariant(value) || Tensor(value) is not null)
            {
                Effect(WhyUnknown(value) ?? NotKnown(Reasons.SeenByOthers(source.Syntax, "it is put into a collection that others see, and nothing is stated of that")));
            }

            State = State.With(reference.Id, new Lost(Reasons.NotFollowed(Here(source.Syntax), "is put into a collection that others see, whose elements are not followed from there on")));
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
            case Map map when indices is [Data { Constant: { } key }] && map.Others is null:
                State = State.With(reference.Id, map with { Entries = map.Entries.SetItem(Key(key), value) });
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
        if (!FlowTypes.InNamespace(type, "System"))
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
            ("List", [var source]) when State.Content(source) is Sequence sequence => New(sequence),
            ("Dictionary", [] or [Data]) => New(new Map(ImmutableDictionary<object, Value>.Empty)),
            _ => null,
        };
    }

    private Value? CollectionProperty(IPropertySymbol property, Value? instance, ImmutableArray<Value> indices, IOperation at)
    {
        if (instance is Group { Elements: [var key, var value] } && property.ContainingType.Name == "KeyValuePair")
        {
            return property.Name == "Key" ? Look(key) : Look(value);
        }

        if (instance is null || State.Content(instance) is not (Sequence or Map))
        {
            return null;
        }

        return (property.Name, State.Content(instance)) switch
        {
            (_, Sequence or Map) when property.IsIndexer => ElementAt(instance, indices, at),
            ("Count" or "Length", Sequence { IsListed: true } sequence) => Data.Of((object)(long)sequence.Elements.Length),
            ("Count" or "Length" or "Capacity", _) => Value.Plain,
            ("Values", Map map) => Lazily(map.Others is null ? new Sequence([.. map.Entries.Values]) : new Sequence([], Any([.. map.Entries.Values, map.Others], at)), instance),
            ("Keys", Map) => New(new Sequence([], Value.Plain)),
            _ => null,
        };
    }

    /// <summary>Methods of lists and dictionaries.</summary>
    private Value? CollectionCall(IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        if (instance is not Reference reference || State.Content(instance) is not (Sequence or Map))
        {
            return null;
        }

        var content = State.Content(instance)!;
        bool changes = method.Name is "Add" or "AddRange" or "Insert" or "Clear" or "RemoveAt" or "append" or "Append" or "Reverse" or "TryAdd";
        if (changes && State.Escaped.Contains(reference.Id))
        {
            if (!arguments.All(IsInvariant) || arguments.Any(a => Tensor(a) is not null))
            {
                Effect(arguments.Select(WhyUnknown).FirstOrDefault(u => u is not null) ?? NotKnown(Reasons.SeenByOthers(at.Syntax, "it changes a collection that others see, and nothing is stated of that")));
            }

            State = State.With(reference.Id, new Lost(Reasons.NotFollowed(Here(at.Syntax), "changes a collection that others see, whose elements are not followed from there on")));
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
            case ("Insert", Sequence { IsListed: true } list, [Data { Extent.Known: { } position }, var item]) when position >= 0 && position <= list.Elements.Length:
                State = State.With(reference.Id, new Sequence(list.Elements.Insert((int)position, item)));
                return Value.Null;
            case ("RemoveAt", Sequence { IsListed: true } list, [Data { Extent.Known: { } position }]) when position >= 0 && position < list.Elements.Length:
                State = State.With(reference.Id, new Sequence(list.Elements.RemoveAt((int)position)));
                return Value.Null;
            case ("Clear", Sequence, []):
                State = State.With(reference.Id, new Sequence([]));
                return Value.Null;
            case ("Clear", Map, []):
                State = State.With(reference.Id, new Map(ImmutableDictionary<object, Value>.Empty));
                return Value.Null;
            case ("ToArray" or "ToList", Sequence list, []):
                return New(list);
            case ("AsSpan" or "AsReadOnly", Sequence, []):
                return instance;
            case ("ForEach", Sequence list, [Function function]):
                return ForAll(list, function, at);
            case ("GetEnumerator", _, []):
                return null;
            case ("TryAdd", Map map, [Data { Constant: { } key }, _]) when map.Others is null && map.Entries.ContainsKey(Key(key)):
                return Data.Of(false);
            case ("Add" or "TryAdd", Map map, [Data { Constant: { } key }, var item]) when map.Others is null:
                State = State.With(reference.Id, map with { Entries = map.Entries.SetItem(Key(key), item) });
                return Value.Plain;
            case ("Add" or "TryAdd", Map map, [Data, var item]):
                var any = Any([.. map.Entries.Values, .. map.Others is null ? Array<Value>() : [map.Others], item], at);
                State = State.With(reference.Id, new Map(ImmutableDictionary<object, Value>.Empty, any));
                return Value.Plain;
            case ("ContainsKey" or "Contains" or "Any", _, var keys) when keys.All(k => k is Data):
                return Value.Plain;
            case ("TryGetValue", Map map, [Data key, _]):
                _outs[1] = key.Constant is { } constant && map.Others is null
                    ? map.Entries.TryGetValue(Key(constant), out var found) ? Look(found) : Value.Null
                    : ((Group)Element(instance, at)).Elements[1];
                return key.Constant is not null && map.Others is null ? Data.Of(map.Entries.ContainsKey(Key(key.Constant))) : Value.Plain;
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
            if (entry.Value is Sequence sequence && sequence.Sources.Contains(collection))
            {
                objects = objects.SetItem(entry.Key, new Lost(Reasons.NotFollowed(Here(at), "changes a collection that another is computed from when it is asked for, which is not followed", "call .ToArray() before")));
            }
        }

        State = State.With(objects);
    }

    /// <summary>A sequence that is computed from others whenever it is asked for.</summary>
    private Value Lazily(Sequence sequence, params Value[] sources) => New(sequence with
    {
        Sources = [.. sources.OfType<Reference>().Select(r => r.Id).Concat(sources.Select(State.Content).OfType<Sequence>().SelectMany(s => s.Sources)).Distinct()],
    });

    private static object Key(object key) => key is int or short or byte or sbyte or uint or ushort ? System.Convert.ToInt64(key, System.Globalization.CultureInfo.InvariantCulture) : key;

    private Value ForAll(Sequence list, Function function, IOperation at)
    {
        if (!list.IsListed || list.Elements.Length > MostUnrolled)
        {
            return NotFollowed(at, function, [.. list.All], "calls a function for each of many elements, which is not followed");
        }

        int path = _path;
        foreach (var (element, index) in list.Elements.Select((e, i) => (e, i)))
        {
            _path = Path(path, index);
            if (Call(function, [Look(element)], at) is Unknown unknown)
            {
                Effect(unknown);
            }
        }

        _path = path;
        return Value.Null;
    }

    /// <summary>Functions of Linq; null for any other call.</summary>
    private Value? Linq(IInvocationOperation invocation, ImmutableArray<Value> arguments)
    {
        var method = invocation.TargetMethod;
        if (method.ContainingType is not { Name: "Enumerable" or "Array" } || !FlowTypes.InNamespace(method, "System") || arguments.Length == 0)
        {
            return null;
        }

        if (method.Name is "Range" && arguments is [Data, Data count])
        {
            return New(count.Extent?.Known is { } known and >= 0 and <= MostUnrolled && arguments[0] is Data { Extent.Known: { } first }
                ? new Sequence([.. Enumerable.Range((int)first, (int)known).Select(i => (Value)Data.Of((object)i))])
                : new Sequence([], Value.Plain));
        }

        if (State.Content(arguments[0]) is not Sequence sequence)
        {
            return null;
        }

        int path = _path;
        try
        {
            return (method.Name, arguments) switch
            {
                ("ToArray" or "ToList", [_]) => New(sequence with { Sources = [], IsComputed = false }),
                ("AsEnumerable", [_]) => arguments[0],
                ("Cast", [_]) => Lazily(sequence, arguments[0]),
                ("Reverse", [_]) when method.ContainingType.Name == "Enumerable" => Lazily(sequence.IsListed ? new Sequence([.. sequence.Elements.Reverse()]) : sequence, arguments[0]),
                ("Count", [_]) => sequence.IsListed ? Data.Of((object)(long)sequence.Elements.Length) : Value.Plain,
                ("First" or "Last" or "Single" or "FirstOrDefault" or "LastOrDefault", [_]) =>
                    sequence is { IsListed: true, Elements.Length: > 0 } ? Look(method.Name.StartsWith("Last", StringComparison.Ordinal) ? sequence.Elements[sequence.Elements.Length - 1] : sequence.Elements[0]) : Element(arguments[0], invocation),
                ("ElementAt", [_, var index]) => ElementAt(arguments[0], [index], invocation),
                ("Append", [_, var item]) => Lazily(sequence.IsListed ? new Sequence(sequence.Elements.Add(item)) : new Sequence([], Any([.. sequence.All, item], invocation)), arguments[0]),
                ("Prepend", [_, var item]) => Lazily(sequence.IsListed ? new Sequence(sequence.Elements.Insert(0, item)) : new Sequence([], Any([.. sequence.All, item], invocation)), arguments[0]),
                ("Concat", [_, var more]) when State.Content(more) is Sequence other =>
                    Lazily(sequence.IsListed && other.IsListed ? new Sequence(sequence.Elements.AddRange(other.Elements)) : new Sequence([], Any([.. sequence.All, .. other.All], invocation)), arguments[0], more),
                ("Skip", [_, Data { Extent.Known: { } number }]) => Lazily(sequence.IsListed ? new Sequence([.. sequence.Elements.Skip((int)number)]) : sequence, arguments[0]),
                ("Take", [_, Data { Extent.Known: { } number }]) => Lazily(sequence.IsListed ? new Sequence([.. sequence.Elements.Take((int)number)]) : sequence, arguments[0]),
                ("Zip", [_, var more]) when State.Content(more) is Sequence { IsListed: true } other && sequence.IsListed =>
                    Lazily(new Sequence([.. sequence.Elements.Zip(other.Elements, (a, b) => (Value)new Group([a, b]))]), arguments[0], more),
                ("Zip", [_, var more, Function function]) when State.Content(more) is Sequence { IsListed: true } other && sequence.IsListed =>
                    IsPure(function) ? Lazily(new Sequence(Each([.. sequence.Elements.Zip(other.Elements, (a, b) => ImmutableArray.Create(a, b))], function, invocation)), arguments[0], more) : null,
                ("Select" or "ConvertAll", [_, Function function]) => Select(sequence, function, invocation, arguments[0]),
                ("Aggregate", [_, Function function]) when sequence is { IsListed: true, Elements.Length: > 0 } => Fold(sequence.Elements[0], sequence.Elements.RemoveAt(0), function, invocation),
                ("Aggregate", [_, var seed, Function function]) when sequence.IsListed => Fold(seed, sequence.Elements, function, invocation),
                ("ForEach", [_, Function function]) => ForAll(sequence, function, invocation),
                ("Sum" or "Max" or "Min" or "Average" or "All" or "Any" or "Contains" or "SequenceEqual" or "Distinct" or "OrderBy" or "Where" or "IndexOf", _)
                    when sequence.All.All(e => Look(e) is Data) && arguments.All(a => a is not Function || a is Function { Body: not null } f && !f.Body.Descendants().Any(d => d is IInvocationOperation or IAssignmentOperation or IFieldReferenceOperation)) =>
                        FlowTypes.IsPlain(method.ReturnType) ? Plain(invocation, [.. sequence.All]) : New(new Sequence([], Value.Plain)),
                _ => null,
            };
        }
        finally
        {
            _path = path;
        }
    }

    /// <summary>Linq computes elements when they are asked for, perhaps several times, perhaps never: a function that changes something is not followed.</summary>
    private Value Select(Sequence sequence, Function function, IOperation at, Value source)
    {
        if (!IsPure(function))
        {
            return NotFollowed(at, function, [.. sequence.All], "calls a function that assigns variables whenever an element is asked for, which is not followed");
        }

        bool withIndex = function.Method.Parameters.Length == 2;
        if (sequence.IsListed && sequence.Elements.Length <= MostUnrolled)
        {
            return Lazily(new Sequence(Each([.. sequence.Elements.Select((e, i) => withIndex ? ImmutableArray.Create(e, Data.Of((object)i)) : [e])], function, at)) { IsComputed = true }, source);
        }

        var element = Copy(sequence.IsListed ? Any(sequence.Elements, at) : sequence.Each!);
        return Lazily(new Sequence([], Copy(Call(function, withIndex ? [Look(element), Value.Plain] : [Look(element)], at))) { IsComputed = true }, source);
    }

    /// <summary>Whether a function yields the same whenever it is called: it changes nothing, and sees no variables that change.</summary>
    private bool IsPure(Function function)
    {
        if (function.Body is not { } body)
        {
            return true;
        }

        var inner = body.Descendants().ToList();
        if (inner.Any(o => o is IAssignmentOperation or IIncrementOrDecrementOperation || (o is IInvocationOperation { TargetMethod.Name: var name } && name.EndsWith("_", StringComparison.Ordinal))))
        {
            return false;
        }

        var outside = inner.Select(o => o switch { ILocalReferenceOperation local => (ISymbol)local.Local, IParameterReferenceOperation parameter => parameter.Parameter, _ => null })
            .OfType<ISymbol>().Where(s => !SymbolEqualityComparer.Default.Equals(s.ContainingSymbol, function.Method)).Distinct<ISymbol>(SymbolEqualityComparer.Default);
        return outside.All(s => s.ContainingSymbol is not IMethodSymbol around || _source.Body(around) is not { } whole || whole.Descendants().SelectMany(Assigned).All(a => !SymbolEqualityComparer.Default.Equals(a, s)));
    }

    private ImmutableArray<Value> Each(IReadOnlyList<ImmutableArray<Value>> arguments, Function function, IOperation at)
    {
        int path = _path;
        var results = ImmutableArray.CreateBuilder<Value>();
        for (int i = 0; i < arguments.Count; i++)
        {
            _path = Path(path, i);
            results.Add(Call(function, [.. arguments[i].Select(Look)], at));
        }

        _path = path;
        return results.ToImmutable();
    }

    private Value Fold(Value seed, ImmutableArray<Value> elements, Function function, IOperation at)
    {
        int path = _path;
        for (int i = 0; i < elements.Length && i < MostUnrolled; i++)
        {
            _path = Path(path, i);
            seed = Call(function, [Look(seed), Look(elements[i])], at);
        }

        _path = path;
        return elements.Length > MostUnrolled ? NotKnown(at, "folds more elements than are followed") : seed;
    }
}

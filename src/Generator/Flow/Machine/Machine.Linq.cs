using System.Collections.Immutable;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Linq: sequences whose elements are made by functions.</summary>
internal sealed partial class Machine
{
    /// <summary>Functions of Linq; null for any other call.</summary>
    private Value? Linq(IInvocationOperation invocation, ImmutableArray<Value> arguments)
    {
        var method = invocation.TargetMethod;
        if (method.ContainingType is not { Name: "Enumerable" or "Array" } || !FlowTypes.IsFramework(method) || arguments.Length == 0)
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
                ("Reverse", [_]) when method.ContainingType.Name == "Enumerable" =>
                    Lazily(sequence.IsListed ? new Sequence([.. sequence.Elements.Reverse()]) : sequence, arguments[0]),
                ("Count", [_]) => sequence.IsListed ? Data.Of((object)sequence.Elements.Length) : Value.Plain,
                ("FirstOrDefault" or "LastOrDefault", [_]) when sequence is { IsListed: true, Elements.IsEmpty: true } =>
                    Constants.Default(method.ReturnType),
                ("FirstOrDefault" or "LastOrDefault", [_]) when !sequence.IsListed =>
                    Any([Element(arguments[0], invocation), Constants.Default(method.ReturnType)], invocation),
                ("First" or "Last" or "Single" or "FirstOrDefault" or "LastOrDefault", [_]) =>
                    sequence is { IsListed: true, Elements: [var start, ..] and [.., var end] }
                        ? Look(method.Name.StartsWith("Last", StringComparison.Ordinal) ? end : start)
                        : Element(arguments[0], invocation),
                ("ElementAt", [_, var index]) => ElementAt(arguments[0], [index], invocation),
                ("Append", [_, var item]) => Lazily(sequence.IsListed
                    ? new Sequence(sequence.Elements.Add(item))
                    : new Sequence([], Any([.. sequence.All, item], invocation)), arguments[0]),
                ("Prepend", [_, var item]) => Lazily(sequence.IsListed
                    ? new Sequence(sequence.Elements.Insert(0, item))
                    : new Sequence([], Any([.. sequence.All, item], invocation)), arguments[0]),
                ("Concat", [_, var more]) when State.Content(more) is Sequence other =>
                    Lazily(sequence.IsListed && other.IsListed
                        ? new Sequence(sequence.Elements.AddRange(other.Elements))
                        : new Sequence([], Any([.. sequence.All, .. other.All], invocation)), arguments[0], more),
                ("Skip", [_, Data { Extent.Known: { } number }]) =>
                    Lazily(sequence.IsListed ? new Sequence([.. sequence.Elements.Skip((int)number)]) : sequence, arguments[0]),
                ("Take", [_, Data { Extent.Known: { } number }]) =>
                    Lazily(sequence.IsListed ? new Sequence([.. sequence.Elements.Take((int)number)]) : sequence, arguments[0]),
                ("Zip", [_, var more]) when State.Content(more) is Sequence { IsListed: true } other && sequence.IsListed =>
                    Lazily(
                        new Sequence([.. sequence.Elements.Zip(other.Elements, (a, b) => (Value)new Group([a, b]))]), arguments[0], more),
                ("Zip", [_, var more, Function function])
                    when State.Content(more) is Sequence { IsListed: true } other && sequence.IsListed =>
                    Computed(function, invocation, [arguments[0], more], () => new Sequence(Each(
                        [.. sequence.Elements.Zip(other.Elements, (a, b) => ImmutableArray.Create(a, b))], function, invocation))),
                ("Select" or "ConvertAll", [_, Function function]) => Select(sequence, function, invocation, arguments[0]),
                ("Aggregate", [_, Function function]) when sequence is { IsListed: true, Elements.Length: > 0 } =>
                    Fold(sequence.Elements[0], sequence.Elements.RemoveAt(0), function, invocation),
                ("Aggregate", [_, var seed, Function function]) when sequence.IsListed =>
                    Fold(seed, sequence.Elements, function, invocation),
                ("ForEach", [_, Function function]) => ForAll(sequence, function, invocation),
                ("Sum" or "Max" or "Min" or "Average" or "All" or "Any" or "Contains" or "SequenceEqual" or "Distinct" or "OrderBy"
                    or "Where" or "IndexOf", _)
                    when sequence.All.All(e => Look(e) is Data) => Judged(sequence, invocation, arguments),
                _ => null,
            };
        }
        finally
        {
            _path = path;
        }
    }

    /// <summary>
    /// What a function of Linq makes of plain elements is plain, if all that it is given is, and all that it is given calculates.
    /// </summary>
    private Value Judged(Sequence sequence, IInvocationOperation at, ImmutableArray<Value> arguments)
    {
        if (arguments.FirstOrDefault(a => a is not Function && !IsInvariant(a)) is { } other)
        {
            return NotFollowed(at, WhyUnknown(other), arguments, "depends on the frame");
        }

        var result = Value.Plain;
        foreach (var function in arguments.OfType<Function>())
        {
            int count = function.Method.Parameters.Length;
            var elements = sequence.IsListed && sequence.Elements.Length <= MostUnrolled
                ? sequence.Elements
                : [Copy(Any([.. sequence.All], at), at)];
            Value? depends = null;
            result = Computed(function, at, [.. arguments.Where(a => a is Reference)], () =>
            {
                var given = elements.Select(e => ImmutableArray.CreateRange(Enumerable.Repeat(Value.Plain, count)).SetItem(0, e));
                depends = Each([.. given], function, at).FirstOrDefault(r => !IsInvariant(r));
                return new Sequence([], Value.Plain);
            });
            if (depends is not null || result is Unknown)
            {
                return result is Unknown ? result : NotFollowed(at, WhyUnknown(depends!), [arguments[0]], "depends on the frame");
            }
        }

        bool isDelayed = !FlowTypes.IsPlain(at.TargetMethod.ReturnType) || Elements.ElementOf(at.TargetMethod.ReturnType) is not null;
        return !isDelayed
            ? Value.Plain
            : result is Reference ? result : Lazily(new Sequence([], Value.Plain), [.. arguments.Where(a => a is Reference)]);
    }

    private Value Select(Sequence sequence, Function function, IOperation at, Value source)
    {
        bool withIndex = function.Method.Parameters.Length == 2;
        return Computed(function, at, [source], () =>
        {
            if (sequence.IsListed && sequence.Elements.Length <= MostUnrolled)
            {
                return new Sequence(Each(
                    [.. sequence.Elements.Select((e, i) => withIndex ? ImmutableArray.Create(e, Data.Of((object)i)) : [e])], function, at));
            }

            var element = Copy(sequence.IsListed ? Any(sequence.Elements, at) : sequence.Each!, at);
            return new Sequence([], Call(function, withIndex ? [Look(element), Value.Plain] : [Look(element)], at));
        });
    }

    /// <summary>
    /// LINQ computes elements lazily, perhaps several times, perhaps never: a function with side effects is not
    /// followed. It has none if joining the states before and after it gives the state before it.
    /// </summary>
    private Value Computed(Function function, IOperation at, Value[] sources, Func<Sequence> elements)
    {
        var before = State;
        int older = _numbers.Last;
        if (SeesNoChange(function))
        {
            var sequence = elements();
            if (Reached is null)
            {
                return Value.Null;
            }

            var merged = Merge(before, Reached, at.Syntax)!;
            if (Same.States(before.Escape(merged.Escaped), merged, older)) // holding on to something changes nothing
            {
                State = merged;
                return Lazily(sequence with { IsComputed = true }, sources);
            }

            State = before;
        }

        return NotFollowed(at, function, [.. sources],
            "calls a function that changes something, or sees what changes, whenever an element is asked for, which is not followed");
    }

    /// <summary>Whether a function assigns nothing of the code around it, and sees no variables that this code assigns.</summary>
    private bool SeesNoChange(Function function) => function.Body is not { } body
        || (Assigned.By(function).All(v => SymbolEqualityComparer.Default.Equals(v.ContainingSymbol, function.Method))
            && Assigned.Bodies(body).SelectMany(b => b.Descendants()).SelectMany(Assigned.Variable).All(v => !ChangesLater(v, function)));

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

    /// <summary>A sequence that is computed from others whenever it is asked for.</summary>
    private Value Lazily(Sequence sequence, params Value[] sources) => New(sequence with
    {
        Sources = [.. sources.OfType<Reference>().Select(r => r.Id)
            .Concat(sources.Select(State.Content).OfType<Sequence>().SelectMany(s => s.Sources)).Distinct()],
        IsComputed = sequence.IsComputed || sources.Select(State.Content).OfType<Sequence>().Any(s => s.IsComputed),
    });

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
}

using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>What is known at one point of the execution: the values of variables, and what the objects hold that they refer to.</summary>
internal sealed class State
{
    public static readonly State Empty = new(
        ImmutableDictionary<(int, ISymbol), Value>.Empty.WithComparers(VariableEquality.Instance),
        ImmutableDictionary<int, Content>.Empty, [],
        ImmutableHashSet<(int, ISymbol)>.Empty.WithComparer(VariableEquality.Instance));

    private State(
        ImmutableDictionary<(int Frame, ISymbol Symbol), Value> variables,
        ImmutableDictionary<int, Content> objects,
        ImmutableHashSet<int> escaped,
        ImmutableHashSet<(int Frame, ISymbol Symbol)> assignable) =>
        (Variables, Objects, Escaped, Assignable) = (variables, objects, escaped, assignable);

    public ImmutableDictionary<(int Frame, ISymbol Symbol), Value> Variables { get; }

    public ImmutableDictionary<int, Content> Objects { get; }

    /// <summary>Objects that code which is not followed may hold on to.</summary>
    public ImmutableHashSet<int> Escaped { get; }

    /// <summary>Variables that functions assign which such code holds on to: it may call them at any time.</summary>
    public ImmutableHashSet<(int Frame, ISymbol Symbol)> Assignable { get; }

    public Value? Variable(Frame frame, ISymbol symbol) =>
        Variables.TryGetValue((frame.Of(symbol).Number, symbol), out var value) ? value : null;

    public Content? Content(Value value) =>
        value is Reference reference && Objects.TryGetValue(reference.Id, out var content) ? content : null;

    /// <summary>What is known of a value: Unknown, with the reason, also where its object is lost.</summary>
    public Value Look(Value value) => Content(value) is Lost lost ? new Unknown(lost.Because) : value;

    public State With(Frame frame, ISymbol symbol, Value value) =>
        With(Variables.SetItem((frame.Of(symbol).Number, symbol), value), Objects, Escaped);

    public State With(int id, Content content) => With(Variables, Objects.SetItem(id, content), Escaped);

    public State With(ImmutableDictionary<int, Content> objects) => With(Variables, objects, Escaped);

    public State Escape(IEnumerable<int> ids) => With(Variables, Objects, Escaped.Union(ids));

    /// <summary>A function is held by code that is not followed: what it assigns is not known from here on.</summary>
    public State Escape(Function function, Unknown why)
    {
        var state = this;
        foreach (var variable in Assigned.By(function))
        {
            var key = (function.Frame.Of(variable).Number, variable);
            state = new(state.Variables.SetItem(key, why), state.Objects, state.Escaped, state.Assignable.Add(key));
        }

        return state;
    }

    /// <summary>Wherever a function is held, nothing is known from here on.</summary>
    public State Without(Function function, Unknown why)
    {
        bool Holds(Value value) => value == function || (value is Group group && group.Elements.Any(Holds));
        return With(
            Variables.SetItems(Variables.Where(v => Holds(v.Value)).Select(v => new KeyValuePair<(int, ISymbol), Value>(v.Key, why))),
            Objects.SetItems(Objects.Where(o => Held(o.Value).Any(Holds))
                .Select(o => new KeyValuePair<int, Content>(o.Key, new Lost(why.Because[0])))),
            Escaped);
    }

    /// <summary>Forgets the variables of a call that is over.</summary>
    public State Without(Frame frame) => With(Variables.RemoveRange(Variables.Keys.Where(k => k.Frame == frame.Number)), Objects, Escaped);

    /// <summary>The objects that values lead to.</summary>
    /// <param name="values">The values.</param>
    /// <param name="intoModules">Whether to go on to what modules of libraries were made of.</param>
    public HashSet<int> Reachable(IEnumerable<Value> values, bool intoModules = true) => Reach(values, intoModules).Objects;

    /// <summary>The objects and functions that values lead to.</summary>
    public (HashSet<int> Objects, HashSet<Function> Functions) Reach(IEnumerable<Value> values, bool intoModules = true)
    {
        var found = new HashSet<int>();
        var functions = new HashSet<Function>();
        var rest = new Stack<Value>(values);
        while (rest.Count > 0)
        {
            switch (rest.Pop())
            {
                case Group group:
                    Push(group.Elements);
                    break;
                case Function function when functions.Add(function):
                    Push(function.Instance is null ? [] : [function.Instance]);
                    if (function.Body is not null)
                    {
                        var frames = new HashSet<int>();
                        for (var f = function.Frame; f is not null; f = f.Around)
                        {
                            frames.Add(f.Number);
                        }

                        Push(Variables.Where(v => frames.Contains(v.Key.Frame)).Select(v => v.Value));
                    }

                    break;
                case Reference reference when found.Add(reference.Id) && Objects.TryGetValue(reference.Id, out var content):
                    Push(content is Made && !intoModules ? [] : Held(content));
                    break;
            }
        }

        return (found, functions);

        void Push(IEnumerable<Value> more)
        {
            foreach (var value in more)
            {
                rest.Push(value);
            }
        }
    }

    /// <summary>What an object holds directly.</summary>
    private static IEnumerable<Value> Held(Content content) => content switch
    {
        Sequence sequence => sequence.All,
        Map map => map.Entries.Values.Concat(map.Others is null ? [] : [map.Others]),
        Instance instance => instance.Fields.Values,
        Made made => made.Arguments.Values.Concat(made.Parts),
        OneOf choice => choice.Modules,
        _ => [],
    };

    /// <summary>What two paths know together: see <see cref="Join"/>.</summary>
    internal State Of(
        State other, ImmutableDictionary<(int, ISymbol), Value> variables, ImmutableDictionary<int, Content> objects,
        ImmutableHashSet<int> escaped) =>
        new(variables, objects, escaped, Assignable.Union(other.Assignable));

    private State With(
        ImmutableDictionary<(int, ISymbol), Value> variables, ImmutableDictionary<int, Content> objects, ImmutableHashSet<int> escaped) =>
        new(variables, objects, escaped, Assignable);
}

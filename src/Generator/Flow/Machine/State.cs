using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>What is known at one point of the execution: the values of variables, and what the objects hold that they refer to.</summary>
internal sealed class State
{
    public static readonly State Empty = new(
        ImmutableDictionary<(int, ISymbol), Value>.Empty.WithComparers(VariableEquality.Instance), ImmutableDictionary<int, Content>.Empty, []);

    private State(ImmutableDictionary<(int Frame, ISymbol Symbol), Value> variables, ImmutableDictionary<int, Content> objects, ImmutableHashSet<int> escaped) =>
        (Variables, Objects, Escaped) = (variables, objects, escaped);

    public ImmutableDictionary<(int Frame, ISymbol Symbol), Value> Variables { get; }

    public ImmutableDictionary<int, Content> Objects { get; }

    /// <summary>Objects that code which is not followed may hold on to.</summary>
    public ImmutableHashSet<int> Escaped { get; }

    public Value? Variable(Frame frame, ISymbol symbol) => Variables.TryGetValue((frame.Of(symbol).Number, symbol), out var value) ? value : null;

    public Content? Content(Value value) => value is Reference reference && Objects.TryGetValue(reference.Id, out var content) ? content : null;

    public State With(Frame frame, ISymbol symbol, Value value) => new(Variables.SetItem((frame.Of(symbol).Number, symbol), value), Objects, Escaped);

    public State With(int id, Content content) => new(Variables, Objects.SetItem(id, content), Escaped);

    public State With(ImmutableDictionary<int, Content> objects) => new(Variables, objects, Escaped);

    public State Escape(IEnumerable<int> ids) => new(Variables, Objects, Escaped.Union(ids));

    /// <summary>Forgets the variables of a call that is over.</summary>
    public State Without(Frame frame) => new(Variables.RemoveRange(Variables.Keys.Where(k => k.Frame == frame.Number)), Objects, Escaped);

    /// <summary>The objects that values lead to.</summary>
    public HashSet<int> Reachable(IEnumerable<Value> values)
    {
        var found = new HashSet<int>();
        var rest = new Stack<Value>(values);
        while (rest.Count > 0)
        {
            switch (rest.Pop())
            {
                case Group group:
                    Push(group.Elements);
                    break;
                case Function function:
                    Push(function.Instance is null ? [] : [function.Instance]);
                    if (function.Body is not null)
                    {
                        var frames = new HashSet<int>();
                        for (var f = function.Frame; f is not null; f = f.Around)
                        {
                            frames.Add(f.Number);
                        }

                        Push(Variables.Where(v => frames.Contains(v.Key.Frame) && v.Value != function && v.Value is not Function).Select(v => v.Value));
                    }

                    break;
                case Reference reference when found.Add(reference.Id) && Objects.TryGetValue(reference.Id, out var content):
                    Push(content switch
                    {
                        Sequence sequence => sequence.All,
                        Map map => map.Entries.Values.Concat(map.Others is null ? [] : [map.Others]),
                        Instance instance => instance.Fields.Values,
                        Made made => made.Arguments.Values.Concat(made.Parts),
                        _ => [],
                    });
                    break;
            }
        }

        return found;

        void Push(IEnumerable<Value> more)
        {
            foreach (var value in more)
            {
                rest.Push(value);
            }
        }
    }

    internal State Of(ImmutableDictionary<(int, ISymbol), Value> variables, ImmutableDictionary<int, Content> objects, ImmutableHashSet<int> escaped) => new(variables, objects, escaped);
}

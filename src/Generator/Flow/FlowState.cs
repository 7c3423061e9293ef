using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>What is known at a point of a method, of locals, parameters and the compiler's own temporaries. Of what has no entry nothing is known.</summary>
internal sealed class FlowState
{
    private readonly ImmutableDictionary<object, IrrepsValue> _values;

    private FlowState(ImmutableDictionary<object, IrrepsValue> values) => _values = values;

    public static readonly FlowState Empty = new(ImmutableDictionary<object, IrrepsValue>.Empty);

    public IrrepsValue this[object key] => _values.TryGetValue(key, out var value) ? value : IrrepsValue.Unknown;

    public FlowState With(object key, IrrepsValue value) => new(value is Unknown ? _values.Remove(key) : _values.SetItem(key, value));

    public FlowState Without(IEnumerable<ISymbol> symbols) => new(_values.RemoveRange(symbols.Select(Key)));

    /// <summary>What is known but for the values that satisfy a condition.</summary>
    public FlowState Without(Func<IrrepsValue, bool> condition) => new(_values.RemoveRange(_values.Where(e => condition(e.Value)).Select(e => e.Key)));

    /// <summary>What is known of the variables that satisfy a condition.</summary>
    public FlowState Where(Func<ISymbol, bool> condition) => new(_values.RemoveRange(_values.Keys.Where(k => k is not ISymbol symbol || !condition(symbol))));

    /// <summary>What this state or the other knows; where both do, the other.</summary>
    public FlowState With(FlowState other) => new(_values.SetItems(other._values));

    /// <summary>What is known whichever of two ways was taken. C# reads nothing that a way has not assigned, so a missing entry can only mean unknown.</summary>
    public static FlowState Join(FlowState a, FlowState b)
    {
        var values = a._values;
        foreach (var entry in a._values)
        {
            var joined = IrrepsValue.Join(entry.Value, b[entry.Key]);
            values = joined is Unknown ? values.Remove(entry.Key) : values.SetItem(entry.Key, joined);
        }

        return new FlowState(values);
    }

    public bool SameAs(FlowState other) => _values.Count == other._values.Count && _values.All(e => other[e.Key].SameAs(e.Value));

    /// <summary>The key of a symbol: one object for all equal symbols.</summary>
    public static object Key(ISymbol symbol) => symbol.OriginalDefinition;

    public static object Key(CaptureId capture) => capture;
}

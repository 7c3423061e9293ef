using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>What is known at a point of a method, of locals, parameters and the compiler's own temporaries. No entry: not assigned yet on any way here.</summary>
internal sealed class FlowState
{
    private readonly ImmutableDictionary<object, IrrepsValue> _values;

    private FlowState(ImmutableDictionary<object, IrrepsValue> values) => _values = values;

    public static readonly FlowState Empty = new(ImmutableDictionary<object, IrrepsValue>.Empty);

    public IrrepsValue? this[object key] => _values.TryGetValue(key, out var value) ? value : null;

    public FlowState With(object key, IrrepsValue value) => new(_values.SetItem(key, value));

    public static FlowState Join(FlowState a, FlowState b)
    {
        var values = a._values;
        foreach (var entry in b._values)
        {
            values = values.SetItem(entry.Key, values.TryGetValue(entry.Key, out var other) ? IrrepsValue.Join(other, entry.Value) : entry.Value);
        }

        return new FlowState(values);
    }

    public bool SameAs(FlowState other) =>
        _values.Count == other._values.Count && _values.All(e => other._values.TryGetValue(e.Key, out var value) && value.SameAs(e.Value));

    /// <summary>The key of a symbol: one object for all equal symbols.</summary>
    public static object Key(ISymbol symbol) => symbol.OriginalDefinition;

    public static object Key(CaptureId capture) => capture;
}

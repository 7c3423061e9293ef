using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>How an object was made: by which constructor, of what.</summary>
/// <param name="Type">Its class.</param>
/// <param name="Constructor">The constructor; null where it may have been any of them, with any arguments.</param>
/// <param name="Arguments">What the constructor got.</param>
/// <param name="Objects">The objects that arguments refer to, as they were then.</param>
internal sealed record Construction(
    INamedTypeSymbol Type, IMethodSymbol? Constructor, ImmutableArray<Value> Arguments, ImmutableDictionary<int, Content> Objects)
{
    /// <summary>Any object of a class.</summary>
    public static Construction Any(INamedTypeSymbol type) =>
        new(type.OriginalDefinition, null, [], ImmutableDictionary<int, Content>.Empty);

    public bool Equals(Construction? other) => other is not null && SymbolEqualityComparer.Default.Equals(Type, other.Type)
        && SymbolEqualityComparer.Default.Equals(Constructor, other.Constructor) && Arguments.SequenceEqual(other.Arguments)
        && Objects.Count == other.Objects.Count
        && Objects.All(o => other.Objects.TryGetValue(o.Key, out var content) && ReferenceEquals(o.Value, content));

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Type);
}

/// <summary>What constructors left behind: the members of an object, and what they refer to.</summary>
internal sealed record Built(ImmutableDictionary<ISymbol, Value> Members, State State);

using System.Collections.Immutable;

namespace E3Gen.Generator.Flow.Values;

/// <summary>
/// How a tensor transforms. Under a rotation R, with or without inversion, and a translation t its value T becomes p · (D ⊗ … ⊗ D) T + w t:
/// along each axis that carries irreps acts their D(R), p is −1 for an odd tensor under inversion, w is how often the origin counts in it
/// (1 for points, 0 for vectors and everything else).
/// </summary>
internal sealed record TensorValue(ImmutableArray<Axis> Axes, int Identity) : Content
{
    /// <summary>Whether an unknown number of plain axes may precede the first of <see cref="Axes"/>.</summary>
    public bool HasMoreInFront { get; init; }

    /// <summary>−1 where inversion changes the sign of a tensor without an axis of irreps.</summary>
    public int Parity { get; init; } = 1;

    /// <summary>How often the origin counts: 1 for points, 0 for what translations leave alone.</summary>
    public Exact Origins { get; init; }

    /// <summary>
    /// The same as a double, where it is one: no number where rounding would make another of it, so that nothing takes it for 0 or 1.
    /// </summary>
    public double Weight
    {
        get => Exact.Of(Origins.ToDouble()) is { } same && same == Origins ? Origins.ToDouble() : double.NaN;
        init => Origins = Exact.Of(value) ?? throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Whether all entries are zero, which fits all irreps.</summary>
    public bool IsZero { get; init; }

    /// <summary>
    /// Whether the statement holds for its values, but not in a neighbourhood of them: zeros fit all irreps, and equal entries multiply all
    /// components, only as long as they are zero or equal. A derivative with respect to it would leave that set.
    /// </summary>
    public bool IsBound { get; init; }

    /// <summary>
    /// The identity of the value that is s · 1 along its last two axes, a number for each of the others times the unit
    /// matrix; <see cref="Claimed"/> where a rule says so of the result that it describes. A value that is made of it
    /// or changed has another identity.
    /// </summary>
    public int UnitOf { get; init; }

    public const int Claimed = -1;

    /// <summary>
    /// Whether it is a multiple of the unit matrix along its last two axes: D 1 Dᵀ = 1 for all irreps of as many components.
    /// </summary>
    public bool IsUnit => UnitOf == Identity && UnitOf > 0;

    public NumberKind Numbers { get; init; }

    /// <summary>Where it got what it carries, for messages: a parameter, or the operation that yielded these irreps.</summary>
    public Microsoft.CodeAnalysis.Location? From { get; init; }

    /// <summary>
    /// Polynomials of components, where the tensor was written out by components: the entries of axis <see cref="Components.Axis"/>.
    /// </summary>
    public Components? Written { get; init; }

    /// <summary>The memory that it may lie in: allocations of this analysis, <see cref="Outside"/> for all that others can see.</summary>
    public ImmutableArray<int> Memory { get; init; } = [];

    /// <summary>Memory that was not made by the method that is analysed.</summary>
    public const int Outside = 0;

    public bool Turns => Axes.Any(a => a.Turns);

    /// <summary>Whether nothing in it depends on the frame.</summary>
    public bool IsInvariant => !Turns && Written is null && Parity > 0 && Weight == 0;

    /// <summary>The irreps of the one axis that carries any.</summary>
    public Irreps? Irreps => Axes.Where(a => a.Turns).ToList() is [var axis] ? axis.Irreps : null;

    /// <summary>The index of an axis counted as libraries do, negative from the end; null where it is not known or not there.</summary>
    public int? Resolve(long dim) => Math.Abs(Math.Max(dim, -64)) > 64 || dim < -64 ? null : dim < 0
        ? Axes.Length + dim >= 0 ? (int)(Axes.Length + dim) : null
        : !HasMoreInFront && dim < Axes.Length ? (int)dim : null;

    /// <summary>The axis at a position counted from the last, which is 0; null where there is none that is known.</summary>
    public Axis? FromLast(int position) => position < Axes.Length ? Axes[Axes.Length - 1 - position] : null;

    /// <summary>How messages call it: "16x0e+8x1o", "invariant", "a position" …</summary>
    public override string ToString() => this switch
    {
        { Written: { } written } => $"single components of {written.Of}",
        { Weight: 1 } => "a position",
        { Weight: not 0 } => "a sum of positions",
        { Turns: true } => string.Join(" ⊗ ", Axes.Where(a => a.Turns).Select(a => a.Irreps!.ToString())),
        { Axes: [.., { Extent.Known: { } columns and > 0 and < int.MaxValue }] } => $"{columns}x0{(Parity > 0 ? "e" : "o")}",
        { Parity: < 0 } => "odd scalars",
        _ => "invariant",
    };
}

/// <summary>What an object holds.</summary>
internal abstract record Content;

/// <summary>An object of which nothing is known any more.</summary>
internal sealed record Lost(Finding Because) : Content;

/// <summary>An array or list. Its elements one by one, or what each of them is.</summary>
internal sealed record Sequence(ImmutableArray<Value> Elements, Value? Each = null) : Content
{
    /// <summary>Collections that it is computed from whenever it is asked for.</summary>
    public ImmutableArray<int> Sources { get; init; } = [];

    /// <summary>Whether a function computes its elements when they are asked for.</summary>
    public bool IsComputed { get; init; }

    /// <summary>Whether the elements are known one by one.</summary>
    public bool IsListed => Each is null;

    /// <summary>All values that an element may have.</summary>
    public IEnumerable<Value> All => Each is null ? Elements : [Each];
}

/// <summary>A dictionary: values by constant keys, and what values under other keys are.</summary>
internal sealed record Map(ImmutableDictionary<object, Value> Entries, Value? Others = null) : Content
{
    /// <summary>
    /// The keys in the order that they were put in, which is the order that loops go through them, as long as none is removed;
    /// default where it is not known.
    /// </summary>
    public ImmutableArray<object> Order { get; init; }

    /// <summary>A dictionary without entries.</summary>
    public static Map Empty { get; } = new(ImmutableDictionary<object, Value>.Empty) { Order = [] };

    /// <summary>This one with a value under a key.</summary>
    public Map With(object key, Value value) => this with
    {
        Entries = Entries.SetItem(key, value),
        Order = Order.IsDefault || Entries.ContainsKey(key) ? Order : Order.Add(key),
    };
}

/// <summary>An object of a class whose source is followed.</summary>
internal sealed record Instance(
    Microsoft.CodeAnalysis.INamedTypeSymbol Type, ImmutableDictionary<Microsoft.CodeAnalysis.ISymbol, Value> Fields) : Content;

/// <summary>A module or other object of a library, and the arguments that it was made with.</summary>
internal sealed record Made(
    Microsoft.CodeAnalysis.ITypeSymbol Type, ImmutableDictionary<string, Value> Arguments, ImmutableArray<Value> Parts) : Content
{
    /// <summary>Whether all its arguments are known, and not only its class.</summary>
    public bool IsKnown { get; init; }
}

/// <summary>One of several modules, unknown which: what is true of the result of each is true of the result.</summary>
internal sealed record OneOf(ImmutableArray<Value> Modules) : Content
{
    /// <summary>Of more than that nothing is known.</summary>
    public const int Most = 12;
}

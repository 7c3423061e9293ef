using System.Collections.Concurrent;

namespace E3Gen.Polynomials;

/// <summary>The coefficients that couple the components of a path: an exact sparse tensor.</summary>
public sealed class Coefficients : IEquatable<Coefficients>
{
    private static readonly ConcurrentDictionary<EquatableArray<int>, Coefficients> Couplings = new();

    private readonly int _hash;

    /// <param name="shape">Extents of the axes.</param>
    /// <param name="entries">The non-zero entries, in any order.</param>
    /// <exception cref="ArgumentException">An entry that is zero, repeated, or outside the tensor.</exception>
    public Coefficients(EquatableArray<int> shape, IEnumerable<Coefficient> entries)
        : this(shape, entries, default)
    {
    }

    private Coefficients(EquatableArray<int> shape, IEnumerable<Coefficient> entries, EquatableArray<int> degrees)
    {
        (Shape, Degrees) = (shape, degrees);
        Entries = entries.OrderBy(e => e.Indices, Comparer<EquatableArray<int>>.Create(Compare)).ToEquatable();
        for (int e = 0; e < Entries.Count; e++)
        {
            var (indices, value) = (Entries[e].Indices, Entries[e].Value);
            bool isInside = indices.Count == shape.Count && indices.Zip(shape, (i, extent) => i >= 0 && i < extent).All(inside => inside);
            if (!isInside || value.IsZero || (e > 0 && indices.Equals(Entries[e - 1].Indices)))
            {
                throw new ArgumentException($"[{string.Join(", ", indices)}] = {value} is no entry of a sparse tensor [{string.Join(", ", shape)}], or is there twice.");
            }
        }

        _hash = unchecked((shape.GetHashCode() * 31) + Entries.GetHashCode());
    }

    /// <summary>Extents of the axes.</summary>
    public EquatableArray<int> Shape { get; }

    /// <summary>The non-zero entries, ordered by indices.</summary>
    public EquatableArray<Coefficient> Entries { get; }

    /// <summary>The degrees (l1, l2, l3) if this is a Wigner 3j symbol, (l, l) if it is the identity; otherwise empty.</summary>
    public EquatableArray<int> Degrees { get; }

    /// <summary>The number 1, without component axes.</summary>
    public static Coefficients One { get; } = new(default, [new Coefficient(default, 1)]);

    /// <summary>δ[i,j], which couples two irreps of equal degree.</summary>
    /// <param name="l">The degree.</param>
    public static Coefficients Identity(int l) => Couplings.GetOrAdd(new[] { l, l }.ToEquatable(), degrees => new Coefficients(
        new[] { (2 * l) + 1, (2 * l) + 1 }.ToEquatable(),
        Enumerable.Range(0, (2 * l) + 1).Select(i => new Coefficient(new[] { i, i }.ToEquatable(), 1)),
        degrees));

    /// <summary>The Wigner 3j symbol C[i,j,k] in the real basis, of unit norm.</summary>
    /// <param name="l1">Degree of the first axis.</param>
    /// <param name="l2">Degree of the second axis.</param>
    /// <param name="l3">Degree of the third axis.</param>
    public static Coefficients Wigner(int l1, int l2, int l3) => Couplings.GetOrAdd(new[] { l1, l2, l3 }.ToEquatable(), degrees => new Coefficients(
        degrees.Select(l => (2 * l) + 1).ToEquatable(),
        Wigner3j.Nonzero(l1, l2, l3).Select(t => new Coefficient(new[] { t.I, t.J, t.K }.ToEquatable(), t.Value)),
        degrees));

    /// <summary>The tensor with its axes in another order.</summary>
    /// <param name="axes">For each new axis the old one.</param>
    public Coefficients Permute(IReadOnlyList<int> axes) => axes.Select((axis, i) => axis == i).All(same => same)
        ? this
        : new Coefficients(axes.Select(a => Shape[a]).ToEquatable(), Entries.Select(e => e with { Indices = axes.Select(a => e.Indices[a]).ToEquatable() }));

    /// <inheritdoc/>
    public bool Equals(Coefficients? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Shape.Equals(other.Shape) && Entries.Equals(other.Entries));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Coefficients);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>"3j(1, 1, 0)", "1" for identities, or the number of entries.</summary>
    public override string ToString() => Degrees.Count switch
    {
        2 => "1",
        3 => $"3j({string.Join(", ", Degrees)})",
        _ => Shape.Count == 0 ? "1" : $"[{string.Join(" ", Shape)}: {Entries.Count}]",
    };

    private static int Compare(EquatableArray<int> left, EquatableArray<int> right)
    {
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (left[i] != right[i])
            {
                return left[i].CompareTo(right[i]);
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}

/// <summary>An entry of a sparse tensor.</summary>
/// <param name="Indices">Its place.</param>
/// <param name="Value">Its exact value.</param>
public sealed record Coefficient(EquatableArray<int> Indices, SurdSum Value);

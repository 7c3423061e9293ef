using System.Collections.Immutable;

namespace E3Gen.Generator.Flow.Values;

/// <summary>
/// How many entries an axis has: a number times symbols, each of which stands for one number that is not known, such as the number of rows
/// of an argument. Two extents that are written with the same symbols are equal; of different ones nothing is known.
/// </summary>
internal sealed class Extent : IEquatable<Extent>
{
    private readonly ImmutableArray<int> _symbols;

    private Extent(long factor, ImmutableArray<int> symbols) => (Factor, _symbols) = (factor, factor == 0 ? [] : symbols);

    public static Extent One { get; } = new(1, []);

    public long Factor { get; }

    /// <summary>The number, where it is known.</summary>
    public long? Known => _symbols.IsEmpty ? Factor : null;

    public bool IsOne => Known == 1;

    public ImmutableArray<int> Symbols => _symbols;

    /// <summary>The number and the symbols, as text.</summary>
    public string Key => $"{Factor}:{string.Join(",", _symbols)}";

    public static Extent Of(long number) => new(number, []);

    /// <summary>An extent of which nothing is known.</summary>
    public static Extent Symbol(int symbol) => new(1, [symbol]);

    /// <summary>The product; null where it is too large to be followed.</summary>
    public static Extent? Product(Extent a, Extent b)
    {
        try
        {
            return new(checked(a.Factor * b.Factor), [.. a._symbols.Concat(b._symbols).OrderBy(s => s)]);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The quotient, where the divisor's factors all stand in the dividend.</summary>
    public static Extent? Quotient(Extent a, Extent b)
    {
        if (b.Factor == 0 || a.Factor % b.Factor != 0)
        {
            return null;
        }

        var rest = a._symbols.ToList();
        return b._symbols.All(rest.Remove) ? new(a.Factor / b.Factor, [.. rest]) : null;
    }

    /// <summary>The same of other symbols.</summary>
    public Extent Rename(Func<int, int> symbol) => new(Factor, [.. _symbols.Select(symbol).OrderBy(s => s)]);

    public bool Equals(Extent? other) => other is not null && Factor == other.Factor && _symbols.SequenceEqual(other._symbols);

    public override bool Equals(object? obj) => Equals(obj as Extent);

    public override int GetHashCode() => _symbols.Aggregate(Factor.GetHashCode(), (hash, s) => unchecked((hash * 31) + s));

    public override string ToString() => Known?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "n";
}

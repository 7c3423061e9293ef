using System.Numerics;

namespace E3Gen;

/// <summary>
/// An exact sum of surds, such as 1/√3 + √2, as in sums of products of Wigner 3j symbols. Surds with a rational ratio form one term, so
/// two sums are equal only if their terms are. <c>default</c> is 0.
/// </summary>
public readonly struct SurdSum : IEquatable<SurdSum>
{
    private readonly Surd[]? _terms;

    private SurdSum(Surd[] terms) => _terms = terms;

    /// <summary>The terms, none of them 0, no two with a rational ratio; in the order of their squares.</summary>
    public IReadOnlyList<Surd> Terms => _terms ?? [];

    /// <summary>Whether it is 0.</summary>
    public bool IsZero => Terms.Count == 0;

    /// <summary>The sum as a single surd; null if it has more terms.</summary>
    public Surd? AsSurd => Terms.Count switch { 0 => Surd.Zero, 1 => Terms[0], _ => null };

    /// <summary>A surd is a sum of one term.</summary>
    /// <param name="value">The surd.</param>
    public static implicit operator SurdSum(Surd value) => value.Sign == 0 ? default : new SurdSum([value]);

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator SurdSum(int value) => (Surd)value;

    /// <summary>The sum.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static SurdSum operator +(SurdSum left, SurdSum right)
    {
        var terms = left.Terms.ToList();
        foreach (Surd term in right.Terms)
        {
            int same = terms.FindIndex(t => Ratio(t, term) is not null);
            if (same < 0)
            {
                terms.Add(term);
            }
            else if (Ratio(terms[same], term) is var (numerator, denominator) && numerator + denominator is { IsZero: false } sum)
            {
                terms[same] = term * Surd.Rational(sum, denominator);
            }
            else
            {
                terms.RemoveAt(same);
            }
        }

        return new SurdSum([.. terms.OrderBy(t => t.Numerator * t.Numerator).ThenBy(t => t.Denominator).ThenBy(t => t.Sign)]);
    }

    /// <summary>The product.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static SurdSum operator *(SurdSum left, SurdSum right)
    {
        if (left.Terms.Count == 1 && right.Terms.Count == 1)
        {
            return left.Terms[0] * right.Terms[0];
        }

        SurdSum sum = default;
        foreach (Surd a in left.Terms)
        {
            foreach (Surd b in right.Terms)
            {
                sum += a * b;
            }
        }

        return sum;
    }

    /// <summary>Equality of value.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator ==(SurdSum left, SurdSum right) => left.Equals(right);

    /// <summary>Inequality of value.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator !=(SurdSum left, SurdSum right) => !left.Equals(right);

    /// <summary>The value, to the precision of a sum of doubles.</summary>
    public double ToDouble() => Terms.Sum(t => t.ToDouble());

    /// <inheritdoc/>
    public bool Equals(SurdSum other) => Terms.Count == other.Terms.Count && Terms.All(other.Terms.Contains);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SurdSum other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Terms.Aggregate(0, (hash, t) => hash ^ t.GetHashCode());

    /// <summary>In readable form: <c>1/√3 + √2</c>.</summary>
    public override string ToString() => IsZero ? "0" : string.Join(" + ", Terms).Replace("+ -", "- ");

    /// <summary>The ratio of two surds as a fraction in lowest terms, if it is rational.</summary>
    private static (BigInteger Numerator, BigInteger Denominator)? Ratio(Surd above, Surd below)
    {
        Surd ratio = above / below;
        BigInteger numerator = Surd.IntegerSqrt(ratio.Numerator), denominator = Surd.IntegerSqrt(ratio.Denominator);
        return numerator * numerator == ratio.Numerator && denominator * denominator == ratio.Denominator
            ? (ratio.Sign * numerator, denominator)
            : null;
    }
}

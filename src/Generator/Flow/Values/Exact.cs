using System.Globalization;
using System.Numerics;

namespace E3Gen.Generator.Flow.Values;

/// <summary>
/// A number without rounding: the claims are about real numbers, and a term lost in a sum of doubles,
/// such as 1 in 1e16 + 1, would make a claim false.
/// </summary>
internal readonly struct Exact : IEquatable<Exact>
{
    /// <summary>Longer ones are not followed.</summary>
    private static readonly BigInteger Most = BigInteger.One << 2048;

    private readonly BigInteger _numerator, _denominatorLessOne;

    private Exact(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsOne)
        {
            (_numerator, _denominatorLessOne) = (numerator, BigInteger.Zero);
            return;
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (_numerator, _denominatorLessOne) = (numerator / divisor, (denominator / divisor) - 1);
    }

    public static Exact Zero => default;

    public static Exact One { get; } = new(1, 1);

    public bool IsZero => _numerator.IsZero;

    /// <summary>Whether it is too long to be followed.</summary>
    public bool IsTooLong => BigInteger.Abs(_numerator) > Most || _denominatorLessOne > Most;

    private BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>
    /// The intended number: 0.1 is a tenth, although the double is only close to it. A number with more digits than a double resolves is taken
    /// as the exact value of the double. Null if it is not finite.
    /// </summary>
    public static Exact? Of(double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            return null;
        }

        string text = number.ToString("E14", CultureInfo.InvariantCulture);
        if (double.Parse(text, CultureInfo.InvariantCulture).Equals(number))
        {
            int e = text.IndexOf('E');
            return Scaled(BigInteger.Parse(text.Substring(0, e).Replace(".", ""), CultureInfo.InvariantCulture), 10,
                int.Parse(text.Substring(e + 1), CultureInfo.InvariantCulture) - 14);
        }

        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        var mantissa = new BigInteger(exponent == 0 ? fraction : fraction | (1L << 52));
        return Scaled(bits < 0 ? -mantissa : mantissa, 2, Math.Max(exponent, 1) - 1075);
    }

    private static Exact Scaled(BigInteger number, int radix, int exponent) =>
        exponent < 0 ? new(number, BigInteger.Pow(radix, -exponent)) : new(number * BigInteger.Pow(radix, exponent), 1);

    public static Exact operator +(Exact a, Exact b) =>
        new((a._numerator * b.Denominator) + (b._numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Exact operator -(Exact a) => new(-a._numerator, a.Denominator);

    public static Exact operator *(Exact a, Exact b) => new(a._numerator * b._numerator, a.Denominator * b.Denominator);

    public static Exact operator /(Exact a, Exact b) => new(a._numerator * b.Denominator, a.Denominator * b._numerator);

    public static bool operator ==(Exact a, Exact b) => a.Equals(b);

    public static bool operator !=(Exact a, Exact b) => !a.Equals(b);

    /// <summary>The double nearest to it, for what is only compared up to rounding.</summary>
    public double ToDouble()
    {
        // Both parts may be larger than a double is.
        int shift = Math.Max(0, Math.Max(Length(_numerator), Length(Denominator)) - 1000);
        double value = (double)(_numerator >> shift) / (double)(Denominator >> shift);
        return shift == 0 || !double.IsNaN(value) ? value : 0;

        static int Length(BigInteger number) => number.ToByteArray().Length * 8;
    }

    public bool Equals(Exact other) => _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne;

    public override bool Equals(object? obj) => obj is Exact other && Equals(other);

    public override int GetHashCode() => unchecked((_numerator.GetHashCode() * 397) ^ _denominatorLessOne.GetHashCode());

    public override string ToString() => ToDouble().ToString(CultureInfo.InvariantCulture);
}

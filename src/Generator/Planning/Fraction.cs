using System.Numerics;

namespace E3Gen.Generator.Planning;

/// <summary>An exact fraction of whole numbers, 0 or more.</summary>
/// <param name="Numerator">0 or more.</param>
/// <param name="Denominator">1 or more.</param>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    public static Fraction Zero => new(0, 1);

    public static Fraction One => new(1, 1);

    public static implicit operator Fraction(int value) => new(value, 1);

    public static Fraction operator +(Fraction a, Fraction b) => new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>The exact value of a double that is not negative.</summary>
    /// <param name="value">A finite number.</param>
    public static Fraction Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFFL;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
        return exponent >= 0 ? new(new BigInteger(mantissa) << exponent, 1) : new(mantissa, BigInteger.One << -exponent);
    }

    /// <summary>√ of it.</summary>
    public Surd Sqrt() => Surd.Sqrt(Numerator, Denominator);
}

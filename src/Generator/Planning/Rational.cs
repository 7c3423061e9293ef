using System.Numerics;

namespace E3Gen.Generator.Planning;

/// <summary>The exact value of a double, as a fraction.</summary>
internal static class Rational
{
    public static (BigInteger Numerator, BigInteger Denominator) Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFFL;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
        BigInteger numerator = value < 0 ? -mantissa : mantissa;
        return exponent >= 0 ? (numerator << exponent, BigInteger.One) : (numerator, BigInteger.One << -exponent);
    }
}

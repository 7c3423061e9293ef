using System.Numerics;

namespace E3Gen;

// The nearest double, for numerators and denominators of any length.
public readonly partial struct Surd
{
    /// <summary>The nearest <see cref="double"/> (±∞ or 0 beyond its range; below 2^−1022 perhaps the one next to it).</summary>
    public double ToDouble()
    {
        if (Sign == 0)
            return 0;
        // With n = floor(√(p/q · 4^s)) of 62 or more bits, √(p/q) = n·2^−s up to the last of them: far more than the 53 of a double.
        // Truncated bits go into the last bit ("sticky"), so a single rounding, to nearest, is correct.
        int shift = 63 - (BitLength(Numerator) - BitLength(Denominator)) / 2;
        BigInteger above = ShiftLeft(Numerator, 2 * shift), below = ShiftLeft(Denominator, -2 * shift);
        BigInteger scaled = BigInteger.DivRem(above, below, out BigInteger remainder);
        BigInteger root = IntegerSqrt(scaled);
        if (!remainder.IsZero || root * root != scaled)
            root |= BigInteger.One;
        return Sign * RoundToDouble(root, -shift);
    }

    // value·2^bits where bits > 0, else value: the negative half of a shift goes to the other side of the fraction.
    private static BigInteger ShiftLeft(BigInteger value, int bits) => bits > 0 ? value << bits : value;

    /// <summary>
    /// value·2^exponent to the nearest double, ties to even, for values of more than 54 bits whose last bit may stand for what
    /// was cut off.
    /// </summary>
    private static double RoundToDouble(BigInteger value, int exponent)
    {
        int excess = BitLength(value) - 53;
        BigInteger mantissa = value >> excess;
        BigInteger rest = value - (mantissa << excess);
        int comparison = rest.CompareTo(BigInteger.One << (excess - 1));
        if (comparison > 0 || (comparison == 0 && !mantissa.IsEven))
            mantissa += 1;
        // Two factors, since 2^exponent alone may be out of range where the product is not.
        int power = exponent + excess;
        return (double)(long)mantissa * Math.Pow(2, power / 2) * Math.Pow(2, power - power / 2);
    }

    private static int BitLength(BigInteger value)
    {
        byte[] bytes = value.ToByteArray();   // little endian, of a positive number, with a zero byte where the sign bit would be set
        int last = bytes.Length - 1;
        while (last > 0 && bytes[last] == 0)
            last--;
        int bits = 8 * last;
        for (int top = bytes[last]; top != 0; top >>= 1)
            bits++;
        return bits;
    }

    /// <summary>floor(√value), by Newton's iteration from above.</summary>
    internal static BigInteger IntegerSqrt(BigInteger value)
    {
        if (value.IsZero)
            return value;
        BigInteger root = BigInteger.One << ((BitLength(value) + 1) / 2);
        while (true)
        {
            BigInteger next = (root + value / root) >> 1;
            if (next >= root)
                return root;
            root = next;
        }
    }
}

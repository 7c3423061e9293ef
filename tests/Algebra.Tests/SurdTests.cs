using System.Numerics;

namespace E3Gen.Tests;

public class SurdTests
{
    [Theory]
    [InlineData(1, 2, 15, "√(2/15)")]
    [InlineData(-1, 1, 6, "-1/√6")]
    [InlineData(1, 45, 196, "3√5/14")]
    [InlineData(1, 3, 28, "√(3/7)/2")]
    [InlineData(1, 18, 5, "3√(2/5)")]
    [InlineData(1, 1, 12, "1/(2√3)")]
    [InlineData(-1, 9, 28, "-3/(2√7)")]
    [InlineData(1, 3, 4, "√3/2")]
    [InlineData(1, 7, 1, "√7")]
    [InlineData(1, 4, 9, "2/3")]
    [InlineData(-1, 49, 1, "-7")]
    [InlineData(1, 8, 32, "1/2")]
    [InlineData(1, 0, 5, "0")]
    public void PrintsAsMathematics(int sign, int numerator, int denominator, string expected)
        => Assert.Equal(expected, (sign * Surd.Sqrt(numerator, denominator)).ToString());

    [Fact]
    public void IsNormalised()
    {
        Assert.Equal(Surd.Sqrt(1, 6), Surd.Sqrt(5, 30));
        Assert.Equal(Surd.Sqrt(1, 6).GetHashCode(), Surd.Sqrt(5, 30).GetHashCode());
        Assert.Equal(Surd.Zero, Surd.Sqrt(0, 7));
        Assert.Equal(default, Surd.Rational(0, 3));
        Assert.Equal(BigInteger.One, default(Surd).Denominator);
        Assert.NotEqual(Surd.Sqrt(1, 6), -Surd.Sqrt(1, 6));
        Assert.True(Surd.Sqrt(4) == 2 && Surd.Sqrt(4) != -2);
    }

    [Fact]
    public void Arithmetic()
    {
        Assert.Equal(Surd.Sqrt(1, 5), Surd.Sqrt(2, 15) * Surd.Sqrt(3, 2));
        Assert.Equal(-Surd.Sqrt(4, 45), Surd.Sqrt(2, 15) / -Surd.Sqrt(3, 2));
        Assert.Equal(Surd.Rational(-3, 4), Surd.Rational(3, 2) * Surd.Rational(-1, 2));
        Assert.Equal(Surd.Sqrt(2), (-Surd.Sqrt(2)).Abs());
        Assert.Throws<DivideByZeroException>(() => Surd.One / Surd.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => Surd.Sqrt(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Surd.Sqrt(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Surd.Rational(1, -2));
    }

    [Theory]
    [InlineData(1, 45, 196, 3, 14, 5)]
    [InlineData(1, 2, 15, 1, 15, 30)]
    [InlineData(-1, 1, 6, -1, 6, 6)]
    [InlineData(1, 0, 1, 0, 1, 1)]
    [InlineData(1, 27, 8, 3, 4, 6)]
    public void SquareFactorsAreTakenOut(int sign, int p, int q, int a, int b, int r)
        => Assert.Equal((a, b, r), (sign * Surd.Sqrt(p, q)).SquareSplit());

    [Fact]
    public void LargeSquaresAreTakenOutToo()
    {
        BigInteger prime = BigInteger.Parse("170141183460469231731687303715884105727");   // 2^127 − 1
        Assert.Equal((prime * 2, 21, 3), Surd.Sqrt(12 * prime * prime, 441).SquareSplit());
        // Two different primes above the cube root: no square.
        Assert.Equal((1, 1, new BigInteger(1000003) * 1000033), Surd.Sqrt(new BigInteger(1000003) * 1000033).SquareSplit());
    }

    [Fact]
    public void TheDoubleIsTheNearest()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            BigInteger p = Digits(random, random.Next(1, 60)), q = Digits(random, random.Next(1, 60));
            double value = Surd.Sqrt(p, q).ToDouble();
            // The root lies between the middles to both neighbours: their squares, exact fractions, enclose p/q.
            int below = SquareOfMiddle(Math.BitDecrement(value), value, p, q), above = SquareOfMiddle(value, Math.BitIncrement(value), p, q);
            Assert.True(below <= 0 && above >= 0, $"√({p}/{q}) = {value:R}");
        }
    }

    [Fact]
    public void DoublesOfAnyMagnitude()
    {
        Assert.Equal(0.0, Surd.Zero.ToDouble());
        Assert.Equal(-0.5, Surd.Rational(-1, 2).ToDouble());
        Assert.Equal(Math.Sqrt(2), Surd.Sqrt(2).ToDouble());
        Assert.Equal(1e300, Surd.Rational(BigInteger.Pow(10, 300), 1).ToDouble());
        Assert.Equal(1e-300, Surd.Rational(1, BigInteger.Pow(10, 300)).ToDouble());
        Assert.Equal(double.PositiveInfinity, Surd.Rational(BigInteger.Pow(10, 400), 1).ToDouble());
        Assert.Equal(0.0, Surd.Rational(1, BigInteger.Pow(10, 400)).ToDouble());
        Assert.Equal(double.Epsilon, Surd.Rational(1, BigInteger.One << 1074).ToDouble());
    }

    private static BigInteger Digits(Random random, int count)
        => BigInteger.Parse("1" + string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10))));

    // The sign of ((a+b)/2)² − p/q, exactly.
    private static int SquareOfMiddle(double a, double b, BigInteger p, BigInteger q)
    {
        (BigInteger mantissaA, int exponentA) = Split(a);
        (BigInteger mantissaB, int exponentB) = Split(b);
        int exponent = Math.Min(exponentA, exponentB);
        BigInteger twice = (mantissaA << (exponentA - exponent)) + (mantissaB << (exponentB - exponent));
        BigInteger left = twice * twice * q, right = 4 * p;
        return exponent >= 0 ? (left << (2 * exponent)).CompareTo(right) : left.CompareTo(right << (-2 * exponent));
    }

    private static (BigInteger, int) Split(double positive)
    {
        long bits = BitConverter.DoubleToInt64Bits(positive);
        return ((bits & 0xFFFFFFFFFFFFF) | 0x10000000000000, (int)(bits >> 52) - 1075);
    }

    /// <summary>Factoring this product of two primes would take hours; writing it takes none.</summary>
    [Fact]
    public void HardNumbersAreWrittenAtOnce()
    {
        BigInteger product = new BigInteger(18877363707541) * 1080863910568919;
        Assert.Equal($"√{product}", Surd.Sqrt(product).ToString());
        Assert.Equal($"2√{product}/3", Surd.Sqrt(4 * product, 9).ToString());
    }
}

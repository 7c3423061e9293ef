using System.Globalization;
using System.Numerics;

namespace E3Gen;

// Square factors and the written form.
public readonly partial struct Surd
{
    /// <summary>Splits into (a/b)·√r with a/b in lowest terms (a carries the sign) and r a whole number without square factors.</summary>
    public (BigInteger Numerator, BigInteger Denominator, BigInteger Radicand) SquareSplit()
    {
        if (Sign == 0)
            return (0, 1, 1);
        // √(p/q) = (s/t)·√(f/g) = s/(t·g)·√(f·g); f·g has no square factor since p and q have no common one.
        (BigInteger s, BigInteger f) = ExtractSquare(Numerator);
        (BigInteger t, BigInteger g) = ExtractSquare(Denominator);
        BigInteger below = t * g;
        BigInteger divisor = BigInteger.GreatestCommonDivisor(s, below);
        return (Sign * s / divisor, below / divisor, f * g);
    }

    /// <summary>
    /// In readable form: <c>1/√6</c>, <c>√(2/15)</c>, <c>-3√5/14</c>, <c>√3/(2√7)</c> as <c>√(3/7)/2</c>.
    /// Square factors that are hard to find stay below the root: it takes no time whatever the number.
    /// </summary>
    public override string ToString()
    {
        if (Sign == 0)
            return "0";
        (BigInteger s, BigInteger f) = ExtractSquare(Numerator, MostReadable);
        (BigInteger t, BigInteger g) = ExtractSquare(Denominator, MostReadable);
        string factor = s.IsOne ? "" : Text(s);
        string above, below;
        if (g.IsOne)   // s√f / t
            (above, below) = (f.IsOne ? Text(s) : $"{factor}√{Text(f)}", Text(t));
        else if (f.IsOne)   // s / (t√g)
            (above, below) = (Text(s), t.IsOne ? $"√{Text(g)}" : $"({Text(t)}√{Text(g)})");
        else   // s√(f/g) / t
            (above, below) = ($"{factor}√({Text(f)}/{Text(g)})", Text(t));
        return (Sign < 0 ? "-" : "") + above + (below == "1" ? "" : "/" + below);
    }

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Larger primes make no number that is easier to read.</summary>
    private const int MostReadable = 4096;

    /// <summary>value = Root²·Below; what stays below the root has no square factor, or only of primes larger than the given one.</summary>
    private static (BigInteger Root, BigInteger Below) ExtractSquare(BigInteger value, int? mostPrime = null)
    {
        BigInteger root = BigInteger.One, rest = BigInteger.One;
        // Trial division. Once the cube of the divisor exceeds what is left, that is 1, a prime, two different primes, or the square of
        // one. 3j symbols have small primes and one large square: looking for it early keeps the search short.
        for (BigInteger divisor = 2; ; divisor += divisor.IsEven ? 1 : 2)
        {
            BigInteger whole = IntegerSqrt(value);
            if (whole * whole == value)
                return (root * whole, rest);
            if (divisor * divisor * divisor > value || divisor > mostPrime)
                return (root, rest * value);
            while (divisor * divisor <= value && (value % divisor).IsZero)
            {
                value /= divisor;
                if ((value % divisor).IsZero)
                {
                    value /= divisor;
                    root *= divisor;
                }
                else
                {
                    rest *= divisor;
                }
            }
        }
    }
}

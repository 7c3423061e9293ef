using System.Numerics;

namespace E3Gen;

/// <summary>
/// An exact number ±√(p/q) with integers p and q. Every Wigner 3j symbol and every coefficient of a spherical harmonic has this form.
/// <c>default</c> is 0.
/// </summary>
public readonly partial struct Surd : IEquatable<Surd>
{
    // Normalised: gcd(p, q) = 1, q > 0, and 0 = 0/1. q − 1 is stored, so default is 0.
    private readonly BigInteger _denominatorLessOne;

    private Surd(int sign, BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        Sign = numerator.IsZero ? 0 : sign;
        Numerator = numerator / divisor;
        _denominatorLessOne = denominator / divisor - 1;
    }

    /// <summary>−1, 0 or +1.</summary>
    public int Sign { get; }

    /// <summary>Numerator p of the square, 0 or more, in lowest terms.</summary>
    public BigInteger Numerator { get; }

    /// <summary>Denominator q of the square, 1 or more, in lowest terms.</summary>
    public BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>0.</summary>
    public static Surd Zero => default;

    /// <summary>1.</summary>
    public static Surd One { get; } = new(1, 1, 1);

    /// <summary>√(numerator/denominator).</summary>
    /// <param name="numerator">0 or more.</param>
    /// <param name="denominator">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative numerator, or a denominator below 1.</exception>
    public static Surd Sqrt(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.Sign < 0)
            throw new ArgumentOutOfRangeException(nameof(numerator), numerator,
                $"A real root needs a numerator of 0 or more, not {numerator}.");
        CheckDenominator(denominator);
        return new(1, numerator, denominator);
    }

    /// <summary>√value.</summary>
    /// <param name="value">0 or more.</param>
    public static Surd Sqrt(BigInteger value) => Sqrt(value, 1);

    /// <summary>The rational number numerator/denominator.</summary>
    /// <param name="numerator">Any whole number.</param>
    /// <param name="denominator">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A denominator below 1.</exception>
    public static Surd Rational(BigInteger numerator, BigInteger denominator)
    {
        CheckDenominator(denominator);
        return new(numerator.Sign, numerator * numerator, denominator * denominator);
    }

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Surd(int value) => Rational(value, 1);

    /// <summary>The product.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static Surd operator *(Surd left, Surd right)
        => new(left.Sign * right.Sign, left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>The quotient.</summary>
    /// <param name="left">Dividend.</param>
    /// <param name="right">Divisor.</param>
    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static Surd operator /(Surd left, Surd right)
        => right.Sign == 0
            ? throw new DivideByZeroException($"Cannot divide {left} by zero.")
            : new(left.Sign * right.Sign, left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>The negative.</summary>
    /// <param name="value">Operand.</param>
    public static Surd operator -(Surd value) => new(-value.Sign, value.Numerator, value.Denominator);

    /// <summary>The absolute value.</summary>
    public Surd Abs() => Sign < 0 ? -this : this;

    /// <inheritdoc/>
    public bool Equals(Surd other)
        => Sign == other.Sign && Numerator == other.Numerator && _denominatorLessOne == other._denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Surd other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Numerator.GetHashCode() * 31 + _denominatorLessOne.GetHashCode()) * 31 + Sign);

    /// <summary>Equality of value.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator ==(Surd left, Surd right) => left.Equals(right);

    /// <summary>Inequality of value.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator !=(Surd left, Surd right) => !left.Equals(right);

    private static void CheckDenominator(BigInteger denominator)
    {
        if (denominator.Sign <= 0)
            throw new ArgumentOutOfRangeException(nameof(denominator), denominator,
                $"The denominator must be 1 or more, not {denominator}.");
    }
}

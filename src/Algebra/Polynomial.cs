using System.Globalization;
using System.Numerics;
using System.Text;

namespace E3Gen;

/// <summary>An integer coefficient times x^X·y^Y·z^Z.</summary>
/// <param name="Coefficient">The coefficient, not 0.</param>
/// <param name="X">Power of x.</param>
/// <param name="Y">Power of y.</param>
/// <param name="Z">Power of z.</param>
public readonly record struct Monomial(long Coefficient, int X, int Y, int Z);

/// <summary>
/// An exact polynomial in x, y, z: a positive <see cref="Surd"/> times a sum of monomials with integer coefficients that have no common
/// divisor, highest powers of x first, then of y. The zero polynomial has no terms.
/// </summary>
public sealed class Polynomial
{
    private readonly Monomial[] _terms;

    /// <summary>prefactor · Σ coefficients[(a,b,c)] x^a y^b z^c, brought to normal form.</summary>
    internal Polynomial(Surd prefactor, IEnumerable<KeyValuePair<(int X, int Y, int Z), BigInteger>> coefficients)
    {
        var nonzero = coefficients.Where(c => !c.Value.IsZero).ToArray();
        BigInteger divisor = nonzero.Aggregate(BigInteger.Zero, (g, c) => BigInteger.GreatestCommonDivisor(g, c.Value));
        _terms = [.. nonzero.Select(c => new Monomial((long)(c.Value / divisor), c.Key.X, c.Key.Y, c.Key.Z))
            .OrderByDescending(t => t.X).ThenByDescending(t => t.Y).ThenByDescending(t => t.Z)];
        Prefactor = nonzero.Length == 0 ? Surd.Zero : prefactor * Surd.Rational(divisor, 1);
    }

    /// <summary>The common factor, positive (0 for the zero polynomial).</summary>
    public Surd Prefactor { get; }

    /// <summary>The monomials that <see cref="Prefactor"/> multiplies.</summary>
    public IReadOnlyList<Monomial> Terms => _terms;

    /// <summary>The value at a point.</summary>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    /// <param name="z">Third coordinate.</param>
    public double Evaluate(double x, double y, double z)
        => Prefactor.ToDouble() * _terms.Sum(t => t.Coefficient * Power(x, t.X) * Power(y, t.Y) * Power(z, t.Z));

    /// <summary>The derivative with respect to one coordinate.</summary>
    /// <param name="axis">0 for x, 1 for y, 2 for z.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another axis.</exception>
    public Polynomial Derivative(int axis) => axis switch
    {
        0 => Derivative(t => t.X, (1, 0, 0)),
        1 => Derivative(t => t.Y, (0, 1, 0)),
        2 => Derivative(t => t.Z, (0, 0, 1)),
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, $"The axis must be 0 (x), 1 (y) or 2 (z), not {axis}."),
    };

    /// <summary>In readable form: <c>√3·x·z</c>, <c>1/2·(-x² + 2y² - z²)</c>.</summary>
    public override string ToString()
    {
        if (_terms.Length == 0)
            return "0";
        var sum = new StringBuilder();
        foreach (Monomial term in _terms)
        {
            sum.Append(term.Coefficient < 0 ? (sum.Length == 0 ? "-" : " - ") : sum.Length == 0 ? "" : " + ");
            string size = Math.Abs(term.Coefficient).ToString(CultureInfo.InvariantCulture);
            string[] factors = [PowerText("x", term.X), PowerText("y", term.Y), PowerText("z", term.Z)];
            string powers = string.Join("·", factors.Where(f => f.Length > 0));
            sum.Append(powers.Length == 0 ? size : (size == "1" ? "" : size) + powers);
        }
        if (Prefactor == Surd.One)
            return sum.ToString();
        return _terms.Length == 1 ? $"{Prefactor}·{sum}" : $"{Prefactor}·({sum})";
    }

    private Polynomial Derivative(Func<Monomial, int> power, (int X, int Y, int Z) less)
        => new(Prefactor, _terms.Where(t => power(t) > 0).Select(t => new KeyValuePair<(int, int, int), BigInteger>(
            (t.X - less.X, t.Y - less.Y, t.Z - less.Z), (BigInteger)t.Coefficient * power(t))));

    private static double Power(double x, int exponent)
    {
        double product = 1;
        for (int i = 0; i < exponent; i++)
            product *= x;
        return product;
    }

    private static string PowerText(string variable, int power) => power switch
    {
        0 => "",
        1 => variable,
        _ => variable + string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0'])),
    };
}

using System.Numerics;
using System.Text.RegularExpressions;

namespace E3Gen.Generator.Emission;

/// <summary>The surds of a generated file, each a constant named after itself.</summary>
internal sealed class SurdConstants
{
    private const int LongestName = 28;

    private static readonly BigInteger Exact = BigInteger.Pow(2, 104);

    // Operations may be called anything.
    private static readonly Regex Pattern = new(@"^Sqrt\d+(_\d+)?$", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, (double Value, string Comment)> _surds = [];

    public bool IsEmpty => _surds.Count == 0;

    /// <summary>The constants' names, smallest value first.</summary>
    public IEnumerable<string> Names => _surds.OrderBy(s => s.Value.Value).Select(s => s.Key);

    /// <summary>Whether a name could be one of the constants'.</summary>
    public static bool IsReserved(string name) => Pattern.IsMatch(name);

    /// <summary>An expression for the number: a literal where it is rational, else a constant named after its surd.</summary>
    public string Expression(Surd value)
    {
        if (value.Sign == 0)
        {
            return "0.0";
        }

        BigInteger p = value.Numerator, q = value.Denominator;
        string sign = value.Sign < 0 ? "-" : "";
        if (Root(p) is { } a && Root(q) is { } b)
        {
            return b.IsOne ? $"{sign}{a}.0" : $"{sign}{a}.0 / {b}";
        }

        return Name(value).Length > LongestName ? Literals.Double(value.ToDouble()) : sign + Constant(value);
    }

    /// <summary>The constant of a number's magnitude, also where a literal would do.</summary>
    public string Constant(Surd value)
    {
        string name = Name(value);
        _surds[name] = (value.Abs().ToDouble(), value.Denominator.IsOne ? $"√{value.Numerator}" : $"√({value.Numerator}/{value.Denominator})");
        return name;
    }

    public void Write(SourceWriter writer, string modifiers)
    {
        foreach (string name in Names)
        {
            var (value, comment) = _surds[name];
            writer.Line($"{modifiers}const double {name} = {Literals.Double(value)}; // {comment}");
        }
    }

    private static string Name(Surd value) => value.Denominator.IsOne ? $"Sqrt{value.Numerator}" : $"Sqrt{value.Numerator}_{value.Denominator}";

    private static BigInteger? Root(BigInteger value)
    {
        if (value > Exact)
        {
            return null; // a double has no such whole number, and a literal says no less
        }

        var root = new BigInteger(Math.Round(Math.Sqrt((double)value)));
        return root * root == value ? root : null;
    }
}

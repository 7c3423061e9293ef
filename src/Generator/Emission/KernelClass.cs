using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace E3Gen.Generator.Emission;

/// <summary>
/// The constants of a generated file: named surds, the Wigner 3j coefficients of every coupling that occurs, each written once, and the path tables of the operations.
/// </summary>
internal sealed class KernelClass(string name)
{
    private const string Kernels = "global::E3Gen.Kernels";

    // Names of surds and couplings; operations may be called anything.
    private static readonly Regex Reserved = new(@"^(Sqrt\d+(_\d+)?|Wigner\d+x\d+to\d+)$", RegexOptions.CultureInvariant);

    private readonly SortedDictionary<(int, int, int), string> _couplings = [];
    private readonly Dictionary<string, (double Value, string Comment)> _surds = [];
    private readonly SortedDictionary<string, (double Value, string Comment)> _values = [];
    private readonly List<string[]> _fields = [];
    private readonly HashSet<string> _names = [];

    public string Name { get; } = name;

    public bool IsEmpty => _fields.Count == 0 && _surds.Count == 0 && _values.Count == 0;

    /// <summary>An expression for the number: a literal where it is rational, else a constant named after its surd.</summary>
    public string Surd(Surd value)
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

        string digits = q.IsOne ? $"{p}" : $"{p}_{q}";
        if (digits.Length > 24)
        {
            return Literals.Double(value.ToDouble());
        }

        string constant = $"Sqrt{digits}";
        _surds[constant] = (value.Abs().ToDouble(), q.IsOne ? $"√{p}" : $"√({p}/{q})");
        return sign + constant;
    }

    /// <summary>The field that holds the coefficients of a coupling.</summary>
    public string Coupling(int l1, int l2, int l3)
    {
        string field = $"Wigner{l1}x{l2}to{l3}";
        _couplings[(l1, l2, l3)] = field;
        return field;
    }

    /// <summary>Adds a static field and returns its name as seen from outside.</summary>
    /// <param name="type">Type in <c>E3Gen.Kernels</c>.</param>
    /// <param name="field">Its name.</param>
    /// <param name="comment">What it is, in mathematics.</param>
    /// <param name="arguments">Constructor arguments, a line each.</param>
    public string Field(string type, string field, string comment, params string[] arguments)
    {
        while (Reserved.IsMatch(field) || !_names.Add(field))
        {
            field += "_";
        }

        _fields.Add(
        [
            $"/// <summary>{comment}</summary>",
            $"internal static readonly {Kernels}.{type} {field} = new {Kernels}.{type}(",
            .. arguments.Select((a, i) => $"    {a}{(i < arguments.Length - 1 ? "," : ");")}"),
        ]);
        return $"{Name}.{field}";
    }

    /// <summary>Adds a number that is no surd, as a Scalar that lives as long as the program: an implicit one can be collected while native code reads it.</summary>
    public string Value(string field, double value, string comment)
    {
        _values[field] = (value, comment);
        return $"{Name}.{field}";
    }

    public void Write(SourceWriter writer, string owner)
    {
        // Couplings first: writing their coefficients names more surds.
        var couplings = _couplings.Select(c => CouplingLines(c.Key, c.Value)).ToList();
        writer.Line($"/// <summary>Constants of <see cref=\"{owner}\"/>: normalisation factors, Wigner 3j coefficients and path tables.</summary>");
        using (writer.Braces($"file static class {Name}"))
        {
            foreach (var surd in _surds.OrderBy(s => s.Value.Value))
            {
                writer.Line($"internal const double {surd.Key} = {Literals.Double(surd.Value.Value)}; // {surd.Value.Comment}");
            }

            foreach (var value in _values)
            {
                writer.Line();
                writer.Line($"/// <summary>{value.Value.Comment}.</summary>");
                writer.Line($"internal static readonly global::TorchSharp.Scalar {value.Key} = {Literals.Double(value.Value.Value)};");
            }

            foreach (var lines in couplings.Concat(_fields))
            {
                writer.Line();
                foreach (string line in lines)
                {
                    writer.Line(line);
                }
            }
        }
    }

    private string[] CouplingLines((int L1, int L2, int L3) l, string field)
    {
        const int PerLine = 5;
        var terms = Wigner3j.Nonzero(l.L1, l.L2, l.L3).Select(t => $"({t.I}, {t.J}, {t.K}, {Surd(t.Value)})").ToList();
        var rows = Enumerable.Range(0, (terms.Count + PerLine - 1) / PerLine).Select(r => string.Join(", ", terms.Skip(r * PerLine).Take(PerLine))).ToList();
        return
        [
            $"/// <summary>{l.L1} × {l.L2} → {l.L3}: the terms (i, j, k, value) of c[k] = Σ value · a[i] b[j].</summary>",
            $"internal static readonly {Kernels}.Coupling {field} = new {Kernels}.Coupling(",
            $"    {l.L1}, {l.L2}, {l.L3},",
            .. rows.Select((r, i) => $"    {r}{(i < rows.Count - 1 ? "," : ");")}"),
        ];
    }

    private static BigInteger? Root(BigInteger value)
    {
        var root = new BigInteger(Math.Round(Math.Sqrt((double)value)));
        return root * root == value ? root : null;
    }
}

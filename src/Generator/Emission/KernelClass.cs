using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission;

/// <summary>
/// The constants of a generated file: named surds and the path tables of the operations.
/// </summary>
internal sealed class KernelClass(string name, CouplingNames couplings)
{
    /// <summary>The namespace in which they stand: ours, where no name of the user is in reach.</summary>
    private const string Space = "E3Gen.Generated";

    private readonly SurdConstants _surds = new();
    private readonly SortedDictionary<string, (double Value, string Comment)> _values = [];
    private readonly SortedDictionary<string, (Irreps Irreps, string Comment)> _irreps = [];
    private readonly List<string[]> _fields = [];
    private readonly HashSet<string> _names = [];
    private bool _hasCouplings;

    public string Name { get; } = name;

    public bool IsEmpty => _fields.Count == 0 && _surds.IsEmpty && _values.Count == 0 && _irreps.Count == 0;

    /// <summary>An expression for the number: a literal where it is rational, else a constant named after its surd.</summary>
    public string Surd(Surd value) => _surds.Expression(value);

    /// <summary>An expression for a coupling.</summary>
    public string Coupling(CouplingKey key)
    {
        _hasCouplings = true;
        return couplings.Instance(key);
    }

    /// <summary>Adds a static field and returns its name as seen from outside.</summary>
    /// <param name="type">Type in <c>E3Gen.Kernels</c> or <c>E3Gen.Operations</c>.</param>
    /// <param name="field">Its name.</param>
    /// <param name="comment">What it is, in mathematics.</param>
    /// <param name="arguments">Constructor arguments, a line each.</param>
    public string Field(string type, string field, string comment, params string[] arguments) => Field(type, field, comment, [], arguments);

    /// <summary>Adds a static field that sets properties and returns its name as seen from outside.</summary>
    /// <param name="type">Type in <c>E3Gen.Kernels</c> or <c>E3Gen.Operations</c>.</param>
    /// <param name="field">Its name.</param>
    /// <param name="comment">What it is, in mathematics.</param>
    /// <param name="properties">What follows the constructor: "Layout = …".</param>
    /// <param name="arguments">Constructor arguments, a line each.</param>
    public string Field(string type, string field, string comment, IReadOnlyList<string> properties, string[] arguments)
    {
        while (SurdConstants.IsReserved(field) || !_names.Add(field))
        {
            field += "_";
        }

        _fields.Add(
        [
            $"/// <summary>{comment}</summary>",
            $"internal static readonly {type} {field} = new(",
            .. arguments.SelectMany((a, i) => $"{a}{(i < arguments.Length - 1 ? "," : properties.Count == 0 ? ");" : ")")}".Split('\n').Select(line => $"    {line}")),
            .. properties.Count == 0 ? [] : (string[])["{", .. properties.Select(p => $"    {p},"), "};"],
        ]);
        return $"global::{Space}.{Name}.{field}";
    }

    /// <summary>Adds a number that is no surd, as a Scalar that lives as long as the program: an implicit one can be collected while native code reads it.</summary>
    public string Value(string field, double value, string comment)
    {
        _values[field] = (value, comment);
        return $"global::{Space}.{Name}.{field}";
    }

    /// <summary>Adds irreps and returns the name of their field.</summary>
    public string Irreps(string field, Irreps irreps, string comment)
    {
        _irreps[field] = (irreps, comment);
        return $"global::{Space}.{Name}.{field}";
    }

    /// <param name="writer">Receives the lines.</param>
    /// <param name="owner">The class whose constants these are.</param>
    public void Write(SourceWriter writer, string owner)
    {
        using var space = writer.Braces($"namespace {Space}");
        if (_hasCouplings)
        {
            writer.Line($"using global::{couplings.Namespace};");
        }

        writer.Line("using global::E3Gen.Kernels;");
        writer.Line("using global::E3Gen.Operations;");
        writer.Line();
        writer.Line($"/// <summary>Constants of {owner}: normalisation factors and tables of paths.</summary>");
        using (writer.Braces($"file static class {Name}"))
        {
            _surds.Write(writer, "internal ");

            foreach (var value in _values)
            {
                writer.Line();
                writer.Line($"/// <summary>{value.Value.Comment}.</summary>");
                writer.Line($"internal static readonly global::TorchSharp.Scalar {value.Key} = {Literals.Double(value.Value.Value)};");
            }

            foreach (var irreps in _irreps)
            {
                writer.Line();
                writer.Line($"/// <summary>{irreps.Value.Comment}.</summary>");
                writer.Line($"internal static readonly Irreps {irreps.Key} = \"{irreps.Value.Irreps}\";");
            }

            foreach (string[] lines in _fields)
            {
                writer.Line();
                foreach (string line in lines)
                {
                    writer.Line(line);
                }
            }
        }
    }
}

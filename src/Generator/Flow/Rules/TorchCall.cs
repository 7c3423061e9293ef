using System.Collections.Immutable;
using System.Globalization;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// A call of a TorchSharp operation, as its rule sees it. A rule reads arguments by parameter name, and each read is
/// recorded: if an argument was not read, nothing is proven, so no rule can forget an argument that
/// changes the operation.
/// </summary>
internal sealed class TorchCall
{
    /// <summary>Arguments that never change numbers.</summary>
    private static readonly HashSet<string> Harmless =
    [
        "device", "requires_grad", "names", "disposeAfter", "non_blocking", "nonBlocking", "copy", "retain_graph", "create_graph",
        "allow_unused", "inplace", "memory_format",
    ];

    private static readonly string[] DimNames = ["dim", "dims", "dimension", "dimensions", "axis", "axes", "dim0", "dim1", "dim2"];

    private readonly List<Argument> _arguments = [];
    private readonly HashSet<Argument> _asked = [];
    private string? _name;
    private ITypeSymbol? _type;

    public TorchCall(Machine machine, IMethodSymbol method, string word, Value? instance, ImmutableArray<Value> arguments, IOperation at,
        IReadOnlyList<IOperation?> sources)
    {
        (Machine, Method, Word, At) = (machine, method, word, at);
        if (instance is not null)
        {
            _arguments.Add(new Argument("this", machine.Look(instance)));
        }

        for (int i = 0; i < method.Parameters.Length; i++)
        {
            _arguments.Add(new Argument(method.Parameters[i].Name, machine.Look(arguments.ElementAtOrDefault(i) ?? Value.Null)));
        }

    }

    public Machine Machine { get; }

    public IMethodSymbol Method { get; }

    /// <summary>The word of its rule.</summary>
    public string Word { get; }

    public IOperation At { get; }

    /// <summary>The operation as messages call it: an operator by its sign, anything else by its name.</summary>
    public string Name => _name ?? Method switch
    {
        { MethodKind: MethodKind.UserDefinedOperator } => Method.Name switch
        {
            WellKnownMemberNames.AdditionOperatorName => "+",
            WellKnownMemberNames.SubtractionOperatorName or WellKnownMemberNames.UnaryNegationOperatorName => "-",
            WellKnownMemberNames.MultiplyOperatorName => "*",
            WellKnownMemberNames.DivisionOperatorName => "/",
            WellKnownMemberNames.ModulusOperatorName => "%",
            WellKnownMemberNames.GreaterThanOperatorName => ">",
            WellKnownMemberNames.GreaterThanOrEqualOperatorName => ">=",
            WellKnownMemberNames.LessThanOperatorName => "<",
            WellKnownMemberNames.LessThanOrEqualOperatorName => "<=",
            var other => other,
        },
        { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } => property.Name,
        _ => Method.Name,
    };

    /// <summary>The same call under another name, for messages.</summary>
    public TorchCall Named(string name)
    {
        var named = (TorchCall)MemberwiseClone();
        named._name = name;
        return named;
    }

    /// <summary>The class of the module that is called.</summary>
    public ITypeSymbol ContainingType => _type ?? Method.ContainingType;

    /// <summary>The same call, of a module of this class.</summary>
    public TorchCall Of(ITypeSymbol type)
    {
        var call = (TorchCall)MemberwiseClone();
        call._type = type;
        return call;
    }

    public IEnumerable<Value> Values => _arguments.Select(a => a.Value);

    public int Count => _arguments.Count;

    public bool Has(string name) => _arguments.Any(a => a.Name == name);

    /// <summary>The argument of a parameter; null where there is no such parameter, or null was passed.</summary>
    public Value? this[string name]
    {
        get
        {
            if (_arguments.FirstOrDefault(a => a.Name == name) is not { } argument)
            {
                return null;
            }

            _asked.Add(argument);
            return argument.Value is Data { IsNull: true } ? null : argument.Value;
        }
    }

    /// <summary>The n-th argument.</summary>
    public Value Nth(int n)
    {
        _asked.Add(_arguments[n]);
        return _arguments[n].Value;
    }

    /// <summary>The n-th argument as a tensor; a number is a tensor without axes.</summary>
    public TensorValue X(int n) => AsTensor(Nth(n));

    public TensorValue AsTensor(Value value) => Machine.Tensor(value) ?? value switch
    {
        Data { IsNull: false } data => new TensorValue([], Machine.NextNumber())
        {
            IsZero = Number(value) == 0,
            Numbers = data.Constant is double or float ? NumberKind.Float : NumberKind.Unknown,
        },
        Reference reference when Machine.State.Content(reference) is Lost lost => throw new NoProofException(lost.Because),
        _ => throw CannotVerify(null),
    };

    /// <summary>The number that an argument is, where it is constant.</summary>
    public static double? Number(Value? value) => value switch
    {
        Data { Constant: int or long or short or byte or float or double or sbyte } data =>
            Convert.ToDouble(data.Constant, CultureInfo.InvariantCulture),
        Data { Extent.Known: { } extent } => extent,
        _ => null,
    };

    /// <summary>The same for what multiplies: a whole number that no double holds is not known.</summary>
    public static double? Factor(Value? value) =>
        Number(value) is { } number && (Math.Abs(number) < 1L << 53 || value is Data { Constant: double or float }) ? number : null;

    /// <summary>The constant whole number of a parameter.</summary>
    public long Whole(string name) => this[name] is Data { Extent.Known: { } number } ? number : throw CannotVerify(null);

    /// <summary>A constant flag; false where there is no such parameter.</summary>
    public bool Flag(string name) => Has(name) && (this[name] is Data { Constant: bool flag } ? flag : throw CannotVerify(null));

    /// <summary>The extents that a list of numbers gives; null for each that is not known.</summary>
    public IReadOnlyList<Extent?>? Extents(Value? value) => value switch
    {
        null or Data { IsNull: true } => null,
        Data data => [data.Extent],
        Group group => [.. group.Elements.Select(e => (e as Data)?.Extent)],
        _ when Machine.State.Content(value) is Sequence { IsListed: true } list =>
            [.. list.Elements.Select(e => (Machine.Look(e) as Data)?.Extent)],
        _ => throw CannotVerify(null),
    };

    /// <summary>The axes that an operation works along, by whatever name; null where none are given, which means all.</summary>
    public IReadOnlyList<long>? Dims()
    {
        var dims = new List<long>();
        foreach (string name in DimNames.Where(Has))
        {
            dims.AddRange((Extents(this[name]) ?? []).Select(v => v?.Known ?? throw CannotVerify(null)));
        }

        return dims.Count > 0 ? dims : null;
    }

    /// <summary>The one axis that an operation works along, by whatever name.</summary>
    public long Dim(long otherwise) => Dims() switch { null => otherwise, [var dim] => dim, _ => throw CannotVerify(null) };

    /// <summary>
    /// Results are converted to the requested data type: integers would truncate.
    /// </summary>
    public void NoWholeNumbers(params string[] names)
    {
        foreach (string name in names.Where(Has))
        {
            if (this[name] is { } type && type is not Data { DType: NumberKind.Float })
            {
                throw CannotVerify(null, $"{Name} with another data type");
            }
        }
    }

    /// <summary>The first argument that was given and that the rule has not asked for.</summary>
    public string? Forgotten =>
        _arguments.FirstOrDefault(a => !_asked.Contains(a) && !Harmless.Contains(a.Name) && a.Value is not Data { IsNull: true })?.Name;

    public NoProofException CannotVerify(TensorValue? x, string? operation = null) =>
        new(Reasons.CannotVerify(At.Syntax, operation ?? Name,
            x ?? _arguments.Select(a => Machine.Tensor(a.Value)).FirstOrDefault(t => t is { IsInvariant: false })));

    public NoProofException AxisNotKnown(TensorValue x) => new(Reasons.AxisNotKnown(At.Syntax, Name, x));

    public NoProofException Wrong(DiagnosticDescriptor rule, params object[] arguments) =>
        new(new Finding(rule, At.Syntax, arguments) { Origins = Reasons.From([.. arguments.OfType<TensorValue>()]) });

    /// <summary>A function of single components of what rotations mix.</summary>
    public NoProofException ActsOnComponents(TensorValue x) => x switch
    {
        { Written: { } written } => new(written.Because),
        { Weight: not 0 } => new(Reasons.Origin(At.Syntax, Name)),
        { Turns: false, Parity: < 0 } => Wrong(EquivarianceRules.OddNonlinearity, Name, x),
        _ => Wrong(EquivarianceRules.Nonlinearity, Name, x),
    };

    public NoProofException Mixes(TensorValue x, string hint = "sum over rows, use [Linear], or .norm(-1) for lengths") =>
        x.Written is { } written ? new(written.Because) : Wrong(EquivarianceRules.FeatureAxis, Name, x, hint);

    private sealed class Argument(string name, Value value)
    {
        public string Name { get; } = name;

        public Value Value { get; } = value;
    }
}

/// <summary>A rule does not apply, and why.</summary>
internal sealed class NoProofException(Finding because) : Exception
{
    public Finding Because { get; } = because;
}

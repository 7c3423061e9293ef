using System.Globalization;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Parsing;

/// <summary>What an operation's rules see of its declaration, and where they report.</summary>
internal sealed class OperationContext(ModuleParser module, IMethodSymbol symbol, AttributeReader attribute, MethodModel method, CancellationToken cancellation)
{
    public AttributeReader Attribute { get; } = attribute;

    public MethodModel Method { get; } = method;

    public string Name => Method.Name;

    /// <summary>False once an error was reported: the operation is not generated.</summary>
    public bool IsValid { get; private set; } = true;

    /// <summary>The attributes of that type on the method, in order.</summary>
    public IEnumerable<AttributeReader> Others<TAttribute>() =>
        symbol.GetAttributes().Where(a => WellKnown.Is<TAttribute>(a.AttributeClass)).Select(a => module.Reader(a));

    public void Report(DiagnosticDescriptor rule, Location location, params object[] arguments)
    {
        IsValid &= rule.DefaultSeverity != DiagnosticSeverity.Error;
        module.Report(rule, location, arguments);
    }

    public void ReportAt(IrrepsText text, int entry, DiagnosticDescriptor rule, params object[] arguments) =>
        Report(rule, text.Argument.Locate(text.Entries[entry]), arguments);

    /// <summary>Reports an operation of too many paths.</summary>
    public bool CheckPaths(long count)
    {
        if (count > PathLimit.Most)
        {
            Report(IrrepsRules.TooLarge, Attribute.Location, PathLimit.Message($"'{Name}'", count));
        }

        return count <= PathLimit.Most;
    }

    /// <summary>Irreps of a required argument; null, after a report, where they are missing or malformed.</summary>
    public IrrepsText? Irreps(string argument)
    {
        if (Attribute.String(argument) is { } text)
        {
            return Read(text);
        }

        IsValid = false;
        if (!Attribute.IsRejected(argument))
        {
            Report(IrrepsRules.Missing, Attribute.LocationOf(argument), Name, argument, "none");
        }

        return null;
    }

    /// <summary>Irreps of an optional argument; null where it is not set or malformed.</summary>
    public IrrepsText? OptionalIrreps(string argument) => Attribute.String(argument) is { } text ? Read(text) : null;

    public bool Expect(params (ParameterKind Kind, string Name)[] parameters)
    {
        var expected = parameters.Select(p => new ExpectedParameter(p.Kind, p.Name)).ToList();
        return MethodParser.CheckSignature(symbol, expected, (rule, location, arguments) => Report(rule, location, arguments), cancellation);
    }

    /// <summary>An enum argument; reports a value that is not one of the enum's.</summary>
    public T Enum<T>(string argument, T fallback)
        where T : struct, Enum
    {
        T value = Attribute.Get(argument, fallback);
        if (!System.Enum.IsDefined(typeof(T), value))
        {
            Report(DeclarationRules.OptionOutOfRange, Attribute.LocationOf(argument), argument, Name, value, OneOf<T>());
        }

        return value;
    }

    /// <summary>A whole number; reports one that is out of range.</summary>
    public int Integer(string argument, int fallback, int minimum, int maximum)
    {
        int value = Attribute.Get(argument, fallback);
        if (value < minimum || value > maximum)
        {
            var nearest = Suggestion.Of(Suggestion.Option, $"{argument} = {Math.Max(minimum, Math.Min(maximum, value))}");
            Report(DeclarationRules.OptionOutOfRange, Attribute.LocationOf(argument), argument, Name, value, $"from {minimum} to {maximum}", nearest);
        }

        return value;
    }

    /// <summary>A positive number for each entry of irreps; none where the option is not set.</summary>
    public EquatableArray<double> Positive(string argument, IrrepsText irreps)
    {
        if (Attribute.List<double>(argument) is not { } values)
        {
            return default;
        }

        if (values.Count != irreps.Irreps.Count)
        {
            Report(DeclarationRules.OptionOutOfRange, Attribute.LocationOf(argument), argument, Name, $"{values.Count} numbers",
                $"{irreps.Irreps.Count}, one for each of {irreps.Irreps}");
        }

        foreach (var (value, location) in values.Where(v => v.Value is not (>= 1e-30 and <= 1e30)))
        {
            Report(DeclarationRules.OptionOutOfRange, location, argument, Name, value, "positive numbers, from 1E-30 to 1E+30");
        }

        return values.Select(v => v.Value).ToEquatable();
    }

    /// <summary>A number; reports one that is out of range.</summary>
    public double Number(string argument, double fallback, Func<double, bool> allows, string range)
    {
        double value = Attribute.Get(argument, fallback);
        if (!allows(value))
        {
            Report(DeclarationRules.OptionOutOfRange, Attribute.LocationOf(argument), argument, Name, value.ToString(CultureInfo.InvariantCulture), range);
        }

        return value;
    }

    /// <summary>Reports an option that is set for what is not there.</summary>
    public void CheckUnused(string what, string option)
    {
        if (Attribute.Has(option))
        {
            Report(SelectionRules.UnusedOption, Attribute.LocationOf(option), Name, what, option);
        }
    }

    /// <summary>The values of an enum as messages list them.</summary>
    public static string OneOf<T>()
        where T : struct, Enum => $"one of {string.Join(", ", System.Enum.GetNames(typeof(T)))}";

    private IrrepsText? Read(StringArgument text)
    {
        var read = IrrepsReader.Read(text, (reference, span) => Resolve(reference, span, text), (rule, location, arguments) => Report(rule, location, arguments));
        IsValid &= read is not null;
        return read;
    }

    private Irreps? Resolve(string reference, TextSpan span, StringArgument text)
    {
        bool input = reference.EndsWith(".Input", StringComparison.Ordinal);
        string name = input ? reference.Substring(0, reference.Length - ".Input".Length) : reference;
        switch (module.Resolve(name))
        {
            case (Resolution.Unknown, _):
                var (known, nearest) = NearestOperation.Of(reference, module.Nameable(Name), "no other operation here", text, span);
                Report(IrrepsRules.UnknownReference, text.Locate(span, intoConstants: true), name, module.TypeName, known, nearest);
                return null;
            case (Resolution.Circular, _):
                Report(IrrepsRules.CircularReference, text.Locate(span, intoConstants: true), Name, name);
                return null;
            case (_, null or InvalidOperationModel):
                IsValid = false; // what is wrong there is reported there
                return null;
            case (_, { } operation):
                return input ? operation.Input : operation.Output;
        }
    }
}

/// <summary>What became of a reference to another operation.</summary>
internal enum Resolution
{
    Found,
    Unknown,
    Circular,
}

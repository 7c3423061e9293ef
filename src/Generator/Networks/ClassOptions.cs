using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Networks;

/// <summary>Reads the options of an attribute that makes a whole class, and reports those that are wrong.</summary>
/// <param name="name">Name of the class.</param>
/// <param name="attribute">The attribute.</param>
internal sealed class ClassOptions(string name, AttributeReader attribute)
{
    /// <summary>What was reported.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Whether no error was.</summary>
    public bool IsValid { get; private set; } = true;

    /// <summary>Reports an option that has no effect.</summary>
    /// <param name="option">The option.</param>
    /// <param name="what">What the class does not have.</param>
    /// <param name="used">Whether it has.</param>
    public void CheckUsed(string option, string what, bool used)
    {
        if (!used && attribute.Has(option))
        {
            Report(SelectionRules.UnusedOption, attribute.LocationOf(option), name, what, option);
        }
    }

    /// <summary>A named constant; a number that is none is reported.</summary>
    public T Enum<T>(string option, T fallback)
        where T : struct, Enum
    {
        var value = attribute.Get(option, fallback);
        if (!System.Enum.IsDefined(typeof(T), value))
        {
            Report(DeclarationRules.OptionOutOfRange, attribute.LocationOf(option), option, name, value, OperationContext.OneOf<T>());
        }

        return value;
    }

    /// <summary>A positive number.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">What it is where it is not given.</param>
    /// <param name="wish">What is written for the user to change where it has no default.</param>
    public double Positive(string option, double fallback, double? wish = null)
    {
        double value = attribute.Get(option, fallback);
        if (!(value > 0) || double.IsInfinity(value))
        {
            double? other = value < 0 && !double.IsInfinity(value) ? -value : wish;
            string? near = other is null ? null : FormattableString.Invariant($"{option} = {other:0.0##############}");
            var suggestion = Suggestion.None.And(Suggestion.Option, near);
            var location = attribute.LocationOf(option);
            object given = attribute.Has(option) ? value : "not set";
            Report(DeclarationRules.OptionOutOfRange, location, option, name, given, "a positive number", suggestion);
        }

        return value;
    }

    /// <summary>A whole number in a range.</summary>
    public int Integer(string option, int fallback, int minimum, int maximum)
    {
        int value = attribute.Get(option, fallback);
        if (value < minimum || value > maximum)
        {
            string range = $"from {minimum} to {maximum}";
            var suggestion = Suggestion.Of(Suggestion.Option, $"{option} = {Math.Max(minimum, Math.Min(maximum, value))}");
            Report(DeclarationRules.OptionOutOfRange, attribute.LocationOf(option), option, name, value, range, suggestion);
        }

        return value;
    }

    /// <summary>Irreps that must be given and have components.</summary>
    public IrrepsText? Required(string option)
    {
        if (Optional(option) is { } text)
        {
            if (text.Irreps.Dim > 0)
            {
                return text;
            }

            Report(IrrepsRules.Missing, attribute.LocationOf(option), name, option, "empty ones");
        }
        else if (attribute.String(option) is null && !attribute.IsRejected(option))
        {
            Report(IrrepsRules.Missing, attribute.LocationOf(option), name, option, "none");
        }

        return null;
    }

    /// <summary>Irreps that may be left out.</summary>
    public IrrepsText? Optional(string option)
    {
        if (attribute.String(option) is not { } argument)
        {
            return null;
        }

        var text = IrrepsReader.Read(
            argument,
            (reference, span) =>
            {
                Report(IrrepsRules.UnknownReference, argument.Locate(span, intoConstants: true), reference, name, "nothing, since a network has no operations of its own");
                return null;
            },
            (rule, location, arguments) => Report(rule, location, arguments));
        IsValid &= text is not null;
        return text;
    }

    /// <summary>Reports what is wrong with an entry of irreps.</summary>
    public void ReportAt(IrrepsText text, int entry, DiagnosticDescriptor rule, params object[] arguments) =>
        Report(rule, text.Argument.Locate(text.Entries[entry]), arguments);

    /// <summary>Reports what is wrong.</summary>
    public void Report(DiagnosticDescriptor rule, Location location, params object[] arguments)
    {
        IsValid &= rule.DefaultSeverity != DiagnosticSeverity.Error;
        Diagnostics.Add(Suggestion.Report(rule, location, arguments));
    }
}

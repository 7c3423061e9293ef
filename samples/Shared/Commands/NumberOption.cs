using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Shared.Commands;

/// <summary>Options that are numbers: in the same notation everywhere (0.5, never 0,5), finite, and within a range; what is not is an error that names the option.</summary>
internal static class NumberOption
{
    /// <summary>More threads or processes than this, and more than the machine has processors, would only wait for each other.</summary>
    public static readonly int MostThreads = Math.Max(64, Environment.ProcessorCount);

    /// <summary>An option with a default.</summary>
    public static Option<T> Create<T>(string[] names, string description, T standard, T least, T most, string? helpName = null) where T : struct, INumber<T>
        => new(names[0], names[1..])
        {
            Description = description,
            HelpName = helpName ?? "number",
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse(result, least, most),
        };

    /// <summary>An option that may be left out.</summary>
    public static Option<T?> CreateOptional<T>(string name, string description, T least, T most, string? helpName = null) where T : struct, INumber<T>
        => new(name) { Description = description, HelpName = helpName ?? "number", CustomParser = result => Parse(result, least, most) };

    private static T Parse<T>(ArgumentResult result, T least, T most) where T : struct, INumber<T>
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        // No thousands separators, no white space, and for integers no decimal point.
        NumberStyles style = typeof(T) == typeof(double) ? NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent : NumberStyles.AllowLeadingSign;
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) && T.IsFinite(value) && value >= least && value <= most)
            return value;
        string name = result.Parent is OptionResult option ? option.Option.Name : "the argument";
        string kind = typeof(T) == typeof(double) ? "a number such as 0.5" : "a whole number";
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; expected {kind} from {least} to {most}."));
        return default;
    }
}

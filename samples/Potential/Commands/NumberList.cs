using System.Globalization;

namespace Potential.Commands;

/// <summary>Numbers by name, as a command line gives them: <c>H=-13.6,O=-2041.3</c>.</summary>
internal static class NumberList
{
    /// <param name="text">Pairs of a name and a number, separated by commas.</param>
    /// <param name="what">What each of them is, for the message.</param>
    /// <param name="example">What a list looks like.</param>
    /// <exception cref="FormatException">It is not such a list; the message names the part.</exception>
    public static IReadOnlyDictionary<string, double> Parse(string text, string what, string example)
    {
        var numbers = new Dictionary<string, double>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', StringSplitOptions.TrimEntries);
            bool isPair = sides.Length == 2 && double.TryParse(sides[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) && numbers.TryAdd(sides[0], number);
            if (!isPair) throw new FormatException($"'{part}' is not {what}, or the second of this name; expected a list such as {example}.");
        }

        return numbers;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace E3Gen;

/// <summary>Values of a comment line in extended XYZ: their type from their text, and their text.</summary>
internal static class InfoText
{
    /// <summary>What a text must be quoted for.</summary>
    private const string Special = "=\",'{}[]\\";

    /// <summary>The words of one list: integers if all are, else reals, logical values or texts.</summary>
    /// <param name="words">The words, at least one.</param>
    /// <param name="areTexts">Whether some were quoted: then all are texts.</param>
    public static Array Typed(IReadOnlyList<string> words, bool areTexts = false)
    {
        if (areTexts) return words.ToArray();
        return All<long>(words, NumberText.TryInteger) ?? All<double>(words, NumberText.TryReal) ?? All<bool>(words, NumberText.TryLogical) ?? (Array)words.ToArray();
    }

    /// <summary>What <paramref name="value"/> looks like on a comment line, without the quotes of a text.</summary>
    public static string Format(InfoValue value)
    {
        string[] items = [.. Items(value)];
        if (value.Shape.Count == 0) return items[0];
        if (value.Kind == ValueKind.Text) items = [.. items.Select(Quote)];
        if (value.Shape.Count == 2) return $"[{string.Join(", ", items.Chunk(value.Shape[1]).Select(row => $"[{string.Join(", ", row)}]"))}]";
        // A list of one in the old style is a scalar; one of texts has no old style.
        return items.Length == 1 || value.Kind == ValueKind.Text ? $"[{string.Join(", ", items)}]" : string.Join(' ', items);
    }

    /// <summary><paramref name="value"/> as written after the equals sign.</summary>
    public static string Written(InfoValue value)
    {
        if (value.Shape.Count == 0) return Bare(value.ToString());
        string text = Format(value);
        return text[0] == '[' ? text : $"\"{text}\"";
    }

    /// <summary>A key or a text, in quotes if it needs them.</summary>
    public static string Bare(string text) =>
        text.Length == 0 || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || Special.Contains(c, StringComparison.Ordinal)) ? Quote(text) : text;

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static IEnumerable<string> Items(InfoValue value) => value.Values switch
    {
        long[] integers => integers.Select(i => i.ToString(CultureInfo.InvariantCulture)),
        double[] reals => reals.Select(NumberText.Of),
        bool[] logicals => logicals.Select(NumberText.Of),
        var texts => (string[])texts,
    };

    private delegate bool TryParse<T>(string text, out T value);

    private static T[]? All<T>(IReadOnlyList<string> words, TryParse<T> parse)
    {
        // The first word tells most types apart: no list of texts is made to look at one.
        if (!parse(words[0], out T first)) return null;
        var values = new T[words.Count];
        values[0] = first;
        for (int i = 1; i < values.Length; i++)
        {
            if (!parse(words[i], out values[i])) return null;
        }
        return values;
    }
}

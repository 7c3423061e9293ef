using System.Text;

namespace E3Gen;

/// <summary>Pieces of what a file says, short and harmless, for error messages.</summary>
internal static class Excerpt
{
    private const int Shown = 20, Characters = 60;

    /// <summary>The first few of many names.</summary>
    public static string Of(IReadOnlyCollection<string> names)
    {
        string list = string.Join(", ", names.Take(Shown).Select(n => $"'{Short(n)}'"));
        return names.Count == 0 ? "none" : names.Count > Shown ? $"{list} and {names.Count - Shown} more" : list;
    }

    /// <summary>The beginning of a text, on one line: what a terminal would obey becomes a dot.</summary>
    public static string Short(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder();
        foreach (char c in text[..Math.Min(text.Length, Characters)]) shown.Append(char.IsControl(c) || char.IsSurrogate(c) ? '·' : c);
        return text.Length > Characters ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>The beginning of a text in UTF-8.</summary>
    public static string Short(ReadOnlySpan<byte> text) => Short(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * Characters + 4)]));
}

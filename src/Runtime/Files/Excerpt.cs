namespace E3Gen;

/// <summary>The first few of many names, for error messages.</summary>
internal static class Excerpt
{
    private const int Shown = 20;

    public static string Of(IReadOnlyCollection<string> names)
    {
        string list = string.Join(", ", names.Take(Shown).Select(n => $"'{n}'"));
        return names.Count == 0 ? "none" : names.Count > Shown ? $"{list} and {names.Count - Shown} more" : list;
    }
}

namespace E3Gen.Flow.Tests.Planted;

/// <summary>A mistake planted into the correct modules of Sources/Interaction.cs.</summary>
/// <param name="Name">What somebody got wrong.</param>
/// <param name="Replace">Correct text; must occur once.</param>
/// <param name="With">What stands there instead. <c>[|…|]</c> marks what the diagnostic points at, if that lies here.</param>
/// <param name="Id">The rule that must speak, and the only one.</param>
/// <param name="Message">Part of its message.</param>
/// <param name="At">What the diagnostic points at where it lies elsewhere; must occur once.</param>
public sealed record Mistake(string Name, string Replace, string With, string Id, string Message, string? At = null)
{
    public override string ToString() => $"{Id} {Name}";

    /// <summary>The modules with the mistake in them, and where it must be reported.</summary>
    public (string Source, int Start, int Length) Plant(string source)
    {
        int at = Only(source, Replace);
        int open = With.IndexOf("[|", StringComparison.Ordinal);
        string with = With.Replace("[|", "").Replace("|]", "");
        string planted = source[..at] + with + source[(at + Replace.Length)..];
        return At is null
            ? (planted, at + open, With.IndexOf("|]", StringComparison.Ordinal) - open - 2)
            : (planted, Only(planted, At), At.Length);
    }

    private int Only(string source, string text)
    {
        int first = source.IndexOf(text, StringComparison.Ordinal);
        return first >= 0 && source.IndexOf(text, first + 1, StringComparison.Ordinal) < 0
            ? first
            : throw new InvalidOperationException($"'{this}': \"{text}\" must occur once in the modules.");
    }
}

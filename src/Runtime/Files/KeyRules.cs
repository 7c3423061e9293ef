using System.Collections;

namespace E3Gen;

/// <summary>
/// Rules that rename keys of a file to keys of a module: <c>new KeyRules { { "module.head.*", null }, { "module.*", "*" } }</c>. The first rule
/// whose pattern matches the whole key decides; a key that no rule matches keeps its name. In a pattern each <c>*</c> stands for any characters,
/// also none and also dots, from the left as few as possible; everything else stands for itself. Each <c>*</c> of a replacement is what the
/// <c>*</c> at the same place in the pattern stood for. A replacement null skips the key.
/// Pass <see cref="Rename"/> wherever a function from key to key is taken.
/// </summary>
public sealed class KeyRules : IEnumerable<KeyValuePair<string, string?>>
{
    private readonly List<KeyValuePair<string, string?>> _rules = [];

    /// <summary>Adds a rule after the others.</summary>
    /// <param name="pattern">What keys must look like, with <c>*</c> for any characters.</param>
    /// <param name="replacement">The new key, with as many <c>*</c> as the pattern or with none; null to skip the key.</param>
    /// <exception cref="ArgumentException">The numbers of <c>*</c> differ.</exception>
    public void Add(string pattern, string? replacement)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        int stars = pattern.Count(c => c == '*'), filled = replacement?.Count(c => c == '*') ?? 0;
        if (filled != 0 && filled != stars)
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' has {stars} of '*' and its replacement '{replacement}' has {filled}; write as many, or none in the replacement.",
                nameof(replacement));
        }
        _rules.Add(new(pattern, replacement));
    }

    /// <summary>Applies the first rule that matches.</summary>
    /// <param name="key">A key of the file.</param>
    /// <returns>The key of the module; null to skip it; the key itself if no rule matches.</returns>
    public string? Rename(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        foreach ((string pattern, string? replacement) in _rules)
        {
            if (Match(pattern.Split('*'), key) is { } texts) return replacement is null ? null : Fill(replacement.Split('*'), texts);
        }
        return key;
    }

    /// <summary>The rules in their order.</summary>
    /// <returns>Patterns and replacements.</returns>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator() => _rules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What the stars between the parts stand for; null if the key does not match. The last part is bound to the key's end.</summary>
    private static List<string>? Match(string[] parts, string key)
    {
        if (parts.Length == 1) return key == parts[0] ? [] : null;
        if (!key.StartsWith(parts[0], StringComparison.Ordinal)) return null;
        var texts = new List<string>();
        int at = parts[0].Length;
        foreach (string part in parts[1..^1])
        {
            int found = key.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return null;
            texts.Add(key[at..found]);
            at = found + part.Length;
        }
        int end = key.Length - parts[^1].Length;
        if (end < at || !key.EndsWith(parts[^1], StringComparison.Ordinal)) return null;
        texts.Add(key[at..end]);
        return texts;
    }

    private static string Fill(string[] parts, List<string> texts) =>
        string.Concat(parts.Select((part, i) => i == 0 ? part : texts[i - 1] + part));
}

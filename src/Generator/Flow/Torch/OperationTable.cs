namespace E3Gen.Generator.Flow.Torch;

/// <summary>The rule for every overload of TorchSharp: Operations.txt, read once. What is not in it has no rule.</summary>
internal static class OperationTable
{
    private const string Resource = "E3Gen.Generator.Flow.Torch.Operations.txt";

    private static readonly Lazy<Dictionary<string, string>> Rules = new(Read);

    /// <summary>The rule's word, with a trailing <c>!</c> if the first tensor is written, or null.</summary>
    /// <param name="overloadName">As <see cref="OverloadName"/> writes it.</param>
    public static string? RuleOf(string overloadName) => Rules.Value.TryGetValue(overloadName, out var rule) ? rule : null;

    /// <summary>The lines of the table in its order.</summary>
    public static IEnumerable<(string Rule, string Overload)> Lines()
    {
        using var reader = new StreamReader(typeof(OperationTable).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                int end = line.IndexOf(' ');
                yield return (line.Substring(0, end), line.Substring(end).TrimStart());
            }
        }
    }

    private static Dictionary<string, string> Read()
    {
        var rules = new Dictionary<string, string>(capacity: 3000, StringComparer.Ordinal);
        var words = new Dictionary<string, string>(StringComparer.Ordinal); // a word is one string, however many lines have it
        foreach (var (rule, overload) in Lines())
        {
            if (!words.TryGetValue(rule, out var word))
            {
                words.Add(rule, word = rule);
            }

            rules[overload] = word;
        }

        return rules;
    }
}

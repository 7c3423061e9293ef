using System.IO;
namespace E3Gen.Generator.Flow.Torch;

/// <summary>The rule for every overload of TorchSharp: Operations.txt, read once. What is not in it has no rule.</summary>
internal static class OperationTable
{
    private static readonly Lazy<Dictionary<string, string>> Rules = new(Read);

    /// <summary>All overloads that have a rule.</summary>
    public static IReadOnlyCollection<string> Overloads => Rules.Value.Keys;

    /// <summary>The rule's word, with a trailing <c>!</c> if the first tensor is written, or null.</summary>
    /// <param name="overloadName">As <see cref="OverloadName"/> writes it.</param>
    public static string? RuleOf(string overloadName) => Rules.Value.TryGetValue(overloadName, out var rule) ? rule : null;

    private static Dictionary<string, string> Read()
    {
        var rules = new Dictionary<string, string>(capacity: 3000);
        using var reader =
            new StreamReader(typeof(OperationTable).Assembly.GetManifestResourceStream("E3Gen.Generator.Flow.Torch.Operations.txt")!);
        string rule = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                Add(rules, line, ref rule);
            }
        }

        return rules;
    }

    private static void Add(Dictionary<string, string> rules, string line, ref string rule)
    {
        int end = line.IndexOf(' ');
        if (end != rule.Length || string.CompareOrdinal(line, 0, rule, 0, end) != 0)
        {
            rule = line.Substring(0, end); // neighbours share one string
        }

        rules.Add(line.Substring(end).TrimStart(), rule);
    }
}

using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Parsing;

/// <summary>Which operation a mistyped <c>@Name</c> or <c>@Name.Input</c> means.</summary>
internal static class NearestOperation
{
    private const string Input = "Input";

    /// <summary>What '@' can name, and what was probably meant, in words; and the same for the light bulb.</summary>
    /// <param name="written">What stands behind the '@'.</param>
    /// <param name="names">The operations there are.</param>
    /// <param name="none">The words where there are none.</param>
    /// <param name="text">The string that it stands in.</param>
    /// <param name="span">Where in it, with the '@'.</param>
    public static (string Words, Suggestion Suggestion) Of(
        string written, IReadOnlyList<string> names, string none, StringArgument text, TextSpan span)
    {
        string known = names.Count == 0 ? none : string.Join(", ", names.Select(n => $"'{n}'"));
        return Meant(written, names) is { } meant
            ? ($"{known}; did you mean '@{meant}'?", Suggestion.Edit(text, span, [$"@{meant}"]))
            : (known, Suggestion.None);
    }

    /// <summary>The name with the fewest letters to change, a third of what is written at most.</summary>
    private static string? Meant(string written, IEnumerable<string> names)
    {
        int dot = written.IndexOf('.');
        string name = dot < 0 ? written : written.Substring(0, dot).TrimEnd(), suffix = dot < 0 ? "" : written.Substring(dot + 1).Trim();
        int most = Math.Max(1, name.Length / 3);
        string? nearest = names.Where(n => Letters(name, n) <= most).OrderBy(n => Letters(name, n)).FirstOrDefault();
        bool isInput = suffix.Length > 0 && Letters(suffix, Input) <= 2;
        return name.Length == 0 || nearest is null ? null : isInput ? $"{nearest}.{Input}" : nearest;
    }

    /// <summary>
    /// Edit distance: letters to insert, drop, change or swap with their neighbours; a difference in case counts less than a letter.
    /// </summary>
    private static double Letters(string a, string b)
    {
        double[,] least = new double[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    least[i, j] = i + j;
                    continue;
                }

                double change = a[i - 1] == b[j - 1] ? 0 : char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0.25 : 1;
                least[i, j] = Math.Min(Math.Min(least[i - 1, j], least[i, j - 1]) + 1, least[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    least[i, j] = Math.Min(least[i, j], least[i - 2, j - 2] + 1);
                }
            }
        }

        return least[a.Length, b.Length];
    }
}

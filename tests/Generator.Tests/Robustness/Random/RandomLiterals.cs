using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Writes the same constant string in the many ways of C#, and collects the constants that it declares for that.</summary>
internal sealed class RandomLiterals(Dice dice)
{
    private readonly List<string> _declarations = [];

    /// <summary>Declarations of constants, as members of the class.</summary>
    public IReadOnlyList<string> Declarations => _declarations;

    /// <summary>A constant expression with this value.</summary>
    public string Write(string value, int depth = 0)
    {
        int cut = dice.Below(value.Length + 1);
        return dice.Below(depth > 2 ? 6 : 13) switch
        {
            0 => Verbatim(value),
            1 when IsPlain(value) => $"\"\"\"{value}\"\"\"",
            2 when IsPlain(value) => $"\"\"\"\n        {value}\n        \"\"\"",
            3 => Escaped(value),
            4 => $"({Regular(value)})",
            6 => $"{Write(value[..cut], depth + 1)} + {Write(value[cut..], depth + 1)}",
            7 => $"$\"{Braced(value[..cut])}{{{Parenthesised(Write(value[cut..], depth + 2))}}}\"",
            8 or 9 => Constant(value, depth),
            10 => $"({(dice.Chance(50) ? "true" : "1 < 2")} ? {Write(value, depth + 1)} : \"0o\")",
            _ => Regular(value),
        };
    }

    private string Constant(string value, int depth)
    {
        string expression = Write(value, depth + 1), name = $"C{_declarations.Count}";
        _declarations.Add($"{dice.Pick("private", "public", "internal")} const string {name} = {expression};");
        return dice.Pick(name, name, $"@{name}");
    }

    /// <summary>Whether the value may stand in a raw literal: one line, and quotes nowhere.</summary>
    private static bool IsPlain(string value) => value.Length > 0 && value.Trim().Length > 0 && value.All(c => c is >= ' ' and < '\u007f' and not '"');

    private static string Regular(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    private static string Verbatim(string value) => value.Any(char.IsControl) || value.Any(char.IsSurrogate) ? Regular(value) : $"@\"{value.Replace("\"", "\"\"")}\"";

    /// <summary>Escapes some characters that need none.</summary>
    private string Escaped(string value) =>
        $"\"{string.Concat(value.Select(c => dice.Chance(30) || !IsPlain("0" + c) ? dice.Pick($"\\u{(int)c:x4}", $"\\U{(int)c:x8}", $"\\x{(int)c:x4}") : c == '\\' ? "\\\\" : c.ToString()))}\"";

    private static string Braced(string value) => Regular(value)[1..^1].Replace("{", "{{").Replace("}", "}}");

    private static string Parenthesised(string expression) => $"({expression})";
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>Code that can be run here and printed into a program.</summary>
/// <param name="Run">What it does with its operands.</param>
/// <param name="Print">Its text with the operands' names.</param>
internal sealed record Written<T>(Func<Tensor[], T> Run, Func<IReadOnlyList<string>, string> Print)
{
    /// <summary>Whether the text must be put in parentheses to call a member of it; generous.</summary>
    public string PrintInParentheses(IReadOnlyList<string> operands) => $"({Print(operands)})";
}

/// <summary>Reads the text of lambdas: an operation is written once, as the code that runs here. Captured variables become literals.</summary>
internal static partial class Written
{
    private static readonly ConcurrentDictionary<string, (string[] Parameters, string Body)> Split = new();

    public static Written<T> Of<T>(Func<Tensor, T> run, [CallerArgumentExpression(nameof(run))] string text = "") => Read(run, text, x => run(x[0]));

    public static Written<T> Of<T>(Func<Tensor, Tensor, T> run, [CallerArgumentExpression(nameof(run))] string text = "") => Read(run, text, x => run(x[0], x[1]));

    public static Written<T> Of<T>(Func<Tensor, Tensor, Tensor, T> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        Read(run, text, x => run(x[0], x[1], x[2]));

    /// <summary>A value as C# writes it.</summary>
    public static string Literal(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        int i => i < 0 ? $"({Text(i)})" : Text(i),
        long l => l < 0 ? $"({Text(l)}L)" : $"{Text(l)}L",
        double d => d < 0 ? $"({Text(d)})" : Text(d),
        string s => $"\"{s}\"",
        Enum e => $"{e.GetType().Name}.{e}",
        long[] array => $"new long[] {{ {string.Join(", ", array)} }}",
        double[] array => $"new double[] {{ {string.Join(", ", array.Select(d => Text(d)))} }}",
        _ => throw new ArgumentException($"No literal is known for {value.GetType()}."),
    };

    private static string Text(double d) => d.ToString("R", CultureInfo.InvariantCulture) is var text && text.All(c => char.IsDigit(c) || c == '-') ? text + ".0" : d.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long l) => l.ToString(CultureInfo.InvariantCulture);

    private static Written<T> Read<T>(Delegate run, string text, Func<Tensor[], T> call)
    {
        var (parameters, body) = Split.GetOrAdd(text, static t =>
        {
            var match = Lambda().Match(t);
            return match.Success
                ? (match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries), Checked.Print(Spaces().Replace(match.Groups[2].Value, " ")))
                : throw new ArgumentException($"Not a lambda: {t}");
        });
        var values = new Dictionary<string, object?>();
        Captured(run.Target, values);
        return new Written<T>(call, operands => Identifier().Replace(body, match =>
            Array.IndexOf(parameters, match.Value) is >= 0 and var p ? operands[p] : values.TryGetValue(match.Value, out var value) ? Literal(value) : match.Value));
    }

    /// <summary>The fields of closures are the variables that a lambda captures.</summary>
    private static void Captured(object? closure, Dictionary<string, object?> values)
    {
        if (closure is null || !closure.GetType().Name.StartsWith('<'))
        {
            return;
        }

        foreach (var field in closure.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (field.Name.StartsWith("CS$", StringComparison.Ordinal))
            {
                Captured(field.GetValue(closure), values);
            }
            else
            {
                values[field.Name] = field.GetValue(closure);
            }
        }
    }

    [GeneratedRegex(@"^\(?\s*([\w\s,]+?)\s*\)?\s*=>\s*(.*)$", RegexOptions.Singleline)]
    private static partial Regex Lambda();

    /// <summary>Strings, which are left alone, and names that are not members of something; a range's two dots are no member access.</summary>
    [GeneratedRegex("""
        "[^"]*"|(?<!\w)(?<!(?<!\.)\.)[A-Za-z_]\w*
        """)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

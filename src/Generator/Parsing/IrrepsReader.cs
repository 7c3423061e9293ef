using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Parsing;

/// <summary>
/// Reads irreps strings as users write them: e3nn's grammar, in which a term may also be <c>@Method</c> (what that operation yields) or <c>@Method.Input</c> (what it takes).
/// </summary>
internal static class IrrepsReader
{
    /// <param name="argument">The string to read.</param>
    /// <param name="resolve">Irreps of a reference such as "Convolve" or "Activate.Input" and its span; reports and returns null where there are none.</param>
    /// <param name="report">Receives what is wrong.</param>
    public static IrrepsText? Read(StringArgument argument, Func<string, TextSpan, Irreps?> resolve, Action<DiagnosticDescriptor, Location, object[]> report)
    {
        // Whoever mistakes one term often mistakes the next one, too: all of them are reported.
        bool hasReference = argument.Value.Contains('@');
        if (!hasReference && (!argument.Value.Contains('+') || IsWithoutMistake(argument.Value, out _)))
        {
            return ReadTerm(argument, new TextSpan(0, argument.Value.Length), report) is { } whole
                ? new IrrepsText(whole, [.. Terms(argument.Value).Take(whole.Count)], argument)
                : null;
        }

        var entries = new List<MulIrrep>();
        var spans = ImmutableArray.CreateBuilder<TextSpan>();
        bool failed = false;
        foreach (var term in Terms(argument.Value))
        {
            string text = argument.Value.Substring(term.Start, term.Length);
            var irreps = text.StartsWith("@", StringComparison.Ordinal) ? resolve(text.Substring(1).Trim(), term) : ReadTerm(argument, term, report);
            failed |= irreps is null;
            foreach (var entry in irreps ?? Irreps.Empty)
            {
                entries.Add(entry);
                spans.Add(term);
            }
        }

        if (failed)
        {
            return null;
        }

        if (!hasReference && !IsWithoutMistake(argument.Value, out var together))
        {
            ReportMistake(argument, 0, together!, report); // one that no term makes by itself
            return null;
        }

        if (entries.Sum(e => (long)e.Dim) is > int.MaxValue and var dim)
        {
            report(IrrepsRules.TooLarge, argument.Location, [$"The irreps have {dim} components; at most {int.MaxValue} are possible"]);
            return null;
        }

        return new IrrepsText(new Irreps(entries), spans.ToImmutable(), argument);
    }

    private static bool IsWithoutMistake(string value, out IrrepsSyntaxError? error) => Irreps.TryParse(value, out _, out error);

    /// <summary>The trimmed terms between '+' signs.</summary>
    private static IEnumerable<TextSpan> Terms(string value)
    {
        int start = 0;
        for (int i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] != '+')
            {
                continue;
            }

            int from = start, to = i;
            while (from < to && char.IsWhiteSpace(value[from]))
            {
                from++;
            }

            while (to > from && char.IsWhiteSpace(value[to - 1]))
            {
                to--;
            }

            yield return TextSpan.FromBounds(from, to);
            start = i + 1;
        }
    }

    private static Irreps? ReadTerm(StringArgument argument, TextSpan part, Action<DiagnosticDescriptor, Location, object[]> report)
    {
        string text = argument.Value.Substring(part.Start, part.Length);
        if (part.Length == 0 && argument.Value.Length > 0)
        {
            // In the parser's words, which reads only one term here: the plus sign after it is one too many, at the end the one before it.
            int next = argument.Value.IndexOf('+', part.Start), plus = next >= 0 ? next : argument.Value.LastIndexOf('+');
            string message = $"A term is missing {(next >= 0 ? "before" : "after")} this '+'. Write irreps as \"16x0e + 8x1o\".";
            var superfluous = new TextSpan(plus, 1);
            var removal = Suggestion.Edit(argument, superfluous, [], remove: true);
            report(IrrepsRules.EmptyTerm, argument.Locate(superfluous, intoConstants: true), [message, removal]);
            return null;
        }

        if (Irreps.TryParse(text, out var irreps, out var error))
        {
            if (irreps.FirstOrDefault(e => e.Irrep.L > Wigner3j.MaxL) is { Irrep.L: > 0 } high)
            {
                string message = $"l = {high.Irrep.L} in '{high}' is out of range: E3Gen has couplings for l from 0 to {Wigner3j.MaxL}";
                var span = Terms(text).ElementAt(irreps.ToList().IndexOf(high));
                var whole = new TextSpan(part.Start + span.Start, span.Length);
                string highest = Suggestion.Rewrite(text.Substring(span.Start, span.Length), new Irrep(Wigner3j.MaxL, high.Irrep.Parity));
                report(IrrepsRules.DegreeOutOfRange, argument.Locate(whole, intoConstants: true), [message, Suggestion.Edit(argument, whole, [highest])]);
                return null;
            }

            return irreps;
        }

        ReportMistake(argument, part.Start, error!, report);
        return null;
    }

    private static void ReportMistake(
        StringArgument argument, int start, IrrepsSyntaxError error, Action<DiagnosticDescriptor, Location, object[]> report)
    {
        var mistake = new TextSpan(start + error.Position, error.Length);
        report(Rule(error.Kind), argument.Locate(mistake, intoConstants: true), [error.Message, Correction(error.Kind, argument, mistake)]);
    }

    private static Suggestion Correction(IrrepsErrorKind kind, StringArgument argument, TextSpan mistake)
    {
        string written = argument.Value.Substring(mistake.Start, mistake.Length);
        return kind switch
        {
            IrrepsErrorKind.UnknownParity => Suggestion.Edit(argument, mistake, ["e", "o"]),
            IrrepsErrorKind.MissingParity => Suggestion.Edit(argument, mistake, [$"{written}e", $"{written}o"]),
            IrrepsErrorKind.NegativeL => Suggestion.Edit(argument, mistake, [written.TrimStart('-')]),
            IrrepsErrorKind.LTooLarge => Suggestion.Edit(argument, mistake, [$"{Wigner3j.MaxL}"]),
            IrrepsErrorKind.EmptyTerm => Suggestion.Edit(argument, mistake, [], remove: true),
            _ => Suggestion.None,
        };
    }

    private static DiagnosticDescriptor Rule(IrrepsErrorKind kind) => kind switch
    {
        IrrepsErrorKind.UnknownParity or IrrepsErrorKind.MissingParity => IrrepsRules.Parity,
        IrrepsErrorKind.NegativeMultiplicity or IrrepsErrorKind.InvalidMultiplicity => IrrepsRules.Multiplicity,
        IrrepsErrorKind.NegativeL or IrrepsErrorKind.LTooLarge => IrrepsRules.DegreeOutOfRange,
        IrrepsErrorKind.EmptyTerm => IrrepsRules.EmptyTerm,
        IrrepsErrorKind.Overflow => IrrepsRules.TooLarge,
        _ => IrrepsRules.UnexpectedText,
    };
}

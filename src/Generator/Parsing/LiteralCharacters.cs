using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Parsing;

/// <summary>Where each character of a string literal's value stands in the source.</summary>
internal static class LiteralCharacters
{
    /// <summary>One span for each UTF-16 unit of the token's value; null where the literal is malformed or of another kind.</summary>
    public static ImmutableArray<TextSpan>? Spans(SyntaxToken token)
    {
        if (token.ContainsDiagnostics)
        {
            return null;
        }

        return token.Kind() switch
        {
            SyntaxKind.StringLiteralToken when token.Text[0] == '@' => Verbatim(token),
            SyntaxKind.StringLiteralToken => Regular(token),
            SyntaxKind.SingleLineRawStringLiteralToken => RawLine(token),
            SyntaxKind.MultiLineRawStringLiteralToken => RawLines(token),
            _ => null,
        };
    }

    private static ImmutableArray<TextSpan> Verbatim(SyntaxToken token)
    {
        string text = token.Text;
        var spans = ImmutableArray.CreateBuilder<TextSpan>(text.Length);
        for (int i = 2; i < text.Length - 1;)
        {
            int width = text[i] == '"' ? 2 : 1;
            spans.Add(new TextSpan(token.SpanStart + i, width));
            i += width;
        }

        return spans.ToImmutable();
    }

    private static ImmutableArray<TextSpan> Regular(SyntaxToken token)
    {
        string text = token.Text;
        var spans = ImmutableArray.CreateBuilder<TextSpan>(text.Length);
        for (int i = 1; i < text.Length - 1;)
        {
            var (width, units) = text[i] == '\\' ? Escape(text, i) : (1, 1);
            for (int unit = 0; unit < units; unit++)
            {
                spans.Add(new TextSpan(token.SpanStart + i, width));
            }

            i += width;
        }

        return spans.ToImmutable();
    }

    private static (int Width, int Units) Escape(string text, int start)
    {
        switch (text[start + 1])
        {
            case 'x':
                int width = 2;
                while (width < 6 && start + width < text.Length - 1 && Uri.IsHexDigit(text[start + width]))
                {
                    width++;
                }

                return (width, 1);
            case 'u':
                return (6, 1);
            case 'U':
                return (10, Convert.ToUInt32(text.Substring(start + 2, 8), 16) > 0xFFFF ? 2 : 1);
            default:
                return (2, 1);
        }
    }

    private static ImmutableArray<TextSpan> RawLine(SyntaxToken token)
    {
        string text = token.Text;
        int quotes = text.TakeWhile(c => c == '"').Count();
        return [.. Enumerable.Range(quotes, text.Length - (2 * quotes)).Select(i => new TextSpan(token.SpanStart + i, 1))];
    }

    private static ImmutableArray<TextSpan> RawLines(SyntaxToken token)
    {
        var lines = SourceText.From(token.Text).Lines;
        string last = lines[lines.Count - 1].ToString();
        int indent = last.Length - last.TrimStart().Length;
        var spans = ImmutableArray.CreateBuilder<TextSpan>(token.Text.Length);
        for (int l = 1; l < lines.Count - 1; l++)
        {
            var line = lines[l];
            int start = line.Span.Length > indent ? line.Start + indent : line.End;
            int end = l == lines.Count - 2 ? line.End : line.EndIncludingLineBreak;
            for (int i = start; i < end; i++)
            {
                spans.Add(new TextSpan(token.SpanStart + i, 1));
            }
        }

        return spans.ToImmutable();
    }
}

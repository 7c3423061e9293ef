using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Operations;

/// <summary>A path as written, "1o x 1o -> 0e", with the place of each irrep.</summary>
internal sealed record PathText(
    (Irrep Irrep, TextSpan Span) Input1, (Irrep Irrep, TextSpan Span) Input2, (Irrep Irrep, TextSpan Span) Output)
{
    private static readonly Regex Pattern = new(
        @"^\s*(\d+[eo])\s*[x×]\s*(\d+[eo])\s*(?:->|→)\s*(\d+[eo])\s*$", RegexOptions.CultureInvariant);

    public static PathText? Parse(string text)
    {
        var match = Pattern.Match(text);
        return match.Success && Irrep(match.Groups[1]) is { } a && Irrep(match.Groups[2]) is { } b && Irrep(match.Groups[3]) is { } c
            ? new PathText(a, b, c)
            : null;
    }

    private static (Irrep, TextSpan)? Irrep(Group group) =>
        E3Gen.Irrep.TryParse(group.Value, out var irrep) && irrep.L <= Wigner3j.MaxL
            ? (irrep, new TextSpan(group.Index, group.Length))
            : null;
}

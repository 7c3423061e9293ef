using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Editing;

/// <summary>Takes attributes off a member; a list of which nothing is left goes with its line, and comments stay.</summary>
internal static class WithoutAttributes
{
    public static SourceText Of(SourceText text, MemberDeclarationSyntax member, Func<AttributeSyntax, bool> goes) =>
        text.WithChanges(member.AttributeLists.Where(l => l.Attributes.Any(goes)).Select(l => Change(text, l, goes)));

    private static TextChange Change(SourceText text, AttributeListSyntax list, Func<AttributeSyntax, bool> goes)
    {
        var going = list.Attributes.Where(goes).ToList();
        return going.Count < list.Attributes.Count
            ? new TextChange(list.Span, list.RemoveNodes(going, SyntaxRemoveOptions.KeepNoTrivia)!.WithoutTrivia().ToString())
            : new TextChange(Room(text, list.Span), "");
    }

    /// <summary>The lines of the list where nothing else stands on them; otherwise the list and the spaces behind it.</summary>
    private static TextSpan Room(SourceText text, TextSpan span)
    {
        var (first, last) = (text.Lines.GetLineFromPosition(span.Start), text.Lines.GetLineFromPosition(span.End));
        bool isAlone = IsBlank(text, first.Start, span.Start) && IsBlank(text, span.End, last.End);
        int end = span.End;
        while (end < last.End && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return isAlone ? TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak) : TextSpan.FromBounds(span.Start, end);
    }

    private static bool IsBlank(SourceText text, int from, int to) => text.ToString(TextSpan.FromBounds(from, to)).Trim().Length == 0;
}

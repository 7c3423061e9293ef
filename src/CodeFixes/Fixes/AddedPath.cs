using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>A [Path] line more, below those that are there, for an irrep that none of them names.</summary>
internal sealed record AddedPath(string Title, Solution Solution)
{
    public static async Task<AddedPath?> OfAsync(Reported reported)
    {
        if (reported.Suggests(Suggestion.Path) is not { } path
            || await reported.FindAsync<MethodDeclarationSyntax>().ConfigureAwait(false) is not { } method)
        {
            return null;
        }

        var model = await reported.ModelAsync().ConfigureAwait(false);
        bool IsPath(AttributeSyntax a) => WellKnown.Is<PathAttribute>(model.GetTypeInfo(a, reported.Cancellation).Type as INamedTypeSymbol);
        var last = method.AttributeLists.SelectMany(l => l.Attributes).LastOrDefault(IsPath);
        if (last is null)
        {
            return null;
        }

        // On a line of its own where the last one has one; beside it otherwise.
        var text = await reported.Document.GetTextAsync(reported.Cancellation).ConfigureAwait(false);
        var list = (AttributeListSyntax)last.Parent!;
        var (first, end) = (text.Lines.GetLineFromPosition(list.SpanStart), text.Lines.GetLineFromPosition(list.Span.End));
        string before = text.ToString(TextSpan.FromBounds(first.Start, list.SpanStart));
        string after = text.ToString(TextSpan.FromBounds(list.Span.End, end.EndIncludingLineBreak));
        string gap = before.Trim().Length == 0 && after.Trim().Length == 0 ? after.TrimStart(' ', '\t') + before : " ";
        string written = $"[{last.Name}({SymbolDisplay.FormatLiteral(path, quote: true)})]";
        var changed = reported.Document.WithText(text.WithChanges(new TextChange(new TextSpan(list.Span.End, 0), gap + written)));
        return new AddedPath($"Add {written}", changed.Project.Solution);
    }
}

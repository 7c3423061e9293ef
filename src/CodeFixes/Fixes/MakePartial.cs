using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Makes the class partial, and every type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MakePartial() : Fix(DeclarationRules.ClassNotPartial.Id, DeclarationRules.UnsupportedType.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var type = await reported.FindAsync<TypeDeclarationSyntax>().ConfigureAwait(false);
        var types = type?.AncestorsAndSelf().OfType<TypeDeclarationSyntax>() ?? [];
        var closed = types.Where(t => !t.Modifiers.Any(SyntaxKind.PartialKeyword)).ToList();
        if (closed.Count == 0)
        {
            return [];
        }

        string names = string.Join(" and ", closed.Select(t => $"'{t.Identifier.ValueText}'"));
        return [CodeAction.Create($"Make {names} partial", Apply, nameof(MakePartial))];

        async Task<Document> Apply(CancellationToken cancellation)
        {
            var text = await reported.Document.GetTextAsync(cancellation).ConfigureAwait(false);
            var changes = closed.Select(t => new TextChange(new TextSpan(t.Keyword.SpanStart, 0), "partial "));
            return reported.Document.WithText(text.WithChanges(changes));
        }
    }
}

using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Removes [Path] lines where there is no tensor product whose paths they could pick.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RemovePaths() : Fix(DeclarationRules.LonelyPath.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        if (await reported.FindAsync<MethodDeclarationSyntax>().ConfigureAwait(false) is not { } method)
        {
            return [];
        }

        var model = await reported.ModelAsync().ConfigureAwait(false);
        return [CodeAction.Create($"Remove [Path] from '{method.Identifier.ValueText}'", Apply, nameof(RemovePaths))];

        async Task<Document> Apply(CancellationToken cancellation)
        {
            var text = await reported.Document.GetTextAsync(cancellation).ConfigureAwait(false);
            bool IsPath(AttributeSyntax a) => WellKnown.Is<PathAttribute>(model.GetTypeInfo(a, cancellation).Type as INamedTypeSymbol);
            return reported.Document.WithText(WithoutAttributes.Of(text, method, IsPath));
        }
    }
}

using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>States what an operation that E3Gen does not know yields: the irreps that went in. Offered one at a time, since every such statement is a promise.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AssumeIrreps() : Fix(EquivarianceRules.CannotVerify.Id)
{
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (!diagnostic.Properties.TryGetValue(Suggestion.Assume, out string? irreps)
            || await FindAsync<InvocationExpressionSyntax>(document, diagnostic, cancellation).ConfigureAwait(false) is not { } call)
        {
            return [];
        }

        string method = $".AssumeIrreps(\"{irreps}\")";
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        bool isVisible = model!.LookupNamespacesAndTypes(call.SpanStart, name: "IrrepsAssumption").Length > 0;
        return isVisible
            ? [Replace($"State that it yields the same: {method}", document, call, SyntaxFactory.ParseExpression(call.WithoutTrivia() + method).WithTriviaFrom(call))]
            : [];
    }
}

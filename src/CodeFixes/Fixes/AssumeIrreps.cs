using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// States what a call yields that E3Gen does not know or follow: the irreps that went in. Only one at a time, since every such statement is a promise.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AssumeIrreps() : Fix(EquivarianceRules.CannotVerify.Id, EquivarianceRules.NotVerified.Id)
{
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        if (reported.Suggests(Suggestion.Irreps) is not { } irreps
            || await reported.FindAsync<InvocationExpressionSyntax>().ConfigureAwait(false) is not { } call
            || call.Span != reported.Diagnostic.Location.SourceSpan)
        {
            return [];
        }

        string statement = $".AssumeIrreps(\"{irreps}\")";
        var stated = SyntaxFactory.ParseExpression(call.WithoutTrivia() + statement).WithTriviaFrom(call);
        var model = await reported.ModelAsync().ConfigureAwait(false);
        bool isVisible = model.LookupNamespacesAndTypes(call.SpanStart, name: "IrrepsAssumption").Length > 0; // the class of the extension method
        return isVisible ? [Replace($"State that it yields the same: {statement}", reported.Document, call, stated)] : [];
    }
}

using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Gives an operation's method the signature that its attribute asks for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FixSignature() : Fix(DeclarationRules.Signature.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (!diagnostic.Properties.TryGetValue(Suggestion.Parameters, out string? parameters)
            || await FindAsync<MethodDeclarationSyntax>(document, diagnostic, cancellation).ConfigureAwait(false) is not { } method
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return [];
        }

        return [Replace($"Declare as 'Tensor {method.Identifier.ValueText}({parameters})'", document, method, OperationSignature.Apply(method, parameters!, model, cancellation))];
    }
}

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
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        if (reported.Suggests(Suggestion.Parameters) is not { } parameters
            || await reported.FindAsync<MethodDeclarationSyntax>().ConfigureAwait(false) is not { } method)
        {
            return [];
        }

        var model = await reported.ModelAsync().ConfigureAwait(false);
        var declared = OperationSignature.Apply(method, parameters, model, reported.Cancellation);
        return [Replace($"Declare as 'Tensor {method.Identifier.ValueText}({parameters})'", reported.Document, method, declared)];
    }
}

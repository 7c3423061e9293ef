using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Gives odd scalars a function that has a parity itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class ActivationParity() : Fix(SelectionRules.ActivationParity.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (await FindAsync<AttributeArgumentSyntax>(document, diagnostic, cancellation).ConfigureAwait(false) is not { NameEquals.Name: var option, Expression: var old })
        {
            return [];
        }

        return new[] { (Function: ActivationFunction.Tanh, Parity: "odd"), (Function: ActivationFunction.Abs, Parity: "even") }.Select(choice => Replace(
            $"{option} = {choice.Function} ({choice.Parity})",
            document,
            old,
            SyntaxFactory.ParseExpression($"global::E3Gen.{nameof(ActivationFunction)}.{choice.Function}").WithTriviaFrom(old).WithAdditionalAnnotations(Simplifier.Annotation),
            choice.Function.ToString()));
    }
}

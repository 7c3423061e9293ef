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
    private static readonly (ActivationFunction Function, string Parity)[] Choices = [(ActivationFunction.Tanh, "odd"), (ActivationFunction.Abs, "even")];

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        if (await reported.FindAsync<ExpressionSyntax>().ConfigureAwait(false) is not { } old)
        {
            return [];
        }

        string option = old.Parent is AttributeArgumentSyntax { NameEquals.Name: var name } ? $"{name} = " : ""; // else one of several functions
        return Choices.Select(c => Replace($"{option}{c.Function} ({c.Parity})", reported.Document, old, Write(c.Function, old), c.Function.ToString()));
    }

    private static ExpressionSyntax Write(ActivationFunction function, ExpressionSyntax old) =>
        SyntaxFactory.ParseExpression($"global::E3Gen.{nameof(ActivationFunction)}.{function}")
            .WithTriviaFrom(old)
            .WithAdditionalAnnotations(Simplifier.Annotation);
}

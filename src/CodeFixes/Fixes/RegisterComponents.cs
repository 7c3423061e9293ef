using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Ends a constructor with RegisterComponents(). A primary constructor has no body to end: there the user must choose another form.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RegisterComponents() : Fix(DeclarationRules.ForgottenRegistration.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        if (await reported.FindAsync<ConstructorDeclarationSyntax>().ConfigureAwait(false) is not { } constructor)
        {
            return [];
        }

        var registration = SyntaxFactory.ParseStatement("RegisterComponents();").WithAdditionalAnnotations(Formatter.Annotation);
        var complete = constructor.ExpressionBody is { Expression: var only }
            ? constructor
                .WithExpressionBody(null)
                .WithSemicolonToken(default)
                .WithBody(SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(only), registration))
                .WithTrailingTrivia(constructor.GetTrailingTrivia())
                .WithAdditionalAnnotations(Formatter.Annotation)
            : constructor.AddBodyStatements(registration);
        return [Replace("Call RegisterComponents() at the end of the constructor", reported.Document, constructor, complete)];
    }
}

using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Turns a method into a declaration that the generator can implement: a partial instance method without a body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MakeOperationPartial() : Fix(DeclarationRules.UnsupportedMethod.Id)
{
    private static readonly SyntaxKind[] Access =
        [SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.InternalKeyword, SyntaxKind.PublicKeyword];

    // Partial comes last, and comes anew.
    private static readonly SyntaxKind[] Dropped = [SyntaxKind.StaticKeyword, SyntaxKind.AsyncKeyword, SyntaxKind.PartialKeyword];

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var method = await reported.FindAsync<MethodDeclarationSyntax>().ConfigureAwait(false);
        if (method is null || IsMeantOtherwise(method))
        {
            return [];
        }

        var declared = WithModifiers(method);
        declared = declared
            .WithParameterList(declared.ParameterList.WithTrailingTrivia())
            .WithBody(null)
            .WithExpressionBody(null)
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(method.GetTrailingTrivia()));
        bool hasBody = method.Body is not null || method.ExpressionBody is not null;
        string title = $"Declare '{method.Identifier.ValueText}' as a partial method{(hasBody ? " and let the generator write its body" : "")}";
        return declared.IsEquivalentTo(method) ? [] : [Replace(title, reported.Document, method, declared.WithAdditionalAnnotations(Formatter.Annotation))];
    }

    /// <summary>More than modifiers is wrong, or an attribute got to a method that is no operation.</summary>
    private static bool IsMeantOtherwise(MethodDeclarationSyntax method) =>
        method.TypeParameterList is not null
        || method.Modifiers.Any(SyntaxKind.OverrideKeyword)
        || method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    private static MethodDeclarationSyntax WithModifiers(MethodDeclarationSyntax method)
    {
        var kinds = method.Modifiers.Select(m => m.Kind()).Where(kind => !Dropped.Contains(kind)).ToList();
        if (!kinds.Any(Access.Contains))
        {
            kinds.Insert(0, SyntaxKind.PrivateKeyword); // a partial method that returns something must say who may call it
        }

        var modifiers = kinds.Append(SyntaxKind.PartialKeyword).Select(kind => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space)).ToList();
        var head = method.Modifiers.Count > 0 ? method.Modifiers[0] : method.ReturnType.GetFirstToken();
        modifiers[0] = modifiers[0].WithLeadingTrivia(head.LeadingTrivia);
        return method
            .WithReturnType(method.Modifiers.Count > 0 ? method.ReturnType : method.ReturnType.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(modifiers));
    }
}

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
    private static readonly SyntaxKind[] Access = [SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.InternalKeyword, SyntaxKind.PublicKeyword];

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var method = await FindAsync<MethodDeclarationSyntax>(document, diagnostic, cancellation).ConfigureAwait(false);
        if (method is null or { TypeParameterList: not null } || method.Modifiers.Any(SyntaxKind.OverrideKeyword) || method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword })
        {
            return [];
        }

        var kept = method.Modifiers.Where(m => m.Kind() is not (SyntaxKind.PartialKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AsyncKeyword)).Select(m => m.Kind()).ToList();
        if (!kept.Any(Access.Contains))
        {
            kept.Insert(0, SyntaxKind.PrivateKeyword); // a partial method that returns something must say who may call it
        }

        var modifiers = kept.Append(SyntaxKind.PartialKeyword).Select(kind => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space)).ToList();
        var head = method.Modifiers.Count > 0 ? method.Modifiers[0] : method.ReturnType.GetFirstToken();
        modifiers[0] = modifiers[0].WithLeadingTrivia(head.LeadingTrivia);
        var declared = method
            .WithReturnType(method.Modifiers.Count > 0 ? method.ReturnType : method.ReturnType.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(modifiers))
            .WithParameterList(method.ParameterList.WithTrailingTrivia())
            .WithBody(null)
            .WithExpressionBody(null)
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(method.GetTrailingTrivia()));
        bool hasBody = method.Body is not null || method.ExpressionBody is not null;
        string title = $"Declare '{method.Identifier.ValueText}' as a partial method" + (hasBody ? " and let the generator write its body" : "");
        return declared.IsEquivalentTo(method) ? [] : [Replace(title, document, method, declared.WithAdditionalAnnotations(Formatter.Annotation))];
    }
}

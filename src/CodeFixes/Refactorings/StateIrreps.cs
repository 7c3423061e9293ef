using E3Gen.Generator.Flow;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace E3Gen.CodeFixes.Refactorings;

/// <summary>On a method of an equivariant class: writes the missing [Irreps] on parameters that go straight into operations and on a result that comes straight out of one.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(StateIrreps))]
internal sealed class StateIrreps : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var cancellation = context.CancellationToken;
        var root = await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || context.Span.Start > method.ParameterList.Span.End
            || model?.GetDeclaredSymbol(method, cancellation) is not { } symbol
            || !Annotations.IsChecked(symbol.ContainingType)
            || model.GetOperation(method, cancellation) is not { } body)
        {
            return;
        }

        var annotations = new Annotations(model.Compilation);
        var flow = new DirectFlow(body, annotations);
        var parameters = method.ParameterList.Parameters
            .Select(p => (Syntax: p, Symbol: model.GetDeclaredSymbol(p, cancellation)!))
            .Where(p => WellKnown.IsTensor(p.Symbol.Type) && annotations.Of(p.Symbol) is null)
            .Select(p => (p.Syntax, Place: flow.Into(p.Symbol)))
            .Where(p => p.Place is not null)
            .ToList();
        var result = WellKnown.IsTensor(symbol.ReturnType) && annotations.Result(symbol) is null ? flow.Returned() : null;
        if (parameters.Count == 0 && result is null)
        {
            return;
        }

        context.RegisterRefactoring(CodeAction.Create("State the irreps of this method", Apply, nameof(StateIrreps)));

        async Task<Document> Apply(CancellationToken c)
        {
            var editor = await DocumentEditor.CreateAsync(context.Document, c).ConfigureAwait(false);
            foreach (var (syntax, place) in parameters)
            {
                editor.AddAttribute(syntax, Attribute(place!, symbol));
            }

            if (result is not null)
            {
                editor.AddReturnAttribute(method, Attribute(result, symbol));
            }

            return editor.GetChangedDocument();
        }
    }

    private static AttributeSyntax Attribute(Place place, IMethodSymbol method) => SyntaxFactory.Attribute(
        SyntaxFactory.ParseName("global::E3Gen.IrrepsAttribute").WithAdditionalAnnotations(Simplifier.Annotation),
        SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(Words(place, method)))));

    /// <summary>The irreps in the words of the operation's own attribute; <c>@Operation</c> where it derives them; else written out.</summary>
    private static ExpressionSyntax Words(Place place, IMethodSymbol method)
    {
        if (place.Operation is { } operation && SymbolEqualityComparer.Default.Equals(place.Method.ContainingType, method.ContainingType))
        {
            if (place.Method.GetAttributes().First(a => WellKnown.IsOperation(a.AttributeClass)).ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: var arguments }
                && Position(operation, place.Parameter) is { } i && i < arguments.Count && arguments[i] is { NameColon: null, NameEquals: null, Expression: var written })
            {
                return written.WithoutTrivia();
            }

            if (place.Parameter is null or 0)
            {
                return Literal($"@{operation.Method.Name}{(place.Parameter is null ? "" : ".Input")}");
            }
        }

        return Literal(Describe.Sum(place.Irreps));
    }

    /// <summary>Which of the attribute's arguments says what goes into a parameter (or, null, comes out).</summary>
    private static int? Position(OperationModel operation, int? parameter) => (operation, parameter) switch
    {
        (LinearModel, null) => 1,
        (TensorProductModel, null) => 2,
        (SphericalHarmonicsModel, null) => 0,
        (LinearModel, 0) => 0,
        (TensorProductModel or ConvolutionModel, 0 or 1) => parameter,
        _ => null,
    };

    private static LiteralExpressionSyntax Literal(string text) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
}

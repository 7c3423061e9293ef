using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace E3Gen.CodeFixes.Refactorings;

/// <summary>
/// On a method of an equivariant class: writes the missing [Irreps] on parameters that go straight into operations and on a result that comes straight out of one.
/// </summary>
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
            || !StatedContracts.IsChecked(symbol.ContainingType)
            || model.GetOperation(method, cancellation) is not { } body)
        {
            return;
        }

        var contracts = new Source(model.Compilation).Contracts;
        var flow = new DirectFlow(body, contracts);
        var parameters = method.ParameterList.Parameters
            .Zip(symbol.Parameters, (syntax, p) => (Syntax: syntax, Place: IsSilent(p.Type, contracts.Of(p)) ? flow.Into(p) : null))
            .Where(p => p.Place is not null)
            .ToList();
        var result = IsSilent(symbol.ReturnType, contracts.Result(symbol)) ? flow.Returned() : null;
        if (parameters.Count > 0 || result is not null)
        {
            context.RegisterRefactoring(CodeAction.Create("State the irreps of this method", Apply, nameof(StateIrreps)));
        }

        async Task<Document> Apply(CancellationToken c)
        {
            var editor = await DocumentEditor.CreateAsync(context.Document, c).ConfigureAwait(false);
            foreach (var (syntax, place) in parameters)
            {
                editor.AddAttribute(syntax, Attribute(place!.Words(symbol.ContainingType)));
            }

            if (result is not null)
            {
                editor.AddReturnAttribute(method, Attribute(result.Words(symbol.ContainingType)));
            }

            return editor.GetChangedDocument();
        }
    }

    private static bool IsSilent(ITypeSymbol type, Contract? stated) => WellKnown.IsTensor(type) && stated is null;

    private static AttributeSyntax Attribute(ExpressionSyntax irreps)
    {
        var arguments = SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(irreps));
        var name = SyntaxFactory.ParseName("global::E3Gen.IrrepsAttribute").WithAdditionalAnnotations(Simplifier.Annotation);
        return SyntaxFactory.Attribute(name, SyntaxFactory.AttributeArgumentList(arguments));
    }
}

using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Editing;

/// <summary>
/// The [Irreps("…")] of a parameter, member or result, or the argument of an operation's attribute for its parameter, where it is written.
/// </summary>
internal sealed class Statement
{
    private readonly Document _document;
    private readonly ExpressionSyntax _written;

    private Statement(Document document, ExpressionSyntax written) => (_document, _written) = (document, written);

    /// <summary>What the declaration at a location states itself; null where that is nothing, or not in the user's source.</summary>
    public static async Task<Statement?> FindAsync(Solution solution, Location? location, CancellationToken cancellation)
    {
        if (location?.SourceTree is not { } tree || solution.GetDocument(tree) is not { } document || document is SourceGeneratedDocument)
        {
            return null;
        }

        var root = await tree.GetRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var attribute = Lists(root.FindToken(location.SourceSpan.Start).Parent)
            .SelectMany(l => l.Attributes)
            .FirstOrDefault(a => WellKnown.Is<IrrepsAttribute>(model.GetTypeInfo(a, cancellation).Type as INamedTypeSymbol));
        if (attribute is null && root.FindToken(location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<ParameterSyntax>() is { } parameter)
        {
            return OfOperation(parameter, model, cancellation) is { } argument ? new Statement(document, argument) : null;
        }

        var irreps = attribute?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals is null)?.Expression;
        return irreps is null ? null : new Statement(document, irreps);
    }

    /// <summary>
    /// What an operation's attribute says of a parameter: its first two arguments where those are inputs. Those of a gate and of harmonics
    /// are derived.
    /// </summary>
    private static ExpressionSyntax? OfOperation(ParameterSyntax parameter, SemanticModel? model, CancellationToken cancellation)
    {
        int index = (parameter.Parent as ParameterListSyntax)?.Parameters.IndexOf(parameter) ?? -1;
        if (parameter.Parent?.Parent is not MethodDeclarationSyntax method)
        {
            return null;
        }

        var operation = method.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(TakesInputs);
        return operation?.ArgumentList?.Arguments.ElementAtOrDefault(index) is { NameEquals: null, NameColon: null } argument
            ? argument.Expression
            : null;

        bool TakesInputs(AttributeSyntax attribute) => model?.GetTypeInfo(attribute, cancellation).Type is INamedTypeSymbol type
            && ((index == 0 && WellKnown.Is<LinearAttribute>(type))
                || (index < 2 && (WellKnown.Is<TensorProductAttribute>(type) || WellKnown.Is<ConvolutionAttribute>(type))));
    }

    /// <summary>
    /// The solution in which it states something else. A constant that it names stays as it is, since others name it, too.
    /// </summary>
    public Solution With(string irreps)
    {
        var literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(irreps));
        var root = _written.SyntaxTree.GetRoot().ReplaceNode(_written, literal.WithTriviaFrom(_written));
        return _document.WithSyntaxRoot(root).Project.Solution;
    }

    private static IEnumerable<AttributeListSyntax> Lists(SyntaxNode? declared) => declared?.AncestorsAndSelf().Select(node => node switch
    {
        ParameterSyntax parameter => parameter.AttributeLists,
        BaseMethodDeclarationSyntax method => Of(method.AttributeLists, isResult: true),
        LocalFunctionStatementSyntax function => Of(function.AttributeLists, isResult: true),
        MemberDeclarationSyntax member => Of(member.AttributeLists, isResult: false),
        _ => (IEnumerable<AttributeListSyntax>?)null,
    }).FirstOrDefault(lists => lists is not null) ?? [];

    private static IEnumerable<AttributeListSyntax> Of(IEnumerable<AttributeListSyntax> lists, bool isResult) =>
        lists.Where(l => l.Target?.Identifier.ValueText == "return" == isResult);
}

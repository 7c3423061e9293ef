using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Refactorings;

/// <summary>Where irreps are known from.</summary>
/// <param name="Method">The method that states them.</param>
/// <param name="Parameter">For which of its parameters; null for its result.</param>
/// <param name="Operation">The operation, where the method is one.</param>
/// <param name="Irreps">The irreps.</param>
internal sealed record Place(IMethodSymbol Method, int? Parameter, OperationModel? Operation, Irreps Irreps)
{
    /// <summary>The irreps in the words of the operation's own attribute; <c>@Operation</c> where it derives them; written out for other classes.</summary>
    /// <param name="type">The class that they are to be written in.</param>
    public ExpressionSyntax Words(INamedTypeSymbol type)
    {
        if (Operation is null || !SymbolEqualityComparer.Default.Equals(Method.ContainingType, type))
        {
            return Literal(Describe.Sum(Irreps));
        }

        return Written ?? (Parameter switch
        {
            null => Literal($"@{Method.Name}"),
            0 => Literal($"@{Method.Name}.Input"),
            _ => Literal(Describe.Sum(Irreps)),
        });
    }

    /// <summary>The expression in the operation's attribute; null where it has none of its own.</summary>
    private ExpressionSyntax? Written
    {
        get
        {
            var attribute = Method.GetAttributes().First(a => WellKnown.IsOperation(a.AttributeClass)).ApplicationSyntaxReference?.GetSyntax();
            var arguments = (attribute as AttributeSyntax)?.ArgumentList?.Arguments ?? default;
            return Position is { } i && i < arguments.Count && arguments[i] is { NameColon: null, NameEquals: null, Expression: var written }
                ? written.WithoutTrivia()
                : null;
        }
    }

    /// <summary>Which of the attribute's arguments says it.</summary>
    private int? Position => (Operation, Parameter) switch
    {
        (LinearModel, 0) => 0,
        (LinearModel, null) => 1,
        (TensorProductModel { Input2: null }, 0) => 0,
        (TensorProductModel { Input2: null, Weights: not WeightKind.None }, null) => 1,
        (TensorProductModel { Input2: not null } or ConvolutionModel, 0 or 1) => Parameter,
        (TensorProductModel { Kind: "TensorProduct" }, null) => 2,
        (SphericalHarmonicsModel, null) => 0,
        _ => null,
    };

    private static LiteralExpressionSyntax Literal(string text) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Completion;

/// <summary>Whether a string stands where irreps are wanted: in an argument that is marked <c>[StringSyntax("Irreps")]</c>.</summary>
internal static class IrrepsPlace
{
    public static bool Takes(ExpressionSyntax literal, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode whole = literal;
        while (whole.Parent is BinaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            whole = whole.Parent;
        }

        return whole.Parent switch
        {
            AttributeArgumentSyntax { Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax attribute } list } argument =>
                IsMarked(Wanted(attribute, argument, list.Arguments.IndexOf(argument), model, cancellation)),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call, Parent: ArgumentListSyntax list } argument =>
                IsMarked(Wanted(Method(call, model, cancellation), argument.NameColon, list.Arguments.IndexOf(argument))),
            _ => false,
        };
    }

    private static ISymbol? Wanted(AttributeSyntax attribute, AttributeArgumentSyntax argument, int index, SemanticModel model, CancellationToken cancellation)
    {
        var constructor = Method(attribute, model, cancellation);
        return argument.NameEquals is { Name.Identifier.ValueText: var property }
            ? constructor?.ContainingType.GetMembers(property).FirstOrDefault()
            : Wanted(constructor, argument.NameColon, index);
    }

    private static IParameterSymbol? Wanted(IMethodSymbol? method, NameColonSyntax? name, int index) => name is null
        ? method?.Parameters.ElementAtOrDefault(index)
        : method?.Parameters.FirstOrDefault(p => p.Name == name.Name.Identifier.ValueText);

    /// <summary>What is called, also where its arguments are not complete yet.</summary>
    private static IMethodSymbol? Method(SyntaxNode call, SemanticModel model, CancellationToken cancellation)
    {
        var info = model.GetSymbolInfo(call, cancellation);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
    }

    private static bool IsMarked(ISymbol? symbol) => symbol?.GetAttributes().Any(a =>
        a.AttributeClass?.Name == nameof(StringSyntaxAttribute) && a.ConstructorArguments is [{ Value: "Irreps" }, ..]) == true;
}

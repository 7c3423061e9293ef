using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace E3Gen.CodeFixes.Completion;

/// <summary>
/// Where irreps, or a path of them, are wanted: an argument that is marked <c>[StringSyntax("Irreps")]</c> or
/// <c>[StringSyntax("IrrepsPath")]</c>.
/// </summary>
/// <param name="Wanted">The parameter or property that takes the string.</param>
/// <param name="Syntax">"Irreps" or "IrrepsPath".</param>
/// <param name="At">The attribute or call.</param>
/// <param name="Model">Of the file that this is in.</param>
internal sealed record IrrepsPlace(ISymbol Wanted, string Syntax, SyntaxNode At, SemanticModel Model)
{
    private const int MostConstants = 8; // of constants of constants

    /// <summary>The place that a string goes to, perhaps as part of a constant; null where it goes to none.</summary>
    public static Task<IrrepsPlace?> FindAsync(
        ExpressionSyntax literal, SemanticModel model, Document document, CancellationToken cancellation) =>
        FindAsync(literal, model, document, MostConstants, cancellation);

    private static async Task<IrrepsPlace?> FindAsync(
        ExpressionSyntax expression, SemanticModel model, Document document, int depth, CancellationToken cancellation)
    {
        SyntaxNode whole = expression;
        while (whole.Parent is BinaryExpressionSyntax or ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax)
        {
            whole = whole.Parent;
        }

        switch (whole.Parent)
        {
            case AttributeArgumentSyntax { Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax attribute } list } argument:
                return Marked(Wants(attribute, argument, list.Arguments.IndexOf(argument), model, cancellation), attribute, model);
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument:
                var parameter = Parameter(Method(call, model, cancellation), argument.NameColon, list.Arguments.IndexOf(argument));
                return Marked(parameter, call, model);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } when depth > 0
                && model.GetDeclaredSymbol(declarator, cancellation) is { } constant
                && constant is IFieldSymbol { IsConst: true } or ILocalSymbol { IsConst: true }:
                return await UseAsync(constant, document, depth - 1, cancellation).ConfigureAwait(false);
            default:
                return null;
        }
    }

    private static async Task<IrrepsPlace?> UseAsync(ISymbol constant, Document document, int depth, CancellationToken cancellation)
    {
        var (solution, documents) = (document.Project.Solution, ImmutableHashSet.CreateRange(document.Project.Documents));
        var found = await SymbolFinder.FindReferencesAsync(constant, solution, documents, cancellation).ConfigureAwait(false);
        foreach (var use in found.SelectMany(f => f.Locations))
        {
            var root = await use.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var model = await use.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            if (root?.FindNode(use.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax name
                && await FindAsync(name, model!, use.Document, depth, cancellation).ConfigureAwait(false) is { } place)
            {
                return place;
            }
        }

        return null;
    }

    private static ISymbol? Wants(
        AttributeSyntax attribute, AttributeArgumentSyntax argument, int index, SemanticModel model, CancellationToken cancellation)
    {
        var constructor = Method(attribute, model, cancellation);
        return argument.NameEquals is { Name.Identifier.ValueText: var property }
            ? constructor?.ContainingType.GetMembers(property).FirstOrDefault()
            : Parameter(constructor, argument.NameColon, index);
    }

    private static IParameterSymbol? Parameter(IMethodSymbol? method, NameColonSyntax? name, int index) => name is null
        ? method?.Parameters.ElementAtOrDefault(index)
        : method?.Parameters.FirstOrDefault(p => p.Name == name.Name.Identifier.ValueText);

    /// <summary>What is called, also where its arguments are not complete yet.</summary>
    private static IMethodSymbol? Method(SyntaxNode call, SemanticModel model, CancellationToken cancellation)
    {
        var info = model.GetSymbolInfo(call, cancellation);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
    }

    private static IrrepsPlace? Marked(ISymbol? wanted, SyntaxNode at, SemanticModel model)
    {
        var mark = wanted?.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == nameof(StringSyntaxAttribute));
        return mark?.ConstructorArguments is [{ Value: string and ("Irreps" or "IrrepsPath") and var syntax }, ..]
            ? new IrrepsPlace(wanted!, (string)syntax, at, model)
            : null;
    }
}

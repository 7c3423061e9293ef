using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Writes before a parameter that states nothing how it transforms: a choice for each of the three statements that there are.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class StateParameter() : Fix(EquivarianceRules.Unstated.Id)
{
    private static readonly (string Name, string Arguments, string Meaning)[] Choices =
    [
        ("Irreps", "(\"1o\")", "vectors, or other irreps"),
        ("Positions", "", "points, which move with the origin"),
        ("Invariant", "", "the same in every frame"),
    ];

    /// <summary>None: how a parameter transforms is known by whoever wrote it and by nobody else, so that one answer for all of them would be wrong for most.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var model = await reported.ModelAsync().ConfigureAwait(false);
        if (await reported.FindAsync<ParameterSyntax>().ConfigureAwait(false) is not { } parameter
            || model.GetDeclaredSymbol(parameter, reported.Cancellation) is not IParameterSymbol { Type: var type }
            || !(FlowTypes.IsTensor(type) || Elements.IsCollection(type)))
        {
            return []; // of tuples and other objects nothing can be stated
        }

        return Choices.Select(c => Replace($"Write [{c.Name}{c.Arguments}]: {c.Meaning}", reported.Document, parameter, Stated(parameter, c.Name, c.Arguments), c.Name));
    }

    private static ParameterSyntax Stated(ParameterSyntax parameter, string name, string arguments)
    {
        var attribute = SyntaxFactory.Attribute(
            SyntaxFactory.ParseName($"global::E3Gen.{name}Attribute").WithAdditionalAnnotations(Simplifier.Annotation),
            arguments.Length == 0 ? null : SyntaxFactory.ParseAttributeArgumentList(arguments));
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).WithTrailingTrivia(SyntaxFactory.Space);
        var bare = parameter.WithoutLeadingTrivia();
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list)).WithLeadingTrivia(parameter.GetLeadingTrivia());
    }
}

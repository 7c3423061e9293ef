using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Flow;

/// <summary>
/// What carries attributes in one file, read from its syntax alone: a keystroke changes one file,
/// and what the others state is known already.
/// </summary>
/// <param name="Names">Names of members, with the attribute on them, their parameters or their result.</param>
/// <param name="Aliases">
/// Names that the file gives to other names: one may stand for an attribute of ours, in any file where it is global.
/// </param>
internal sealed record StatedNames(IReadOnlyList<(string Attribute, string Name)> Names, IReadOnlyList<string> Aliases)
{
    /// <summary>The attributes by which irreps are stated, without 'Attribute'.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
    [
        .. typeof(OperationAttribute).Assembly.GetTypes()
            .Where(t => t == typeof(IrrepsAttribute) || t == typeof(InvariantAttribute) || t == typeof(PositionsAttribute)
                || t.IsSubclassOf(typeof(OperationAttribute)))
            .Select(t => Shorten(t.Name)),
    ];

    public static StatedNames Of(SyntaxTree tree)
    {
        var declarations = tree.GetRoot().DescendantNodes(
            n => n is not (BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or GlobalStatementSyntax));
        var names = new List<(string, string)>();
        var aliases = new List<string>();
        foreach (var node in declarations)
        {
            if (node is AttributeSyntax { Parent.Parent: { } target } attribute)
            {
                names.AddRange(NamesOf(target).Select(name => (Shorten(LastNameOf(attribute.Name)), name)));
            }
            else if (node is UsingDirectiveSyntax { Alias.Name.Identifier.ValueText: var alias })
            {
                aliases.Add(Shorten(alias));
            }
        }

        return new StatedNames(names, aliases);
    }

    /// <summary>The name of an attribute as users write it.</summary>
    public static string Shorten(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;

    /// <summary>By what code refers to something that carries an attribute.</summary>
    private static IEnumerable<string> NamesOf(SyntaxNode target) => target switch
    {
        ParameterSyntax { Parent.Parent: TypeDeclarationSyntax type } parameter =>
            [
                ImpliedName.Constructor, parameter.Identifier.ValueText,
                .. type.Members.Where(_ => type.IsKind(SyntaxKind.ExtensionBlockDeclaration)).SelectMany(NamesOf),
            ],
        ParameterSyntax { Parent.Parent: { } member } => NamesOf(member),
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        ConstructorDeclarationSyntax => [ImpliedName.Constructor],
        DelegateDeclarationSyntax => [ImpliedName.Delegate],
        IndexerDeclarationSyntax => [ImpliedName.Indexer],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText, ImpliedName.BackingField],
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(v => v.Identifier.ValueText),
        _ => [],
    };

    private static string LastNameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}

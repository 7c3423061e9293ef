using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace E3Gen.CodeFixes.Editing;

/// <summary>Declares operations for an expression of a method of an equivariant class, and calls them there.</summary>
internal sealed class NewOperations
{
    private readonly Document _document;
    private readonly ExpressionSyntax _expression;
    private readonly MethodDeclarationSyntax _method;
    private readonly INamedTypeSymbol _type;
    private readonly List<MemberDeclarationSyntax> _declared = [];
    private readonly List<string> _names = [];

    private NewOperations(Document document, ExpressionSyntax expression, MethodDeclarationSyntax method, INamedTypeSymbol type) =>
        (_document, _expression, _method, _type) = (document, expression, method, type);

    /// <summary>Null where operations cannot be declared, or not be called: outside of equivariant classes and in static code.</summary>
    public static NewOperations? For(Document document, ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) =>
        expression.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Parent: ClassDeclarationSyntax } method
        && model.GetDeclaredSymbol(method, cancellation) is { IsStatic: false, ContainingType: var type }
        && type.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass))
        && !expression.Ancestors().Any(a => a is LocalFunctionStatementSyntax { Modifiers: var m } && m.Any(SyntaxKind.StaticKeyword))
        && !expression.Ancestors().Any(a => a is AnonymousFunctionExpressionSyntax { Modifiers: var m } && m.Any(SyntaxKind.StaticKeyword))
            ? new NewOperations(document, expression, method, type)
            : null;

    /// <summary>A name that the class does not use yet.</summary>
    public string Name(string wanted)
    {
        string name = wanted;
        for (int i = 2; name == _type.Name || _names.Contains(name) || _type.GetMembers(name).Length > 0; i++)
        {
            name = $"{wanted}{i}";
        }

        _names.Add(name);
        return name;
    }

    /// <param name="attribute">Its attribute, without brackets.</param>
    /// <param name="signature">Its name and parameters, which are all tensors.</param>
    public void Declare(string attribute, string signature)
    {
        string text = $"[global::E3Gen.{attribute}]\nprivate partial {WellKnown.Tensor} {signature};\n";
        var method = SyntaxFactory.ParseMemberDeclaration(text)!;
        var names = method.DescendantNodes().Where(n => n is NameSyntax or MemberAccessExpressionSyntax && IsFull(n));
        var named = method.ReplaceNodes(names, (_, n) => n.WithAdditionalAnnotations(Simplifier.Annotation));
        _declared.Add(named.WithLeadingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static bool IsFull(SyntaxNode name) => name.ToString().StartsWith("global::", StringComparison.Ordinal);

    /// <summary>The solution with the operations after the method, and this in the expression's place.</summary>
    public Solution Call(string expression)
    {
        var called = SyntaxFactory.ParseExpression(expression).WithTriviaFrom(_expression);
        var root = _expression.SyntaxTree.GetRoot().TrackNodes(_method, _expression);
        root = root.ReplaceNode(root.GetCurrentNode(_expression)!, called);
        root = root.InsertNodesAfter(root.GetCurrentNode(_method)!, _declared);
        return _document.WithSyntaxRoot(root).Project.Solution;
    }
}

using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace E3Gen.CodeFixes.Editing;

/// <summary>Writes the signature that an operation must have.</summary>
internal static class OperationSignature
{
    /// <summary>The method returning a tensor and taking these parameters; those that it has already at their place stay as they are.</summary>
    /// <param name="method">The declaration.</param>
    /// <param name="parameters">What the operation takes, for example "Tensor x, Graph graph".</param>
    /// <param name="model">Tells the types of the method's own parameters.</param>
    /// <param name="cancellation">Stops early.</param>
    public static MethodDeclarationSyntax Apply(MethodDeclarationSyntax method, string parameters, SemanticModel model, CancellationToken cancellation)
    {
        var old = method.ParameterList.Parameters;
        var list = new List<ParameterSyntax>();
        foreach (string parameter in parameters.Split([", "], StringSplitOptions.None))
        {
            string type = parameter.Split(' ')[0], name = parameter.Split(' ')[1];
            bool stays = list.Count < old.Count && Is(model.GetDeclaredSymbol(old[list.Count], cancellation)?.Type, type);
            list.Add(stays ? old[list.Count].WithModifiers(default).WithDefault(null) : New(type, Free(name, list)));
        }

        var separators = Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), list.Count - 1);
        bool returnsTensor = Is(model.GetTypeInfo(method.ReturnType, cancellation).Type, "Tensor");
        return method
            .WithReturnType(returnsTensor ? method.ReturnType : TypeName("Tensor").WithTriviaFrom(method.ReturnType))
            .WithParameterList(method.ParameterList.WithParameters(SyntaxFactory.SeparatedList(list, separators)).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static bool Is(ITypeSymbol? type, string expected) => type is not null && (expected == "Graph" ? WellKnown.IsGraph(type) : WellKnown.IsTensor(type));

    private static ParameterSyntax New(string type, string name) =>
        SyntaxFactory.Parameter(SyntaxFactory.Identifier(name)).WithType(TypeName(type).WithTrailingTrivia(SyntaxFactory.Space));

    private static TypeSyntax TypeName(string type) =>
        SyntaxFactory.ParseTypeName(type == "Graph" ? WellKnown.Graph : WellKnown.Tensor).WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>The name, or the name with a number where a parameter that stays has it.</summary>
    private static string Free(string name, List<ParameterSyntax> taken)
    {
        string free = name;
        for (int i = 2; taken.Any(p => p.Identifier.ValueText == free); i++)
        {
            free = $"{name}{i}";
        }

        return free;
    }
}

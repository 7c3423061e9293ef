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
    /// <summary>The method returning a tensor and taking these parameters; one of the right type at its place keeps its name.</summary>
    /// <param name="method">The declaration.</param>
    /// <param name="parameters">What the operation takes, for example "Tensor x, Graph graph".</param>
    /// <param name="model">Tells the types of the method's own parameters.</param>
    /// <param name="cancellation">Stops early.</param>
    public static MethodDeclarationSyntax Apply(
        MethodDeclarationSyntax method, string parameters, SemanticModel model, CancellationToken cancellation)
    {
        string[] wanted = parameters.Split([", "], StringSplitOptions.None);
        var old = method.ParameterList.Parameters;
        var staying = old.Take(wanted.Length)
            .Select((p, i) => Is(model.GetDeclaredSymbol(p, cancellation)?.Type, wanted[i].Split(' ')[0]) ? p.WithModifiers(default).WithDefault(null) : null)
            .ToList();
        var taken = staying.Where(p => p is not null).Select(p => p!.Identifier.ValueText).ToList();
        var list = wanted.Select((parameter, i) => staying.ElementAtOrDefault(i) ?? New(parameter.Split(' '), taken)).ToList();
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var separated = SyntaxFactory.SeparatedList(list, Enumerable.Repeat(comma, list.Count - 1));
        bool returnsTensor = Is(model.GetTypeInfo(method.ReturnType, cancellation).Type, "Tensor");
        return method
            .WithReturnType(returnsTensor ? method.ReturnType : TypeName("Tensor").WithTriviaFrom(method.ReturnType))
            .WithParameterList(method.ParameterList.WithParameters(separated).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static bool Is(ITypeSymbol? type, string expected) =>
        type is not null && (expected == "Graph" ? WellKnown.IsGraph(type) : WellKnown.IsTensor(type));

    /// <summary>A parameter of that type and name; with a number where the name is taken.</summary>
    private static ParameterSyntax New(string[] typeAndName, List<string> taken)
    {
        string name = typeAndName[1];
        for (int i = 2; taken.Contains(name); i++)
        {
            name = $"{typeAndName[1]}{i}";
        }

        return SyntaxFactory.Parameter(SyntaxFactory.Identifier(name)).WithType(TypeName(typeAndName[0]).WithTrailingTrivia(SyntaxFactory.Space));
    }

    /// <summary>The full name, to be shortened as far as the file allows.</summary>
    private static TypeSyntax TypeName(string type) =>
        SyntaxFactory.ParseTypeName(type == "Graph" ? WellKnown.Graph : WellKnown.Tensor).WithAdditionalAnnotations(Simplifier.Annotation);
}

using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>Constructors: whether to emit one, what it hands to its base, and whether the user's own register the generated fields.</summary>
internal static class ConstructorParser
{
    /// <summary>Whether the user declares a constructor.</summary>
    public static bool IsDeclared(INamedTypeSymbol type) => Declared(type).Any();

    /// <summary>
    /// Arguments with which an emitted constructor calls its base: the class's name where the base takes a name, as TorchSharp's modules do, else none.
    /// Null where the base has neither constructor.
    /// </summary>
    public static string? BaseArguments(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.BaseType is not { TypeKind: TypeKind.Class, SpecialType: not SpecialType.System_Object } baseType)
        {
            return $"\"{type.Name}\""; // the base is generated, or an error in itself
        }

        var constructors = baseType.InstanceConstructors.Where(c => compilation.IsSymbolAccessibleWithin(c, type)).Select(c => c.Parameters).ToList();
        if (constructors.Any(p => p.Length > 0 && p[0].Type.SpecialType == SpecialType.System_String && p.Skip(1).All(q => q.IsOptional)))
        {
            return $"\"{type.Name}\"";
        }

        return constructors.Any(p => p.All(q => q.IsOptional)) ? "" : null;
    }

    /// <summary>A constructor of the user's must register the generated fields, or their weights would not exist for optimizers and files, and they would not know the mode.</summary>
    public static void CheckRegistration(
        INamedTypeSymbol type,
        IReadOnlyList<string> withModules,
        Action<DiagnosticDescriptor, Location, object[]> report,
        CancellationToken cancellation)
    {
        if (withModules.Count == 0)
        {
            return;
        }

        string names = string.Join(", ", withModules);
        foreach (var constructor in Declared(type))
        {
            switch (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation))
            {
                case TypeDeclarationSyntax { ParameterList: { } primary }:
                    report(
                        DeclarationRules.ForgottenRegistration,
                        primary.GetLocation(),
                        [type.Name, names, "The primary constructor", "it has no body to do so in, so declare an ordinary constructor that does"]);
                    break;
                case ConstructorDeclarationSyntax declared when !declared.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer) && !CallsRegistration(declared):
                    report(
                        DeclarationRules.ForgottenRegistration,
                        declared.Identifier.GetLocation(),
                        [type.Name, names, "The constructor", "call it at the end"]);
                    break;
            }
        }
    }

    private static IEnumerable<IMethodSymbol> Declared(INamedTypeSymbol type) => type.InstanceConstructors.Where(c => !c.IsImplicitlyDeclared);

    private static bool CallsRegistration(ConstructorDeclarationSyntax constructor) =>
        constructor.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText == "RegisterComponents",
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == "RegisterComponents",
            _ => false,
        });
}

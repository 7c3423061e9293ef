using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>Checks the class that is generated into.</summary>
internal static class TypeParser
{
    /// <param name="type">The class.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <param name="baseIsGenerated">Whether the base class may be left to the generator.</param>
    public static (TypeModel? Model, ImmutableArray<Diagnostic> Diagnostics) Parse(INamedTypeSymbol type, CancellationToken cancellation, bool baseIsGenerated = false)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var declaration = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().First();
        var name = declaration.Identifier.GetLocation();
        if (!IsPartial(declaration))
        {
            diagnostics.Add(Diagnostic.Create(DeclarationRules.ClassNotPartial, name, type.Name));
        }

        bool undeclaredBase = type.BaseType?.SpecialType == SpecialType.System_Object;
        if (type.BaseType is { TypeKind: not TypeKind.Error } && !WellKnown.IsModule(type) && !(undeclaredBase && baseIsGenerated))
        {
            diagnostics.Add(Diagnostic.Create(DeclarationRules.NotAModule, name, type.Name, undeclaredBase ? "object" : type.BaseType.ToDisplayString()));
        }

        string? reason = type switch
        {
            { IsStatic: true } => "it is static",
            { IsRecord: true } => "it is a record",
            { IsFileLocal: true } => "it is local to its file; make it internal",
            { IsGenericType: true } => "it is generic, or nested in a generic class, and irreps are fixed at compile time; declare one class for each choice",
            _ => null,
        };
        if (reason is not null)
        {
            diagnostics.Add(Diagnostic.Create(DeclarationRules.UnsupportedType, name, type.Name, reason));
        }

        var containers = new List<string>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            var syntax = outer.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().FirstOrDefault();
            if (syntax is null || !IsPartial(syntax))
            {
                diagnostics.Add(Diagnostic.Create(DeclarationRules.UnsupportedType, name, type.Name, $"the class '{outer.Name}' around it is not partial"));
            }

            containers.Insert(0, $"partial {Keyword(outer)} {outer.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}");
        }

        bool constructor = !type.InstanceConstructors.Any(c => !c.IsImplicitlyDeclared) && declaration.ParameterList is null;
        string space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        var model = new TypeModel(
            space,
            containers.ToEquatable(),
            type.Name,
            $"{type.ToDisplayString()}.g.cs",
            type.IsAbstract ? "protected" : "public",
            constructor,
            Members(type).Distinct().OrderBy(n => n, StringComparer.Ordinal).ToEquatable());
        return (diagnostics.Count == 0 ? model : null, diagnostics.ToImmutable());
    }

    /// <summary>A constructor of the user's must register the generated fields, or their weights would not exist for optimizers and files.</summary>
    public static void CheckConstructors(
        INamedTypeSymbol type,
        IReadOnlyList<string> withWeights,
        Action<DiagnosticDescriptor, Location, object[]> report,
        CancellationToken cancellation)
    {
        if (withWeights.Count == 0)
        {
            return;
        }

        string names = string.Join(", ", withWeights.Select(n => $"'{n}'"));
        foreach (var constructor in type.InstanceConstructors.Where(c => !c.IsImplicitlyDeclared))
        {
            var syntax = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
            if (syntax is TypeDeclarationSyntax primary)
            {
                report(DeclarationRules.ForgottenRegistration, primary.ParameterList!.GetLocation(), [type.Name, names]);
            }

            if (syntax is not ConstructorDeclarationSyntax declared || declared.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer))
            {
                continue;
            }

            bool registers = declared.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression switch
            {
                IdentifierNameSyntax identifier => identifier.Identifier.ValueText == "RegisterComponents",
                MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == "RegisterComponents",
                _ => false,
            });
            if (!registers)
            {
                report(DeclarationRules.ForgottenRegistration, declared.Identifier.GetLocation(), [type.Name, names]);
            }
        }
    }

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true } => "record",
        _ => "class",
    };

    /// <summary>Names that simple names in the class would find: its own and inherited members, and those of the types around it.</summary>
    private static IEnumerable<string> Members(INamedTypeSymbol type)
    {
        var own = type.MemberNames.Concat(type.GetTypeMembers().Select(t => t.Name)).Append(type.Name);
        return type.ContainingType is { } outer ? own.Concat(Members(outer)) : own;
    }
}

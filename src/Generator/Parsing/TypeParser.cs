using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Model;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>Checks the class that is generated into.</summary>
internal static class TypeParser
{
    /// <param name="type">The class.</param>
    /// <param name="compilation">Where it is compiled.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <param name="generatedBase">The base that is generated where the class names none, as users write it; null where they must name one.</param>
    /// <param name="isBase">Whether a base that the class names will do, beyond being a module.</param>
    public static (TypeModel? Model, ImmutableArray<Diagnostic> Diagnostics) Parse(
        INamedTypeSymbol type,
        Compilation compilation,
        CancellationToken cancellation,
        string? generatedBase = null,
        Func<INamedTypeSymbol, bool>? isBase = null)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var declaration = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().First();
        var name = declaration.Identifier.GetLocation();
        if (!IsPartial(declaration))
        {
            diagnostics.Add(Diagnostic.Create(DeclarationRules.ClassNotPartial, name, type.Name));
        }

        bool namesBase = type.BaseType is not { SpecialType: SpecialType.System_Object } && !HasGeneratedBase(type, cancellation);
        bool fits = namesBase ? WellKnown.IsModule(type) && isBase?.Invoke(type) != false : generatedBase is not null;
        if (type.BaseType is { TypeKind: not TypeKind.Error } baseType && !fits)
        {
            string wanted = generatedBase is null ? $"nn.Module, for example {Example(type)}" : $"{generatedBase}, or name no base";
            string actual = namesBase ? baseType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) : "object";
            diagnostics.Add(Diagnostic.Create(DeclarationRules.NotAModule, name, type.Name, wanted, actual));
        }

        string? arguments = ConstructorParser.BaseArguments(type, compilation);
        bool constructor = !ConstructorParser.IsDeclared(type);
        foreach (string reason in Obstacles(type, cancellation))
        {
            diagnostics.Add(Diagnostic.Create(DeclarationRules.UnsupportedType, name, type.Name, reason));
        }

        if (constructor && arguments is null && diagnostics.Count == 0)
        {
            string reason = $"its base '{type.BaseType!.Name}' has no constructor that takes a name or nothing; declare a constructor that calls one and then RegisterComponents()";
            diagnostics.Add(Diagnostic.Create(DeclarationRules.UnsupportedType, name, type.Name, reason));
        }

        if (diagnostics.Count > 0)
        {
            return (null, diagnostics.ToImmutable());
        }

        return (Describe(type, constructor ? arguments : null, cancellation), []);
    }

    /// <summary>
    /// A class with errors gets the missing generated parts, since compiler errors about them would hide ours. Null if nothing
    /// can be added to the class.
    /// </summary>
    /// <param name="type">The class.</param>
    /// <param name="constructs">Whether it gets a constructor, too, if it declares none.</param>
    /// <param name="compilation">Where it is compiled.</param>
    /// <param name="cancellation">Stops early.</param>
    public static TypeModel? Outline(INamedTypeSymbol type, bool constructs, Compilation compilation, CancellationToken cancellation)
    {
        constructs &= type is { TypeKind: TypeKind.Class, IsStatic: false, IsRecord: false } && !ConstructorParser.IsDeclared(type);
        bool isOpen = type.Name.Length > 0
            && !Containers(type).Append(type).Any(t => t.IsFileLocal);
        return isOpen ? Describe(type, constructs ? ConstructorParser.BaseArguments(type, compilation) : null, cancellation) : null;
    }

    private static TypeModel Describe(INamedTypeSymbol type, string? baseArguments, CancellationToken cancellation) => new(
        type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
        Containers(type).Select(Header).ToEquatable(),
        type.Name,
        Identifiers.Escape(type.Name),
        Header(type),
        Identifiers.HintName(type),
        type.IsAbstract ? "protected" : "public",
        baseArguments,
        Identifiers.InReach(type).Distinct().OrderBy(n => n, StringComparer.Ordinal).ToEquatable(),
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).Any(MethodParser.IsDocumented),
        RegistersItself(type));

    /// <summary>The module whose forward the class has, or the one that most are.</summary>
    private static string Example(INamedTypeSymbol type) => ModuleBase.Forward(type) is { } forward
        ? ModuleBase.Of(forward, "nn.Module", t => t.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))
        : "nn.Module<Tensor, Tensor>";

    /// <summary>Whether a part of the class is declared that others can be added to.</summary>
    public static bool IsOpen(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().All(IsPartial);

    /// <summary>Whether the base was written by us, for a class that is to name one itself.</summary>
    private static bool HasGeneratedBase(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences.Any(r =>
        GeneratedTrees.IsOurs(r.SyntaxTree) && r.GetSyntax(cancellation) is TypeDeclarationSyntax { BaseList: not null });

    private static bool RegistersItself(INamedTypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            bool isOwn = ReferenceEquals(t, type);
            var methods = t.GetMembers("RegisterComponents").OfType<IMethodSymbol>().Where(m => m.Parameters.IsEmpty && !WellKnown.IsGenerated(m));
            if (methods.Any(m => isOwn || m.IsSealed))
            {
                return true;
            }
        }

        return false;
    }

    private static string Header(INamedTypeSymbol type)
    {
        string parameters = type.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", type.TypeParameters.Select(Parameter))}>";
        return $"partial {Keyword(type)} {Identifiers.Escape(type.Name)}{parameters}";
    }

    private static string Parameter(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    } + Identifiers.Escape(parameter.Name);

    private static IEnumerable<string> Obstacles(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var containers = Containers(type).ToList();
        string? kind = type switch
        {
            { Name: "" } => "it has no name",
            { IsStatic: true } => "it is static",
            { IsRecord: true } => "it is a record",
            _ when containers.Append(type).Any(t => t.IsFileLocal) => "it is local to its file; make it internal",
            { IsGenericType: true } => "it is generic, or nested in a generic class, and irreps are fixed at compile time; declare one class for each choice",
            _ => null,
        };
        if (kind is not null)
        {
            yield return kind;
        }

        foreach (var outer in containers)
        {
            if (outer.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not TypeDeclarationSyntax syntax || !IsPartial(syntax))
            {
                yield return $"the {Keyword(outer)} '{outer.Name}' around it is not partial";
            }
        }
    }

    /// <summary>The types around it, outermost first.</summary>
    private static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? Containers(outer).Append(outer) : [];

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    public static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true } => "record",
        _ => "class",
    };
}

using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>Checks how an operation's method is declared and reads what must be repeated in its other half.</summary>
internal static class MethodParser
{
    /// <summary>The declaration to implement; null, after a report, where the method cannot be an operation.</summary>
    public static MethodModel? Parse(IMethodSymbol method, Action<DiagnosticDescriptor, Location, object[]> report, CancellationToken cancellation)
    {
        var syntax = Syntax(method, cancellation);
        string? reason = syntax switch
        {
            null => "it is no ordinary method",
            { ExplicitInterfaceSpecifier: not null } => "it implements an interface explicitly",
            _ when method.Name.Length == 0 => "it has no name",
            _ when method.IsGenericMethod => "it is generic",
            _ when method.IsStatic => "it is static, but its parameters belong to an instance",
            _ when method.IsAsync => "it is async",
            _ when method.IsVararg => "it takes any number of arguments (__arglist)",
            _ when method.ReturnsByRef || method.ReturnsByRefReadonly => "it returns a reference",
            { Body: not null } or { ExpressionBody: not null } when method.Name == "forward" =>
                "it has a body; give the operation a method of its own, such as 'private partial Tensor Mix(Tensor x);', and call it there",
            _ when !method.IsPartialDefinition || (method.PartialImplementationPart is { } implementation && !WellKnown.IsGenerated(implementation)) =>
                syntax.Modifiers.Any(SyntaxKind.PartialKeyword) || syntax.Body is not null || syntax.ExpressionBody is not null
                    ? $"it has a body; write '{Signature(syntax)}' and let the generator write it"
                    : $"it is not partial; write '{Signature(syntax)}'",
            _ when method.ReturnsVoid => "it returns void; it must return Tensor and have an access modifier",
            _ => null,
        };
        if (reason is not null)
        {
            report(DeclarationRules.UnsupportedMethod, syntax?.Identifier.GetLocation() ?? method.Locations[0], [method.Name, reason]);
            return null;
        }

        return Model(method, syntax!);
    }

    /// <summary>
    /// A declaration without a body, whatever is wrong with it otherwise: the compiler would miss the body and say nothing else. Null where there
    /// is none to miss, where we could not write the other half, or where the compiler refuses what the other half would repeat.
    /// </summary>
    public static MethodModel? Outline(IMethodSymbol method, CancellationToken cancellation)
    {
        bool isOpen = method.IsPartialDefinition && (method.PartialImplementationPart is null || WellKnown.IsGenerated(method.PartialImplementationPart));
        return isOpen
            && Syntax(method, cancellation) is { ConstraintClauses.Count: 0, ExplicitInterfaceSpecifier: null, Modifiers: var modifiers } syntax
            && modifiers.Any(IsAccess)
            && (method.IsStatic || !method.ContainingType.IsStatic)
            && method is { Name.Length: > 0, IsVararg: false, ReturnsByRef: false, ReturnsByRefReadonly: false }
            ? Model(method, syntax)
            : null;
    }

    /// <summary>Whether a declaration has a documentation comment of the user's.</summary>
    public static bool IsDocumented(SyntaxNode declaration) => declaration.GetLeadingTrivia().Any(t =>
        t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || t.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia));

    private static MethodDeclarationSyntax? Syntax(IMethodSymbol method, CancellationToken cancellation) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as MethodDeclarationSyntax;

    private static MethodModel Model(IMethodSymbol method, MethodDeclarationSyntax syntax)
    {
        string generics = method.IsGenericMethod ? $"<{string.Join(", ", method.TypeParameters.Select(p => Identifiers.Escape(p.Name)))}>" : "";
        return new MethodModel(
            method.Name,
            $"{string.Join(" ", syntax.Modifiers.Select(m => m.ValueText))} {TypeName(method.ReturnType)} {Identifiers.Escape(method.Name)}{generics}",
            method.Parameters.Zip(
                syntax.ParameterList.Parameters, (p, s) => $"{Modifiers(s)}{TypeName(p.Type)} {Identifiers.Escape(p.Name)}").ToEquatable(),
            method.Parameters.Select(p => Identifiers.Escape(p.Name)).ToEquatable(),
            IsDocumented(syntax));
    }

    /// <summary>Checks the parameters and the result; reports the first that differs.</summary>
    public static bool CheckSignature(
        IMethodSymbol method,
        IReadOnlyList<ExpectedParameter> expected,
        Action<DiagnosticDescriptor, Location, object[]> report,
        CancellationToken cancellation)
    {
        var syntax = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        string parameters = string.Join(", ", expected.Select(e => $"{e.Kind} {e.Name}"));
        string signature = $"{Access(syntax)} partial Tensor {method.Name}({parameters})";

        bool Fail(Location location, string reason)
        {
            report(DeclarationRules.Signature, location, [method.Name, signature, reason, Suggestion.Of(Suggestion.Parameters, parameters)]);
            return false;
        }

        if (!WellKnown.IsTensor(method.ReturnType))
        {
            return Fail(syntax.ReturnType.GetLocation(), $"it returns '{method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'");
        }

        if (method.Parameters.Length != expected.Count)
        {
            return Fail(syntax.ParameterList.GetLocation(), $"it has {method.Parameters.Length} parameter{(method.Parameters.Length == 1 ? "" : "s")}");
        }

        for (int i = 0; i < expected.Count; i++)
        {
            var parameter = method.Parameters[i];
            bool matches = parameter.RefKind == RefKind.None
                && (expected[i].Kind == ParameterKind.Graph ? WellKnown.IsGraph(parameter.Type) : WellKnown.IsTensor(parameter.Type));
            if (!matches)
            {
                var declared = syntax.ParameterList.Parameters[i];
                return Fail(declared.GetLocation(), $"its parameter '{parameter.Name}' is '{Modifiers(declared)}{declared.Type}'");
            }
        }

        return true;
    }

    /// <summary>The declaration as it should be: a partial method that returns something must say who may call it.</summary>
    private static string Signature(MethodDeclarationSyntax syntax) =>
        $"{Access(syntax)} partial {syntax.ReturnType} {syntax.Identifier}{syntax.ParameterList};";

    private static string Access(MethodDeclarationSyntax syntax)
    {
        var written = syntax.Modifiers
            .Where(IsAccess)
            .Select(m => m.ValueText).ToList();
        return written.Count == 0 ? "private" : string.Join(" ", written);
    }

    private static bool IsAccess(SyntaxToken modifier) =>
        modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword;

    private static string Modifiers(ParameterSyntax parameter) => string.Concat(parameter.Modifiers.Select(m => m.ValueText + " "));

    private static string TypeName(ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers));

}

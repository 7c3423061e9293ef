using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Parsing;

/// <summary>The <c>nn.Module</c> that a class asks for by the <c>forward</c> that it declares.</summary>
internal static class ModuleBase
{
    private const int MostArguments = 6; // TorchSharp has no module that takes more

    /// <summary>The forward that an <c>nn.Module</c> could declare; null where the class has none, or several.</summary>
    public static IMethodSymbol? Forward(INamedTypeSymbol type) =>
        type.GetMembers("forward").OfType<IMethodSymbol>().Where(m => !WellKnown.IsGenerated(m)).ToList() is
            [{ DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsGenericMethod: false, ReturnsVoid: false } only]
            && only.Parameters is { Length: > 0 and <= MostArguments } parameters
            && parameters.All(p => p.RefKind == RefKind.None && p.Type.TypeKind != TypeKind.Error)
            ? only
            : null;

    /// <summary>The base to write where the class names none.</summary>
    public static string Wanted(INamedTypeSymbol type) => Of(
        Forward(type) is { IsOverride: true } forward ? forward : null, WellKnown.Module, t => t.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));

    /// <summary>The base as code names it: <c>nn.Module&lt;Tensor, Graph, Tensor&gt;</c>.</summary>
    /// <param name="forward">The forward that the module is to declare; null for a plain <c>nn.Module</c>.</param>
    /// <param name="module">How <c>nn.Module</c> is written.</param>
    /// <param name="name">How a type is written.</param>
    public static string Of(IMethodSymbol? forward, string module, Func<ITypeSymbol, string> name) => forward is null
        ? module
        : $"{module}<{string.Join(", ", forward.Parameters.Select(p => p.Type).Append(forward.ReturnType).Select(name))}>";
}

using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Parsing;

/// <summary>Names of the types that we look for and write.</summary>
internal static class WellKnown
{
    public const string Tensor = "global::TorchSharp.torch.Tensor";
    public const string Module = "global::TorchSharp.torch.nn.Module";
    public const string Graph = "global::E3Gen.Graph";

    public static bool IsTensor(ITypeSymbol type) => type.Name == "Tensor" && type.ContainingType?.Name == "torch" && IsIn("TorchSharp", type.ContainingType);

    public static bool IsGraph(ITypeSymbol type) => type.Name == "Graph" && IsIn("E3Gen", type);

    /// <summary>The attribute on what we write: the analyzer sees our half of a class beside the user's, and must tell them apart.</summary>
    public static readonly string GeneratedCode = $"[global::System.CodeDom.Compiler.GeneratedCode(\"E3Gen\", \"{typeof(WellKnown).Assembly.GetName().Version.ToString(3)}\")]";

    public static bool IsGenerated(ISymbol symbol) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.Name == "GeneratedCodeAttribute" && a.ConstructorArguments is [{ Value: "E3Gen" }, ..]);

    /// <summary>Whether the type derives from <c>TorchSharp.torch.nn.Module</c>.</summary>
    public static bool IsModule(INamedTypeSymbol type) => Modules(type).Any();

    /// <summary>Whether the type derives from <c>nn.Module</c> with these type arguments, "Tensor" or "Graph" each.</summary>
    public static bool IsModuleOf(INamedTypeSymbol type, IReadOnlyList<string> arguments) => Modules(type).Any(module =>
        module.TypeArguments.Length == arguments.Count && module.TypeArguments.Zip(arguments, (t, a) => a == "Graph" ? IsGraph(t) : IsTensor(t)).All(same => same));

    /// <summary>The classes that it derives from, the nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var t = type.BaseType; t is not null; t = t.BaseType)
        {
            yield return t;
        }
    }

    private static IEnumerable<INamedTypeSymbol> Modules(INamedTypeSymbol type) => BasesOf(type).Where(t =>
        t.Name == "Module" && t.ContainingType is { Name: "nn", ContainingType: { Name: "torch" } torch } && IsIn("TorchSharp", torch));

    public static bool IsOperation(INamedTypeSymbol? attribute) => attribute?.BaseType is { Name: nameof(OperationAttribute) } type && IsIn("E3Gen", type);

    public static bool Is<TAttribute>(INamedTypeSymbol? attribute) => attribute is not null && attribute.Name == typeof(TAttribute).Name && IsIn("E3Gen", attribute);

    /// <summary>Whether an attribute stands for a whole potential.</summary>
    public static bool IsPotential(INamedTypeSymbol? attribute) => Is<MACEAttribute>(attribute) || Is<NequIPAttribute>(attribute);

    /// <summary>Whether an attribute stands for a whole class, forward included.</summary>
    public static bool IsWhole(INamedTypeSymbol? attribute) => Is<MessagePassingNetworkAttribute>(attribute) || IsPotential(attribute);

    private static bool IsIn(string space, ISymbol symbol) =>
        symbol.ContainingNamespace is { ContainingNamespace.IsGlobalNamespace: true } containing && containing.Name == space;
}

using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Properties of types for the analysis. A name does not determine what a type does: types count as TorchSharp's or the framework's only if
/// they come from their assemblies, since anyone may use a namespace of the same name.
/// </summary>
internal static class FlowTypes
{
    /// <summary>Whether a type is TorchSharp's Tensor or derives from it, as Parameter does.</summary>
    public static bool IsTensor(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (WellKnown.IsTensor(type) && IsTorchSharps(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value of this type is or may hold tensors.</summary>
    public static bool HoldsTensors(ITypeSymbol? type) => type switch
    {
        null => false,
        IArrayTypeSymbol array => HoldsTensors(array.ElementType),
        INamedTypeSymbol named => IsTensor(named) || named.TypeArguments.Any(HoldsTensors),
        ITypeParameterSymbol => true,
        _ => false,
    };

    /// <summary>Whether a member is TorchSharp's.</summary>
    public static bool IsTorch(ISymbol member) => member.ContainingType is { } type && IsTorchSharps(type);

    /// <summary>Whether a type or member is TorchSharp's, and not one of the user's in a namespace called so.</summary>
    public static bool IsTorchSharps(ISymbol symbol) =>
        InNamespace(symbol, "TorchSharp") && symbol.ContainingAssembly?.Name == "TorchSharp";

    /// <summary>Whether a type or member is the framework's, and not one of the user's in a namespace called System.</summary>
    public static bool IsFramework(ISymbol symbol) => InNamespace(symbol, "System")
        && symbol.ContainingAssembly is not ISourceAssemblySymbol
        && symbol.ContainingAssembly is { Identity.IsStrongName: true, Name: var name }
        && (name is "System" or "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal));

    /// <summary>Whether a conversion or operator is the framework's own between its basic types: Index, Range, Span, decimal.</summary>
    public static bool IsBasic(IMethodSymbol method) =>
        method.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true } && IsFramework(method);

    /// <summary>Whether a member is E3Gen's own.</summary>
    public static bool IsRuntime(ISymbol member) => member.ContainingAssembly?.Name == "E3Gen.Runtime";

    /// <summary>Whether an object of the type is a change of basis, which nothing changes once it is made.</summary>
    public static bool IsBasis(ITypeSymbol type) => type.Name == "CartesianTensor" && IsRuntime(type);

    /// <summary>Whether a type is an nn.Module.</summary>
    public static bool IsModule(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && (HasTorchBase(named) || (named.Name == "Module" && IsTorchSharps(named)));

    private static bool HasTorchBase(INamedTypeSymbol type)
    {
        for (var t = type.BaseType; t is not null; t = t.BaseType)
        {
            if (t is { Name: "Module", ContainingType.Name: "nn" } && IsTorchSharps(t))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Numbers, texts, flags, types, and what is made of them: values that are no tensors and lead to none.</summary>
    public static bool IsPlain(ITypeSymbol? type) => type switch
    {
        null => false,
        {
            SpecialType: not SpecialType.None and not SpecialType.System_Object and not SpecialType.System_Array
            and not SpecialType.System_Collections_IEnumerable
        } and not INamedTypeSymbol { IsGenericType: true } => true,
        { TypeKind: TypeKind.Enum } => true,
        IArrayTypeSymbol array => IsPlain(array.ElementType),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(e => IsPlain(e.Type)),
        INamedTypeSymbol
        {
            IsGenericType: true, TypeKind: not TypeKind.Delegate,
            Name: "Nullable" or "List" or "IList" or "IReadOnlyList" or "IReadOnlyCollection" or "ICollection" or "IEnumerable"
            or "Dictionary" or "IDictionary" or "IReadOnlyDictionary" or "KeyValuePair" or "HashSet" or "Span" or "ReadOnlySpan"
            or "Memory" or "ReadOnlyMemory" or "ImmutableArray" or "Tuple" or "ValueTuple" or "IEquatable" or "IComparable"
        } generic
            when IsFramework(generic) => generic.TypeArguments.All(IsPlain),
        INamedTypeSymbol { Name: "Scalar" or "Device" or "ScalarType" or "torch" } torch when IsTorchSharps(torch) => true,
        INamedTypeSymbol
        {
            Name: "Type" or "Index" or "Range" or "TimeSpan" or "Half" or "DateTime" or "CancellationToken" or "StringBuilder"
            or "Version" or "Complex"
        } system
            when IsFramework(system) => true,
        INamedTypeSymbol { Name: "Irreps" or "Irrep" or "MulIrrep" or "IrrepsSlice" } algebra =>
            algebra.ContainingAssembly?.Name == "E3Gen.Algebra",
        // Neighbours do not depend on the frame.
        INamedTypeSymbol { Name: "Graph" } graph => graph.ContainingAssembly?.Name == "E3Gen.Runtime",
        _ => false,
    };

    /// <summary>Whether a type is E3Gen's graph of atoms.</summary>
    public static bool IsGraph(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Graph", ContainingAssembly.Name: "E3Gen.Runtime" };

    public static bool HoldsGraphs(ITypeSymbol? type) => IsGraph(type) || type switch
    {
        IArrayTypeSymbol array => HoldsGraphs(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HoldsGraphs),
        _ => false,
    };

    private static bool InNamespace(ISymbol symbol, string root)
    {
        var space = symbol.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name == root;
    }
}

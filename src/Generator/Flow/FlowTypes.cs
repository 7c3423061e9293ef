using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>What the analysis asks of types.</summary>
internal static class FlowTypes
{
    /// <summary>Whether a type is TorchSharp's Tensor or derives from it, as Parameter does.</summary>
    public static bool IsTensor(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (WellKnown.IsTensor(type))
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
    public static bool IsTorch(ISymbol member) => member.ContainingType is { } type && InNamespace(type, "TorchSharp");

    /// <summary>Whether a member is E3Gen's own.</summary>
    public static bool IsRuntime(ISymbol member) => member.ContainingAssembly?.Name == "E3Gen.Runtime";

    /// <summary>Whether a type is an nn.Module.</summary>
    public static bool IsModule(ITypeSymbol? type) => type is INamedTypeSymbol named && (WellKnown.IsModule(named) || (named.Name == "Module" && InNamespace(named, "TorchSharp")));

    /// <summary>Numbers, texts, flags, types, and what is made of them: values that are no tensors and lead to none.</summary>
    public static bool IsPlain(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: not SpecialType.None and not SpecialType.System_Object and not SpecialType.System_Array and not SpecialType.System_Collections_IEnumerable } and not INamedTypeSymbol { IsGenericType: true } => true,
        { TypeKind: TypeKind.Enum } => true,
        IArrayTypeSymbol array => IsPlain(array.ElementType),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(e => IsPlain(e.Type)),
        INamedTypeSymbol
        {
            IsGenericType: true, TypeKind: not TypeKind.Delegate, Name: "Nullable" or "List" or "IList" or "IReadOnlyList" or "IReadOnlyCollection" or "ICollection" or "IEnumerable" or "Dictionary" or "IDictionary"
            or "IReadOnlyDictionary" or "KeyValuePair" or "HashSet" or "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ImmutableArray" or "Tuple" or "ValueTuple" or "IEquatable" or "IComparable"
        } generic
            when InNamespace(generic, "System") => generic.TypeArguments.All(IsPlain),
        INamedTypeSymbol { Name: "Scalar" or "Device" or "ScalarType" or "torch" } torch when InNamespace(torch, "TorchSharp") => true,
        INamedTypeSymbol { Name: "Type" or "Index" or "Range" or "TimeSpan" or "Half" or "DateTime" or "CancellationToken" or "StringBuilder" or "Version" or "Complex" } system when InNamespace(system, "System") => true,
        INamedTypeSymbol { Name: "Irreps" or "Irrep" or "MulIrrep" or "IrrepsSlice" } algebra => algebra.ContainingAssembly?.Name == "E3Gen.Algebra",
        INamedTypeSymbol { Name: "Graph" } graph => graph.ContainingAssembly?.Name == "E3Gen.Runtime", // neighbours do not depend on the frame
        _ => false,
    };

    public static bool InNamespace(ISymbol symbol, string root)
    {
        var space = symbol.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name == root;
    }
}

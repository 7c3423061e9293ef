using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>What is known of the framework's own methods.</summary>
internal static class Bcl
{
    private static readonly HashSet<string> Types =
    [
        "Math", "MathF", "String", "Convert", "Int32", "Int64", "Int16", "Byte", "Double", "Single", "Boolean", "Char", "Decimal", "Half", "Enum", "Nullable", "Array", "Enumerable",
        "Index", "Range", "TimeSpan", "BitOperations", "BitConverter", "StringBuilder", "Object", "CultureInfo", "HashCode", "Tuple", "ValueTuple", "KeyValuePair", "List", "Dictionary",
        "HashSet", "IReadOnlyList", "IReadOnlyCollection", "ICollection", "IList", "IEnumerable", "Span", "ReadOnlySpan", "MemoryExtensions", "ImmutableArray", "Comparer", "EqualityComparer", "Type",
        "INumber", "Version", "Complex", "Interlocked", "Volatile",
    ];

    /// <summary>Whether the methods of a type are functions of their arguments: no clock, no random numbers, no files.</summary>
    public static bool IsDeterministic(INamedTypeSymbol? type) => type is not null && Types.Contains(type.Name);

    /// <summary>Whether a method only looks at what it gets: checks of arguments, output for people.</summary>
    public static bool OnlyReads(IMethodSymbol method) => method switch
    {
        { Name: "ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNegative" or "ThrowIfNegativeOrZero" or "ThrowIfGreaterThan" or "ThrowIfLessThan" or "ThrowIf" or "ThrowIfNotEqual" or "ThrowIfEqual" } => FlowTypes.InNamespace(method, "System"),
        { Name: "KeepAlive" or "ReferenceEquals" } => FlowTypes.InNamespace(method, "System"),
        { ContainingType.Name: "Console" or "Debug" or "Trace", ReturnsVoid: true } => FlowTypes.InNamespace(method, "System"),
        { Name: "Dispose", Parameters.Length: 0, ReturnsVoid: true } => FlowTypes.InNamespace(method, "System"),
        _ => false,
    };

    public static bool IsException(ITypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.Name == "Exception" && FlowTypes.InNamespace(t, "System"))
            {
                return true;
            }
        }

        return false;
    }
}

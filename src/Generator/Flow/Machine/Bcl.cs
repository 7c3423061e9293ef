using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>What is known of the framework's own methods.</summary>
internal static class Bcl
{
    private static readonly HashSet<string> Types =
    [
        "Math", "MathF", "String", "Convert", "Int32", "Int64", "Int16", "Byte", "Double", "Single", "Boolean", "Char", "Decimal", "Half",
        "Enum", "Nullable", "Array", "Enumerable", "Index", "Range", "TimeSpan", "BitOperations", "BitConverter", "StringBuilder", "Object",
        "CultureInfo", "Tuple", "ValueTuple", "KeyValuePair", "List", "Dictionary", "HashSet", "IReadOnlyList", "IReadOnlyCollection",
        "ICollection", "IList", "IEnumerable", "Span", "ReadOnlySpan", "MemoryExtensions", "ImmutableArray", "Comparer", "EqualityComparer",
        "Type", "INumber", "Version", "Complex", "Interlocked", "Volatile",
    ];

    /// <summary>
    /// Whether a member is a function of its arguments: no clock, no random numbers, no files; no hashes, which depend on the memory address for
    /// objects, and on a random seed of the process for strings.
    /// </summary>
    public static bool IsDeterministic(ISymbol member) =>
        member.ContainingType is { } type && Types.Contains(type.Name) && member.Name is not "GetHashCode";

    private static readonly HashSet<string> Total =
    [
        "Max", "Min", "Sqrt", "Cbrt", "Exp", "Log", "Log2", "Log10", "Pow", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Atan2", "Sinh",
        "Cosh", "Tanh", "Asinh", "Acosh", "Atanh", "Floor", "Ceiling", "Truncate", "FusedMultiplyAdd", "CopySign", "IEEERemainder",
        "ScaleB", "ReciprocalEstimate",
    ];

    private static readonly HashSet<string> Asking =
    [
        "ToString", "Format", "Concat", "Join", "Equals", "CompareTo", "IsNaN", "IsFinite", "IsInfinity", "IsNegative", "IsNullOrEmpty",
        "IsNullOrWhiteSpace", "ReferenceEquals", "KeepAlive", "Contains", "ContainsKey", "IndexOf", "LastIndexOf", "Append", "Prepend",
        "TryGetValue", "TryAdd", "SequenceEqual",
    ];

    /// <summary>Whether a method throws for no number or text that it gets.</summary>
    public static bool IsTotal(IMethodSymbol method)
    {
        if (!FlowTypes.IsFramework(method))
        {
            return false;
        }

        bool ofFloats = method.Parameters.All(p => p.Type.SpecialType is SpecialType.System_Double or SpecialType.System_Single);
        return method.ContainingType.Name is "Math" or "MathF"
            && (Total.Contains(method.Name) || (ofFloats && method.Name is "Abs" or "Round"))
            ? ofFloats || method.Name is "Max" or "Min"
            : Asking.Contains(method.Name) || method is { Name: "Add", Parameters.Length: 1 }
                || (OnlyReads(method) && !method.Name.StartsWith("Throw", StringComparison.Ordinal));
    }

    /// <summary>Whether a method only looks at what it gets: checks of arguments, output for people.</summary>
    public static bool OnlyReads(IMethodSymbol method) => method switch
    {
        {
            Name: "ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNegative" or "ThrowIfNegativeOrZero" or "ThrowIfGreaterThan"
            or "ThrowIfLessThan" or "ThrowIf" or "ThrowIfNotEqual" or "ThrowIfEqual"
        } =>
            FlowTypes.IsFramework(method),
        { Name: "KeepAlive" or "ReferenceEquals" } => FlowTypes.IsFramework(method),
        { ContainingType.Name: "Console" or "Debug" or "Trace", ReturnsVoid: true } => FlowTypes.IsFramework(method),
        { Name: "Dispose", Parameters.Length: 0, ReturnsVoid: true } => FlowTypes.IsFramework(method),
        _ => false,
    };

    public static bool IsException(ITypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.Name == "Exception" && FlowTypes.IsFramework(t))
            {
                return true;
            }
        }

        return false;
    }
}

using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>What the flow asks of types and constants.</summary>
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

    public static bool IsParameter(ITypeSymbol type) => type.Name == "Parameter" && InNamespace(type, "TorchSharp");

    /// <summary>Whether a method is TorchSharp's.</summary>
    public static bool IsTorch(IMethodSymbol method) => method.ContainingType is { } type && InNamespace(type, "TorchSharp");

    /// <summary>Whether a method is E3Gen's own.</summary>
    public static bool IsRuntime(IMethodSymbol method) => method.ContainingAssembly?.Name == "E3Gen.Runtime";

    /// <summary>Whether a type is an nn.Module.</summary>
    public static bool IsModule(ITypeSymbol? type) => type is INamedTypeSymbol named && (WellKnown.IsModule(named) || (named.Name == "Module" && InNamespace(named, "TorchSharp")));

    /// <summary>Whether a type is a type parameter, or made of it.</summary>
    public static bool Mentions(ITypeSymbol type, ITypeParameterSymbol parameter) => type switch
    {
        IArrayTypeSymbol array => Mentions(array.ElementType, parameter),
        INamedTypeSymbol named => named.TypeArguments.Any(t => Mentions(t, parameter)),
        _ => SymbolEqualityComparer.Default.Equals(type, parameter),
    };

    public static IOperation WithoutConversions(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>A constant whole number.</summary>
    public static int? Integer(IOperation? operation) => Number(operation) is { } number && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue ? (int)number : null;

    /// <summary>A constant number, also as a Scalar.</summary>
    public static double? Number(IOperation? operation)
    {
        if (operation is null)
        {
            return null;
        }

        operation = WithoutConversions(operation);
        if (operation is IInvocationOperation { TargetMethod.Name: "ToScalar", Arguments: [var argument, ..] })
        {
            return Number(argument.Value);
        }

        return operation.ConstantValue is { HasValue: true, Value: { } value } && value is int or long or float or double or short or byte
            ? System.Convert.ToDouble(operation.ConstantValue.Value, System.Globalization.CultureInfo.InvariantCulture)
            : operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } minus ? -Number(minus.Operand) : null;
    }

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

using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Which axis an operation works along.</summary>
internal enum TensorAxis
{
    Unknown,
    Rows,
    Features,
}

/// <summary>A call of a TorchSharp operation: as a method of a tensor, or as a static function whose first argument is one.</summary>
internal sealed class TensorCall
{
    private readonly IInvocationOperation _invocation;
    private readonly List<IArgumentOperation> _rest;

    public TensorCall(IInvocationOperation invocation, IrrepsValue instance, IReadOnlyDictionary<IArgumentOperation, IrrepsValue> values)
    {
        _invocation = invocation;
        var arguments = invocation.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).ToList();
        if (invocation.Instance is { } receiver)
        {
            (First, X, _rest) = (receiver, instance, arguments);
        }
        else
        {
            (First, X, _rest) = arguments.Count > 0 ? (arguments[0].Value, values[arguments[0]], arguments.Skip(1).ToList()) : (invocation, IrrepsValue.Unknown, []);
        }
    }

    public string Name => _invocation.TargetMethod.Name;

    /// <summary>The tensor that is worked on.</summary>
    public IOperation First { get; }

    /// <summary>Its irreps.</summary>
    public IrrepsValue X { get; }

    /// <summary>The other operand of a binary operation.</summary>
    public IArgumentOperation? Second => _rest.FirstOrDefault();

    /// <summary>The tensors of a list argument.</summary>
    public IEnumerable<IOperation> Elements
    {
        get
        {
            var list = First;
            while (list is IConversionOperation conversion)
            {
                list = conversion.Operand;
            }

            return list switch
            {
                IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
                ICollectionExpressionOperation collection when collection.Elements.All(e => e is not ISpreadOperation) => collection.Elements,
                _ => [],
            };
        }
    }

    /// <summary>The axis in the argument 'dim', 'dims' or 'dimension', where that is constant.</summary>
    public TensorAxis Axis
    {
        get
        {
            var argument = _invocation.Arguments.FirstOrDefault(a => a.Parameter?.Name is "dim" or "dims" or "dimension" or "axis");
            return Constant(argument?.Value) switch
            {
                -1 => TensorAxis.Features,
                0 or < -1 => TensorAxis.Rows,
                _ => argument is null && Name is "layer_norm" ? TensorAxis.Features : TensorAxis.Unknown,
            };
        }
    }

    public int? Integer(string parameter) => Constant(_invocation.Arguments.FirstOrDefault(a => a.Parameter?.Name == parameter)?.Value);

    /// <summary>Whether a change of shape leaves the last axis as it is: view(…, dim) with that very extent, or unsqueeze of another axis.</summary>
    public bool KeepsLastAxis(int columns)
    {
        if (Name is "unsqueeze" or "squeeze")
        {
            return Axis == TensorAxis.Rows;
        }

        if (Name is not ("view" or "reshape"))
        {
            return false;
        }

        var shape = _rest.SelectMany(a => a.Value is IArrayCreationOperation { Initializer: { } initializer } ? initializer.ElementValues.ToArray() : [a.Value]).ToList();
        return shape.Count >= 1 && Constant(shape[shape.Count - 1]) == columns;
    }

    public static bool IsTorch(IMethodSymbol method)
    {
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.Name == "torch" && type.ContainingNamespace?.Name == "TorchSharp")
            {
                return true;
            }
        }

        return false;
    }

    public static bool ReturnsTensors(IMethodSymbol method) => method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(e => WellKnown.IsTensor(e.Type));

    private static int? Constant(IOperation? operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation?.ConstantValue is { HasValue: true, Value: { } value } && value is int or long ? System.Convert.ToInt32(operation.ConstantValue.Value) : null;
    }
}

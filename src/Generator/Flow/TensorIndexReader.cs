using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

internal enum IndexKind
{
    /// <summary>Not constant, or by a tensor.</summary>
    Unknown,

    /// <summary>'..' or TensorIndex.Colon: the whole axis.</summary>
    All,

    /// <summary>TensorIndex.Ellipsis: all axes in between.</summary>
    Ellipsis,

    /// <summary>TensorIndex.None or Null: a new axis.</summary>
    NewAxis,

    /// <summary>A range with constant ends.</summary>
    Range,

    /// <summary>One entry.</summary>
    Single,
}

/// <summary>What one argument of a tensor's indexer takes of its axis.</summary>
internal static class TensorIndexReader
{
    public static (IndexKind Kind, int Start, int End) Read(IOperation index, int extent)
    {
        index = FlowTypes.WithoutConversions(index);
        switch (index)
        {
            case IFieldReferenceOperation { Field: { Name: var name, ContainingType.Name: "TensorIndex" } }:
                return Named(name);
            case IPropertyReferenceOperation { Property: { Name: var name, ContainingType.Name: "TensorIndex" } }:
                return Named(name);
            case IRangeOperation { LeftOperand: null, RightOperand: null }:
                return (IndexKind.All, 0, extent);
            case IRangeOperation range:
                return Range(range.LeftOperand, range.RightOperand, extent);
            case IInvocationOperation { TargetMethod: { Name: "Slice", ContainingType.Name: "TensorIndex" } } slice:
                return Slice(slice, extent);
            case IInvocationOperation { TargetMethod: { Name: "Single", ContainingType.Name: "TensorIndex" }, Arguments: [var single] }:
                return Read(single.Value, extent);
            case ITupleOperation { Elements: [var start, var end] }:
                return Range(start, end, extent);
            default:
                return End(index, extent) is { } at ? (IndexKind.Single, at, at + 1) : (IndexKind.Unknown, 0, 0);
        }
    }

    private static (IndexKind Kind, int Start, int End) Named(string name) => name switch
    {
        "Ellipsis" => (IndexKind.Ellipsis, 0, 0),
        "Colon" => (IndexKind.All, 0, 0),
        "None" or "Null" => (IndexKind.NewAxis, 0, 0),
        _ => (IndexKind.Unknown, 0, 0),
    };

    private static (IndexKind Kind, int Start, int End) Slice(IInvocationOperation slice, int extent)
    {
        IOperation? Argument(string name) =>
            slice.Arguments.FirstOrDefault(a => a.Parameter?.Name == name)?.Value is { } value && !IsNull(value) ? value : null;

        if (slice.Arguments is [{ Value: var only }] && FlowTypes.WithoutConversions(only) is IRangeOperation or ITupleOperation)
        {
            return Read(only, extent);
        }

        return Argument("step") is { } step && FlowTypes.Integer(step) != 1 ? (IndexKind.Unknown, 0, 0) : Range(Argument("start"), Argument("stop"), extent);
    }

    private static (IndexKind Kind, int Start, int End) Range(IOperation? start, IOperation? end, int extent)
    {
        int? from = start is null || IsNull(start) ? 0 : End(start, extent);
        int? to = end is null || IsNull(end) ? extent : End(end, extent);
        return from is not null && to is not null ? (IndexKind.Range, from.Value, Math.Min(to.Value, extent)) : (IndexKind.Unknown, 0, 0);
    }

    /// <summary>A constant position: a, ^a, or −a from the end.</summary>
    private static int? End(IOperation position, int extent) => FlowTypes.WithoutConversions(position) switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat => extent - FlowTypes.Integer(hat.Operand),
        var number => FlowTypes.Integer(number) is { } at ? (at < 0 ? extent + at : at) : null,
    };

    private static bool IsNull(IOperation value) => FlowTypes.WithoutConversions(value) is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } };
}

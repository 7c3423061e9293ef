using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Which axes an operation works along.</summary>
internal enum TensorAxes
{
    /// <summary>Not constant.</summary>
    Unknown,

    /// <summary>Only axes before the last.</summary>
    Rows,

    /// <summary>The last axis, perhaps others too.</summary>
    Columns,

    /// <summary>All axes, because none is given.</summary>
    All,

    /// <summary>Axis 1 or a later one, counted from the front: the last one if there is but one row axis.</summary>
    FromFront,
}

internal static class TensorAxesReader
{
    private static readonly HashSet<string> Names = ["dim", "dims", "dimension", "dimensions", "axis", "dim0", "dim1", "dim2", "axis0", "axis1", "source", "destination"];

    public static TensorAxes Read(IEnumerable<IArgumentOperation> arguments)
    {
        var values = arguments.Where(a => a.Parameter is { Type: var type } parameter && Names.Contains(parameter.Name) && !FlowTypes.IsTensor(type)).ToList();
        var axes = values.Where(a => !IsNull(a.Value)).SelectMany(a => Integers(a.Value)).ToList();
        return axes switch
        {
            [] => TensorAxes.All,
            _ when axes.Contains(null) => TensorAxes.Unknown,
            _ when axes.Contains(-1) => TensorAxes.Columns,
            _ when axes.Any(a => a > 0) => TensorAxes.FromFront,
            _ => TensorAxes.Rows,
        };
    }

    /// <summary>The whole numbers of an argument: one, or the elements of an array, a collection or a tuple; null for each that is not constant.</summary>
    public static IReadOnlyList<int?> Integers(IOperation operation) => Elements(operation) is { } elements ? [.. elements.Select(e => FlowTypes.Integer(e))] : [FlowTypes.Integer(operation)];

    /// <summary>The elements of an array, a collection or a tuple that is written out; null for anything else.</summary>
    public static IReadOnlyList<IOperation>? Elements(IOperation operation) => FlowTypes.WithoutConversions(operation) switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ICollectionExpressionOperation collection when collection.Elements.All(e => e is not ISpreadOperation) => collection.Elements,
        ITupleOperation tuple => tuple.Elements,
        _ => null,
    };

    private static bool IsNull(IOperation operation) =>
        FlowTypes.WithoutConversions(operation) is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>A call of a TorchSharp operation: as a method of a tensor, or as a static function whose first argument is one.</summary>
internal sealed class TensorCall
{
    private readonly IReadOnlyList<IArgumentOperation> _arguments;
    private readonly IReadOnlyDictionary<IArgumentOperation, IrrepsValue> _values;
    private readonly IReadOnlyList<IArgumentOperation> _rest;

    /// <param name="invocation">The call.</param>
    /// <param name="instance">What is known of the tensor that the method is called on.</param>
    /// <param name="values">What is known of each argument.</param>
    public TensorCall(IInvocationOperation invocation, IrrepsValue instance, IReadOnlyDictionary<IArgumentOperation, IrrepsValue> values)
    {
        (Invocation, _values) = (invocation, values);
        _arguments = [.. invocation.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0)];
        (First, X, _rest) = (invocation.Instance, _arguments) switch
        {
            ({ } receiver, _) => (receiver, instance, _arguments),
            (_, [var first, ..]) => (first.Value, values[first], [.. _arguments.Skip(1)]),
            _ => ((IOperation)invocation, IrrepsValue.Unknown, _arguments),
        };
        Tensors = [.. _arguments.Where(a => a.Value.Type is { } type && CanHoldTensors(type)).Select(a => values[a]).SelectMany(v => v is Group group ? [.. group.Elements] : (IEnumerable<IrrepsValue>)[v])];
        if (invocation.Instance is not null)
        {
            Tensors = [instance, .. Tensors];
        }
    }

    public IInvocationOperation Invocation { get; }

    /// <summary>The operation as it is written, without underscores of Python's keywords.</summary>
    public string Name => Invocation.TargetMethod.Name;

    /// <summary>The tensor that is worked on.</summary>
    public IOperation First { get; }

    /// <summary>What is known of it.</summary>
    public IrrepsValue X { get; }

    /// <summary>Every tensor that the operation reads.</summary>
    public IReadOnlyList<IrrepsValue> Tensors { get; }

    /// <summary>The arguments behind the first tensor.</summary>
    public IReadOnlyList<IArgumentOperation> Rest => _rest;

    public TensorAxes Axes => TensorAxesReader.Read(_arguments);

    public IrrepsValue Value(IArgumentOperation argument) => _values[argument];

    public IArgumentOperation? Argument(params string[] names) => _arguments.FirstOrDefault(a => names.Contains(a.Parameter?.Name));

    public int? Integer(string name) => FlowTypes.Integer(Argument(name)?.Value);

    public bool IsTrue(string name) => Argument(name)?.Value is { ConstantValue: { HasValue: true, Value: true } };

    /// <summary>Whether the call reads out single numbers, as item(), ToSingle() and data() do.</summary>
    public bool TakesNumbers => Name is "item" or "data" or "tolist" || (Name.StartsWith("To", StringComparison.Ordinal) && Name != "ToString");

    /// <summary>What a conversion to whole numbers does to each number: it cuts off what is behind the point, an odd function, or asks whether it is zero. Null for anything else.</summary>
    public Effect? WholeNumbers => _arguments.Select(a => a.Value).FirstOrDefault(v => v.Type?.Name == "ScalarType" && v.ConstantValue.HasValue) is { Type: { } type } value
        ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value.ConstantValue.Value))?.Name switch
        {
            "Byte" or "Int8" or "Int16" or "Int32" or "Int64" => Effect.Odd,
            "Bool" => Effect.Even,
            _ => null,
        }
        : null;

    /// <summary>Whether the length is the euclidean one: the exponent is 2 wherever there is one.</summary>
    public bool IsEuclidean => Argument("p", "ord") is not { } order || FlowTypes.Number(order.Value) == 2;

    /// <summary>The whole numbers behind the first tensor, as in view(a, b, c) or view([a, b, c]).</summary>
    public IReadOnlyList<int?> Extents => [.. _rest.Where(a => a.Parameter?.Name is not ("dim" or "isImplicit")).SelectMany(a => TensorAxesReader.Integers(a.Value))];

    /// <summary>The tensor whose shape is taken over, as in view(x.shape) and view_as(x).</summary>
    public Known? ShapeOf => _rest.Count == 1 ? _values[_rest[0]] switch { Shape shape => shape.Tensor, Known tensor => tensor, _ => null } : null;

    private static bool CanHoldTensors(ITypeSymbol type) =>
        FlowTypes.IsTensor(type)
        || (type is IArrayTypeSymbol array && FlowTypes.IsTensor(array.ElementType))
        || (type is INamedTypeSymbol { TypeArguments: [var element] } && FlowTypes.IsTensor(element));
}

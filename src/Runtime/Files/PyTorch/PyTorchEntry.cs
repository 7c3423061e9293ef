using static TorchSharp.torch;

namespace E3Gen;

/// <summary>What a PyTorch file says about one tensor: a view of a storage, which several tensors may share.</summary>
public sealed class PyTorchEntry
{
    internal PyTorchEntry(PyTorchStorage storage, PyTorchType type, long[] shape, long[] strides, long offset)
    {
        Source = storage;
        Type = type;
        Shape = shape;
        Strides = strides;
        Offset = offset;
    }

    /// <summary>Element type; null if TorchSharp has none for it, and then the tensor cannot be read.</summary>
    public ScalarType? DType => Type.Scalar;

    /// <summary>The element type as PyTorch names it, such as <c>float32</c> or <c>float8_e4m3fn</c>.</summary>
    public string TypeName => Type.Name;

    /// <summary>Sizes of the axes; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Elements of the storage from one index of each axis to the next.</summary>
    public IReadOnlyList<long> Strides { get; }

    /// <summary>Elements of the storage before the first one of the tensor.</summary>
    public long Offset { get; }

    /// <summary>The key of the storage in the file. Tied weights have the same.</summary>
    public string Storage => Source.Key;

    internal PyTorchStorage Source { get; }

    internal PyTorchType Type { get; }

    internal bool IsEmpty => Shape.Contains(0);

    /// <summary>Elements of the storage from the first of the tensor to its last.</summary>
    internal long Span => IsEmpty ? 0 : 1 + Shape.Zip(Strides, (size, stride) => (size - 1) * stride).Sum();

    /// <summary>Type and shape.</summary>
    /// <returns>Such as <c>float32 [4, 3]</c>.</returns>
    public override string ToString() => $"{TypeName} [{string.Join(", ", Shape)}]";
}

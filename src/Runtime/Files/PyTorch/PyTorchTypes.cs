using static TorchSharp.torch;

namespace E3Gen;

/// <summary>An element type of PyTorch.</summary>
/// <param name="Name">Its name, such as <c>float32</c>.</param>
/// <param name="Storage">The class of its storages in files, such as <c>FloatStorage</c>; null for types that files keep in untyped storages.</param>
/// <param name="Scalar">The type in TorchSharp; null if there is none.</param>
/// <param name="Size">Bytes of one element.</param>
internal sealed record PyTorchType(string Name, string? Storage, ScalarType? Scalar, int Size);

/// <summary>The element types that torch.save writes.</summary>
internal static class PyTorchTypes
{
    private static readonly PyTorchType[] Known =
    [
        new("float64", "DoubleStorage", ScalarType.Float64, 8), new("float32", "FloatStorage", ScalarType.Float32, 4),
        new("float16", "HalfStorage", ScalarType.Float16, 2), new("bfloat16", "BFloat16Storage", ScalarType.BFloat16, 2),
        new("int64", "LongStorage", ScalarType.Int64, 8), new("int32", "IntStorage", ScalarType.Int32, 4),
        new("int16", "ShortStorage", ScalarType.Int16, 2), new("int8", "CharStorage", ScalarType.Int8, 1),
        new("uint8", "ByteStorage", ScalarType.Byte, 1), new("bool", "BoolStorage", ScalarType.Bool, 1),
        new("complex64", "ComplexFloatStorage", ScalarType.ComplexFloat32, 8),
        new("complex128", "ComplexDoubleStorage", ScalarType.ComplexFloat64, 16),
        new("complex32", null, null, 4), new("uint16", null, null, 2), new("uint32", null, null, 4), new("uint64", null, null, 8),
        new("float8_e4m3fn", null, null, 1), new("float8_e5m2", null, null, 1), new("float8_e4m3fnuz", null, null, 1),
        new("float8_e5m2fnuz", null, null, 1), new("float8_e8m0fnu", null, null, 1), new("float4_e2m1fn_x2", null, null, 1),
        new("qint8", "QInt8Storage", null, 1), new("quint8", "QUInt8Storage", null, 1), new("qint32", "QInt32Storage", null, 4),
        new("quint4x2", "QUInt4x2Storage", null, 1), new("quint2x4", "QUInt2x4Storage", null, 1),
    ];

    private static readonly Dictionary<string, PyTorchType> ByName = Known.ToDictionary(t => "torch." + t.Name);

    private static readonly Dictionary<string, PyTorchType> ByStorage = Known.Where(t => t.Storage is not null).ToDictionary(t => "torch." + t.Storage);

    private static readonly Dictionary<ScalarType, PyTorchType> ByScalar = Known.Where(t => t.Scalar is not null).ToDictionary(t => t.Scalar!.Value);

    /// <summary>Untyped storages count bytes.</summary>
    public static PyTorchType Bytes => ByScalar[ScalarType.Byte];

    /// <summary>Names of the types that can be written, for messages.</summary>
    public static string ReadableNames => string.Join(", ", ByScalar.Values.Select(t => t.Name));

    /// <summary>The type of a name such as <c>torch.float32</c>.</summary>
    public static PyTorchType? OfName(string global) => ByName.GetValueOrDefault(global);

    /// <summary>The type of a class such as <c>torch.FloatStorage</c>.</summary>
    public static PyTorchType? OfStorage(string global) => ByStorage.GetValueOrDefault(global);

    public static PyTorchType? Of(ScalarType type) => ByScalar.GetValueOrDefault(type);
}

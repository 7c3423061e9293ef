using static TorchSharp.torch;

namespace E3Gen;

/// <summary>The format's element types that libtorch has too.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    private static readonly Dictionary<string, ScalarType> ByName = Known.ToDictionary(t => t.Name, t => t.Type);

    private static readonly Dictionary<ScalarType, (string Name, int Size)> ByType = Known.ToDictionary(t => t.Type, t => (t.Name, t.Size));

    /// <summary>All names, for messages.</summary>
    public static string Names => string.Join(", ", Known.Select(t => t.Name));

    public static bool TryParse(string name, out ScalarType type) => ByName.TryGetValue(name, out type);

    public static bool Contains(ScalarType type) => ByType.ContainsKey(type);

    public static string Name(ScalarType type) => ByType[type].Name;

    /// <summary>Bytes of one element.</summary>
    public static int Size(ScalarType type) => ByType[type].Size;
}

using static TorchSharp.torch;

namespace E3Gen;

/// <summary>The format's element types, as its reference implementation lists them; of some libtorch has no counterpart here.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType? Type, int Bits)[] Known =
    [
        ("F64", ScalarType.Float64, 64), ("F32", ScalarType.Float32, 32), ("F16", ScalarType.Float16, 16), ("BF16", ScalarType.BFloat16, 16),
        ("I64", ScalarType.Int64, 64), ("I32", ScalarType.Int32, 32), ("I16", ScalarType.Int16, 16), ("I8", ScalarType.Int8, 8),
        ("U8", ScalarType.Byte, 8), ("BOOL", ScalarType.Bool, 8), ("C64", ScalarType.ComplexFloat32, 64),
        ("U64", null, 64), ("U32", null, 32), ("U16", null, 16),
        ("F8_E4M3", null, 8), ("F8_E5M2", null, 8), ("F8_E8M0", null, 8), ("F8_E4M3FNUZ", null, 8), ("F8_E5M2FNUZ", null, 8),
        ("F6_E2M3", null, 6), ("F6_E3M2", null, 6), ("F4", null, 4),
    ];

    private static readonly Dictionary<string, (ScalarType? Type, int Bits)> ByName = Known.ToDictionary(t => t.Name, t => (t.Type, t.Bits));

    private static readonly Dictionary<ScalarType, (string Name, int Bits)> ByType =
        Known.Where(t => t.Type is not null).ToDictionary(t => t.Type!.Value, t => (t.Name, t.Bits));

    /// <summary>All names, for messages.</summary>
    public static string Names => string.Join(", ", Known.Select(t => t.Name));

    /// <summary>Names of the types that libtorch has too, for messages.</summary>
    public static string ReadableNames => string.Join(", ", ByType.Values.Select(t => t.Name));

    /// <summary>Type and size of a name; the type is null if libtorch has none for it here.</summary>
    public static bool TryParse(string name, out ScalarType? type, out int bits)
    {
        bool known = ByName.TryGetValue(name, out (ScalarType? Type, int Bits) found);
        (type, bits) = found;
        return known;
    }

    public static bool Contains(ScalarType type) => ByType.ContainsKey(type);

    public static string Name(ScalarType type) => ByType[type].Name;

    /// <summary>The format's name of a type, or TorchSharp's if the format has none.</summary>
    public static string Describe(ScalarType type) => ByType.TryGetValue(type, out (string Name, int Bits) found) ? found.Name : type.ToString();

    /// <summary>Bytes of one element.</summary>
    public static int Size(ScalarType type) => ByType[type].Bits / 8;
}

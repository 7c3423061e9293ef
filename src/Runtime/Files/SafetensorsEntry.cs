using static TorchSharp.torch;

namespace E3Gen;

/// <summary>What a safetensors file says about one tensor.</summary>
/// <param name="Name">The tensor's key.</param>
/// <param name="DType">Element type; null if TorchSharp has none for it, and then the tensor cannot be read.</param>
/// <param name="Shape">Sizes of the axes; empty for a scalar.</param>
/// <param name="Offset">Position of the first byte, counted from the end of the header.</param>
/// <param name="Length">Number of bytes: the product of <paramref name="Shape"/> times the size of an element.</param>
public sealed record SafetensorsEntry(string Name, ScalarType? DType, IReadOnlyList<long> Shape, long Offset, long Length)
{
    /// <summary>The element type as the file names it, such as <c>F32</c> or <c>F8_E4M3</c>.</summary>
    public string TypeName { get; init; } = DType is { } type ? SafetensorsTypes.Describe(type) : "";

    /// <summary>False if TorchSharp has no such element type (unsigned integers wider than 8 bits, floats of 8 bits and less): the tensor cannot be read.</summary>
    public bool IsReadable => DType is not null;
}

using static TorchSharp.torch;

namespace E3Gen;

/// <summary>What a safetensors file says about one tensor.</summary>
/// <param name="Name">The tensor's key.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Sizes of the axes; empty for a scalar.</param>
/// <param name="Offset">Position of the first byte, counted from the end of the header.</param>
/// <param name="Length">Number of bytes: the product of <paramref name="Shape"/> times the size of an element.</param>
public sealed record SafetensorsEntry(string Name, ScalarType DType, IReadOnlyList<long> Shape, long Offset, long Length);

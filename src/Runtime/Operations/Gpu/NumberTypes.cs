using E3Gen.Cuda;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>Types of numbers of device programs and of tensors.</summary>
internal static class NumberTypes
{
    /// <summary>What numbers of a tensor are to kernels; null for types that they don't take.</summary>
    public static NumberType? Of(ScalarType type) => type switch
    {
        ScalarType.Float32 => NumberType.Single,
        ScalarType.Float64 => NumberType.Double,
        ScalarType.Float16 => NumberType.Half,
        ScalarType.BFloat16 => NumberType.BFloat16,
        _ => null,
    };

    /// <summary>The type of a tensor.</summary>
    public static ScalarType Of(NumberType type) => type switch
    {
        NumberType.Single => ScalarType.Float32,
        NumberType.Double => ScalarType.Float64,
        NumberType.Half => ScalarType.Float16,
        _ => ScalarType.BFloat16,
    };
}

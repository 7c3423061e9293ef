namespace E3Gen.Cuda;

/// <summary>What numbers in memory are. Half-precision ones are computed with, and summed, as float32.</summary>
internal enum NumberType
{
    /// <summary>float32.</summary>
    Single,

    /// <summary>float64.</summary>
    Double,

    /// <summary>float16: 5 bits of exponent, 10 of fraction.</summary>
    Half,

    /// <summary>bfloat16: 8 bits of exponent, 7 of fraction.</summary>
    BFloat16,
}

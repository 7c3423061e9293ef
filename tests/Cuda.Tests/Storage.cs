using System.Runtime.InteropServices;

namespace E3Gen.Cuda.Tests;

/// <summary>Numbers as they lie in the memory of a device.</summary>
internal static class Storage
{
    /// <summary>Bytes of a number.</summary>
    public static int Size(NumberType type) => type switch { NumberType.Double => 8, NumberType.Single => 4, _ => 2 };

    /// <summary>By how much a sum may be off, relative to the size of all results: rounding of results for short numbers, of sums for others.</summary>
    public static double Tolerance(NumberType type) => type switch { NumberType.Double => 1e-12, NumberType.Single => 1e-6, NumberType.Half => 1e-3, _ => 8e-3 };

    /// <summary>The nearest numbers of a type.</summary>
    public static double[] Round(NumberType type, double[] values) => Numbers(type, Bytes(type, values));

    public static byte[] Bytes(NumberType type, double[] values) => type switch
    {
        NumberType.Double => MemoryMarshal.AsBytes<double>(values).ToArray(),
        NumberType.Single => MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, v => (float)v)).ToArray(),
        NumberType.Half => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, v => (Half)v)).ToArray(),
        _ => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, v => ToBFloat16((float)v))).ToArray(),
    };

    public static double[] Numbers(NumberType type, byte[] bytes) => type switch
    {
        NumberType.Double => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        NumberType.Single => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), v => (double)v),
        NumberType.Half => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), v => (double)v),
        _ => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), v => (double)BitConverter.UInt32BitsToSingle((uint)v << 16)),
    };

    /// <summary>The upper half of a float32, rounded to the nearest, to even where two are as near.</summary>
    private static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }
}

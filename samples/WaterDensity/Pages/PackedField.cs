using System.IO.Compression;
using System.Runtime.InteropServices;

namespace WaterDensity.Pages;

/// <summary>Numbers as small as a page needs them: half precision, little-endian, gzip.</summary>
internal static class PackedField
{
    /// <summary>Relative error of a number that is not tiny: half a unit of the last of 11 digits.</summary>
    public const double RelativeError = 1.0 / 2048;

    /// <summary>What is smaller becomes zero, which takes no room; a tenth of the smallest isovalue that a page offers.</summary>
    public const double Negligible = 1e-6;

    public static byte[] Pack(double[] values)
    {
        var halves = new Half[values.Length];
        for (int i = 0; i < values.Length; i++)
            halves[i] = Math.Abs(values[i]) < Negligible ? Half.Zero : (Half)values[i];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(MemoryMarshal.AsBytes<Half>(halves));
        return packed.ToArray();
    }
}

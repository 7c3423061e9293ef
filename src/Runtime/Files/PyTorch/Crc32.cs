using System.Buffers.Binary;

namespace E3Gen;

/// <summary>The checksum of zip archives, eight bytes at a time. .NET has it in a package of its own only, which these few lines do not deserve.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Continues a checksum; the one of no bytes is 0.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~checksum;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes), high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Tables[7][low & 255] ^ Tables[6][low >> 8 & 255] ^ Tables[5][low >> 16 & 255] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 255] ^ Tables[2][high >> 8 & 255] ^ Tables[1][high >> 16 & 255] ^ Tables[0][high >> 24];
        }
        foreach (byte b in bytes) crc = Tables[0][(crc ^ b) & 255] ^ crc >> 8;
        return ~crc;
    }

    /// <summary>Table k: what a byte does to a checksum when k bytes follow it.</summary>
    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;
            tables[0][i] = crc;
        }
        for (int k = 1; k < 8; k++)
        {
            for (int i = 0; i < 256; i++) tables[k][i] = tables[0][tables[k - 1][i] & 255] ^ tables[k - 1][i] >> 8;
        }
        return tables;
    }
}

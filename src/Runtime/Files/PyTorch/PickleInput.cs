using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace E3Gen;

/// <summary>The bytes of a pickle. Whatever length they claim is compared with what is there before anything of it is made.</summary>
internal sealed class PickleInput(byte[] bytes)
{
    /// <summary>Bytes of the longest integer that is read; torch writes 8.</summary>
    private const int MaxInteger = 1024;

    /// <summary>Bytes of the longest name of a class.</summary>
    private const int MaxName = 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private int _at;

    public int Position => _at;

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - _at)) throw Bad($"claims {count} bytes, but {bytes.Length - _at} are left");
        ReadOnlySpan<byte> taken = bytes.AsSpan(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    public string Text(ulong length)
    {
        ReadOnlySpan<byte> utf8 = Take(length);
        try
        {
            return Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw Bad("has a text that is not UTF-8");
        }
    }

    /// <summary>A <see cref="long"/>, or a <see cref="BigInteger"/> if it is larger.</summary>
    public object Integer(ulong length)
    {
        if (length > MaxInteger) throw Bad($"has an integer of {length} bytes; at most {MaxInteger} are read");
        var number = new BigInteger(Take(length));
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    /// <summary>Text to the end of the line.</summary>
    public string Line()
    {
        int length = bytes.AsSpan(_at, Math.Min(MaxName, bytes.Length - _at)).IndexOf((byte)'\n');
        if (length < 0) throw Bad($"has a name of more than {MaxName} bytes");
        string text = Text((ulong)length);
        _at++;
        return text;
    }

    public InvalidDataException Bad(string problem) => new($"its pickle (data.pkl) {problem}, at byte {_at}. The file is damaged or was not written by torch.save.");
}

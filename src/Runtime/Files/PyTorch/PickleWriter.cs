using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace E3Gen;

/// <summary>Writes the opcodes of a pickle of protocol 2, as far as state dicts need them.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public PickleWriter() => Write(0x80, 2);

    /// <summary>Ends the pickle.</summary>
    public byte[] Finish()
    {
        Write((byte)'.');
        return [.. _bytes];
    }

    public void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Write((byte)'X');
        WriteInt32(utf8.Length);
        _bytes.AddRange(utf8);
    }

    public void Integer(long number)
    {
        if (number is >= 0 and <= byte.MaxValue)
        {
            Write((byte)'K', (byte)number);
        }
        else if (number == (int)number)
        {
            Write((byte)'J');
            WriteInt32((int)number);
        }
        else
        {
            byte[] bytes = new BigInteger(number).ToByteArray();
            Write(0x8a, (byte)bytes.Length);
            _bytes.AddRange(bytes);
        }
    }

    public void False() => Write(0x89);

    public void Tuple(long[] numbers) => Tuple(() => Array.ForEach(numbers, Integer));

    public void Global(string module, string name)
    {
        Write((byte)'c');
        _bytes.AddRange(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
    }

    public void Call(string module, string function, Action arguments)
    {
        Global(module, function);
        Tuple(arguments);
        Write((byte)'R');
    }

    public void PersistentId(Action items)
    {
        Tuple(items);
        Write((byte)'Q');
    }

    /// <param name="items">Writes keys and values in turn.</param>
    public void Dictionary(Action items)
    {
        Write((byte)'}', (byte)'(');
        items();
        Write((byte)'u');
    }

    private void Tuple(Action items)
    {
        Write((byte)'(');
        items();
        Write((byte)'t');
    }

    private void WriteInt32(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _bytes.AddRange(bytes);
    }

    private void Write(params ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);
}

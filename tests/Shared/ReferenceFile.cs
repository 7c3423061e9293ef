using System.Runtime.InteropServices;
using System.Text.Json;

namespace E3Gen.Tests;

/// <summary>
/// Numbers computed with e3nn, read from <c>tests/ReferenceData</c> (safetensors: 8-byte header length, JSON header, raw data). Own
/// reader, so that no test depends on the code it tests.
/// </summary>
public sealed class ReferenceFile
{
    private readonly byte[] _bytes;
    private readonly JsonElement _header;
    private readonly int _data;

    /// <summary>Opens <c>ReferenceData/&lt;name&gt;.safetensors</c> beside the test assembly.</summary>
    public ReferenceFile(string name)
    {
        _bytes = File.ReadAllBytes(PathOf(name + ".safetensors"));
        int length = (int)BitConverter.ToUInt64(_bytes, 0);
        _header = JsonDocument.Parse(_bytes.AsMemory(8, length)).RootElement;
        _data = 8 + length;
    }

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "ReferenceData", file);

    public IEnumerable<string> Keys => _header.EnumerateObject().Select(p => p.Name).Where(k => k != "__metadata__");

    public bool Contains(string key) => _header.TryGetProperty(key, out _);

    /// <summary>A text of the metadata, such as <c>cases</c> or <c>case.&lt;name&gt;</c> (JSON in itself).</summary>
    public string Metadata(string key) => _header.GetProperty("__metadata__").GetProperty(key).GetString()!;

    public long[] Shape(string key) => _header.GetProperty(key).GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();

    public double[] Doubles(string key) => Read<double>(key, "F64");

    public float[] Floats(string key) => Read<float>(key, "F32");

    public long[] Longs(string key) => Read<long>(key, "I64");

    private T[] Read<T>(string key, string dtype) where T : unmanaged
    {
        JsonElement entry = _header.GetProperty(key);
        Assert.Equal(dtype, entry.GetProperty("dtype").GetString());
        int begin = entry.GetProperty("data_offsets")[0].GetInt32(), end = entry.GetProperty("data_offsets")[1].GetInt32();
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(_data + begin, end - begin)).ToArray();
    }
}

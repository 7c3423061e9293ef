using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// The header of a safetensors file: 8 bytes little-endian length, then a JSON object
/// <c>{"__metadata__": {key: text}, name: {"dtype": …, "shape": […], "data_offsets": [begin, end]}}</c>; the rest of the file is data.
/// Nothing in it is trusted: every size is checked against the file's length before anything of that size is allocated, and the tensors
/// must tile the data without gaps or overlaps, as the format requires.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The format's own limit for the JSON text.</summary>
    private const long MaxLength = 100_000_000;

    /// <summary>libtorch's limit for the number of axes that its operations take.</summary>
    private const int MaxRank = 64;

    private SafetensorsHeader(Dictionary<string, string> metadata, List<SafetensorsEntry> entries, long dataStart)
    {
        Metadata = metadata;
        Entries = entries;
        DataStart = dataStart;
    }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Tensors in the header's order.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Position in the file that offsets count from.</summary>
    public long DataStart { get; }

    /// <exception cref="InvalidDataException">
    /// The stream does not hold a valid safetensors file; the message says why, without the file's name.
    /// </exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        if (stream.Length < 8) throw new InvalidDataException($"it has {stream.Length} bytes; the length of the header alone takes 8.");
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)(stream.Length - 8))
        {
            throw new InvalidDataException(
                $"its header claims {length} bytes, but only {stream.Length - 8} follow. The file is truncated or not in safetensors format.");
        }
        if (length > MaxLength) throw new InvalidDataException($"its header claims {length} bytes; the format allows {MaxLength}.");

        byte[] json = new byte[length];
        stream.ReadExactly(json);
        if (!Utf8.IsValid(json)) throw new InvalidDataException("its header is not UTF-8 text.");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Parse(document.RootElement, dataStart: 8 + (long)length, dataLength: stream.Length - 8 - (long)length);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"its header is not valid JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // An escape such as \ud800 alone: valid JSON that stands for no text.
            throw new InvalidDataException($"its header has a name that is not valid text: {error.Message}", error);
        }
    }

    private static SafetensorsHeader Parse(JsonElement root, long dataStart, long dataLength)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"its header is a JSON {root.ValueKind}, not an object.");
        var metadata = new Dictionary<string, string>();
        var entries = new List<SafetensorsEntry>();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__") ReadMetadata(property.Value, metadata);
            else entries.Add(ReadEntry(property.Name, property.Value, dataLength));
        }
        RequireTiling(entries, dataLength);
        return new SafetensorsHeader(metadata, entries, dataStart);
    }

    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata)
    {
        if (value.ValueKind == JsonValueKind.Null) return;   // as the reference implementation has it
        if (value.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"its __metadata__ is a JSON {value.ValueKind}, not an object.");
        foreach (JsonProperty item in value.EnumerateObject())
        {
            if (item.Value.ValueKind != JsonValueKind.String)
                throw new InvalidDataException(
                    $"its __metadata__ entry '{item.Name}' is a JSON {item.Value.ValueKind}; only text is allowed.");
            metadata.Add(item.Name, item.Value.GetString()!);
        }
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement value, long dataLength)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Bad(name, $"is described by a JSON {value.ValueKind}, not an object");
        string? unknown = value.EnumerateObject().Select(p => p.Name).FirstOrDefault(p => p is not ("dtype" or "shape" or "data_offsets"));
        if (unknown is not null) throw Bad(name, $"has an unknown field '{unknown}'");

        if (!value.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String)
            throw Bad(name, "has no text field 'dtype'");
        string typeName = dtype.GetString()!;
        if (!SafetensorsTypes.TryParse(typeName, out ScalarType? type, out int bits))
            throw Bad(name, $"has dtype '{typeName}'; known are {SafetensorsTypes.Names}");

        long[] shape = ReadIntegers(name, value, "shape");
        if (shape.Length > MaxRank) throw Bad(name, $"has {shape.Length} axes; at most {MaxRank} are possible");
        long[] offsets = ReadIntegers(name, value, "data_offsets");
        if (offsets.Length != 2) throw Bad(name, $"has {offsets.Length} data_offsets instead of 2");
        (long begin, long end) = (offsets[0], offsets[1]);
        if (begin > end) throw Bad(name, $"has data_offsets [{begin}, {end}] that run backwards");
        if (end > dataLength) throw Bad(name, $"has data_offsets [{begin}, {end}], but only {dataLength} bytes of data follow the header");

        long bytes = ByteCount(name, shape, bits);
        if (bytes != end - begin)
        {
            string claim = $"of dtype {typeName} and shape [{string.Join(", ", shape)}]";
            throw Bad(name, $"{claim} takes {bytes} bytes, but its data_offsets [{begin}, {end}] hold {end - begin}");
        }
        return new SafetensorsEntry(name, type, shape, begin, end - begin) { TypeName = typeName };
    }

    private static long[] ReadIntegers(string name, JsonElement value, string field)
    {
        if (!value.TryGetProperty(field, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw Bad(name, $"has no list '{field}'");
        var numbers = new List<long>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long number) || number < 0)
                throw Bad(name, $"has {item.GetRawText()} in '{field}'; only integers from 0 to 2^63-1 are allowed");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>Elements times size. Strides must not overflow either, so absurd lengths are errors even beside an axis of length 0.</summary>
    private static long ByteCount(string name, long[] shape, int bits)
    {
        string list = string.Join(", ", shape);
        try
        {
            Int128 total = checked((Int128)shape.Aggregate(1L, (product, size) => product * Math.Max(size, 1)) * bits);
            if (total / 8 > long.MaxValue) throw new OverflowException();
            if (shape.Contains(0)) return 0;
            return total % 8 == 0 ? (long)(total / 8) : throw Bad(name, $"has shape [{list}] with elements of {bits} bits, which is not a whole number of bytes");
        }
        catch (OverflowException)
        {
            throw Bad(name, $"has shape [{list}], which is more than 2^63 bytes");
        }
    }

    /// <summary>The tensors, by offset, must follow each other without a gap from the first byte of data to the last.</summary>
    private static void RequireTiling(List<SafetensorsEntry> entries, long dataLength)
    {
        long position = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(e => e.Offset).ThenBy(e => e.Length))
        {
            if (entry.Offset < position)
                throw Bad(entry.Name, $"starts at byte {entry.Offset} of the data, inside the tensor before it, which ends at {position}");
            if (entry.Offset > position)
                throw Bad(entry.Name, $"starts at byte {entry.Offset} of the data, leaving a hole from {position}");
            position = entry.Offset + entry.Length;
        }
        if (position != dataLength)
            throw new InvalidDataException($"its tensors end at byte {position} of the data, but {dataLength - position} more follow.");
    }

    private static InvalidDataException Bad(string name, string problem) => new($"its tensor '{name}' {problem}.");
}

using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Reads and writes tensors in the safetensors format (a JSON header and raw little-endian data; no code is ever run on loading).
/// Types: F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL, C64. Tensors of the format's other types are listed, but cannot be read.
/// </summary>
public static class Safetensors
{
    /// <summary>Opens a file and checks its header completely; tensors are read on demand.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file; dispose it.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is truncated, damaged or not in safetensors format; the message names the file and the problem.
    /// </exception>
    public static SafetensorsFile Read(string path) => new(path);

    /// <summary>
    /// Writes tensors to a file. An existing file is replaced only once the new one is complete; it keeps its Unix permissions, and where the path is
    /// a symbolic link, the file that it points to is written.
    /// </summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">Names and tensors, on any device and in any layout.</param>
    /// <param name="metadata">Free texts to store with them.</param>
    /// <exception cref="ArgumentException">
    /// A name occurs twice or is reserved, or a tensor has a type that the format cannot store.
    /// </exception>
    public static void Save(
        string path, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        (string Name, Tensor Tensor)[] items = [.. tensors];
        RequireStorable(items);
        // Wide elements first: then every tensor is aligned to its own element size.
        items = [.. items.OrderByDescending(item => SafetensorsTypes.Size(item.Tensor.dtype))];

        AtomicFile.Write(path, stream =>
        {
            WriteHeader(stream, items, metadata);
            foreach ((_, Tensor tensor) in items) TensorBytes.Write(stream, tensor);
        });
    }

    /// <summary>Writes a dictionary of tensors. An existing file is replaced only once the new one is complete.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">Tensors by name.</param>
    /// <param name="metadata">Free texts to store with them.</param>
    /// <exception cref="ArgumentException">A name is reserved, or a tensor has a type that the format cannot store.</exception>
    public static void Save(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        Save(path, tensors.Select(t => (t.Key, t.Value)), metadata);

    /// <summary>Writes a module's parameters and persistent buffers under their state names, and the numbers of <see cref="IStateConstants"/>.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="metadata">Free texts to store with them.</param>
    public static void SaveModule(nn.Module module, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        var constants = (module as IStateConstants)?.StateConstants.Select(c => (c.Key, tensor(c.Value, float64, CPU).view(c.Value.Length == 1 ? [] : [-1]))) ?? [];
        Save(path, module.state_dict().Select(t => (t.Key, t.Value)).Concat(constants), metadata);
    }

    /// <summary>
    /// Loads a module's parameters and persistent buffers, all of them or none: if anything is missing, unexpected or of the wrong shape,
    /// the module is unchanged and one error lists everything. Values are converted to the type of the parameter and copied to its
    /// device. Entries that e3nn stores besides weights are skipped if the module has no place for them: keys that end in <c>output_mask</c> or
    /// contain <c>_w3j_</c>, grids of S2Activation and SO3Activation, and tensors without elements. <see cref="ModuleWeights.Load"/> has more options and also reads PyTorch's files.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file to read.</param>
    /// <param name="rename">
    /// Maps a key of the file to a key of the module, or to null to skip it; by default, keys are unchanged.
    /// </param>
    /// <returns>The skipped keys of the file.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or does not fit the module.</exception>
    public static IReadOnlyList<string> LoadModule(nn.Module module, string path, Func<string, string?>? rename = null)
    {
        using SafetensorsFile file = Read(path);
        return ModuleLoader.Load(module, path, [.. file.Weights], new LoadOptions { Rename = rename }).Skipped;
    }

    private static void RequireStorable((string Name, Tensor Tensor)[] items)
    {
        var names = new HashSet<string>();
        foreach ((string name, Tensor tensor) in items)
        {
            if (name == "__metadata__")
                throw new ArgumentException("The name '__metadata__' is reserved by the safetensors format; choose another.");
            if (!names.Add(name)) throw new ArgumentException($"Two tensors are named '{name}'; names must be unique.");
            if (!SafetensorsTypes.Contains(tensor.dtype))
                throw new ArgumentException(
                    $"Tensor '{name}' has type {tensor.dtype}, which cannot be stored; convert it to one of {SafetensorsTypes.ReadableNames}.");
        }
    }

    private static void WriteHeader(Stream stream, (string Name, Tensor Tensor)[] items, IReadOnlyDictionary<string, string>? metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                writer.WriteStartObject("__metadata__");
                foreach ((string key, string text) in metadata) writer.WriteString(key, text);
                writer.WriteEndObject();
            }
            long offset = 0;
            foreach ((string name, Tensor tensor) in items)
            {
                long length = tensor.numel() * SafetensorsTypes.Size(tensor.dtype);
                writer.WriteStartObject(name);
                writer.WriteString("dtype", SafetensorsTypes.Name(tensor.dtype));
                WriteIntegers(writer, "shape", tensor.shape);
                WriteIntegers(writer, "data_offsets", [offset, offset + length]);
                writer.WriteEndObject();
                offset += length;
            }
            writer.WriteEndObject();
        }
        // Spaces, as the format says, until the data starts at a multiple of 8 bytes.
        while (json.Length % 8 != 0) json.WriteByte((byte)' ');
        Span<byte> length8 = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length8, json.Length);
        stream.Write(length8);
        json.WriteTo(stream);
    }

    private static void WriteIntegers(Utf8JsonWriter writer, string name, long[] numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}

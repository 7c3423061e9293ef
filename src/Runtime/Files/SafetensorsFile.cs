using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// An open safetensors file whose header has been read and checked. Tensors are read on demand; each call returns a new tensor
/// on the CPU, owned by the caller (or the caller's dispose scope). Safe to use from several threads. Disposing closes the file and does
/// not affect tensors.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly FileStream _stream;
    private readonly Lock _gate = new();
    private readonly long _dataStart;
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    internal SafetensorsFile(string path)
    {
        Path = path;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            FileKind kind = FileKinds.Of(_stream);
            if (kind != FileKind.Safetensors && FileKinds.Explain(kind) is { } other) throw new InvalidDataException(other);
            SafetensorsHeader header = SafetensorsHeader.Read(_stream);
            Metadata = header.Metadata;
            Names = [.. header.Entries.Select(e => e.Name)];
            _entries = header.Entries.ToDictionary(e => e.Name);
            _dataStart = header.DataStart;
        }
        catch (Exception error)
        {
            _stream.Dispose();
            if (error is InvalidDataException or EndOfStreamException) throw Refuse(error.Message, error);
            throw;
        }
    }

    /// <summary>The path as given.</summary>
    public string Path { get; }

    /// <summary>The file's free texts (<c>__metadata__</c>); empty if it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Names of the tensors, in the order of the header.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Type, shape and place of every tensor, by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>The tensors as the loader takes them.</summary>
    internal IEnumerable<WeightEntry> Weights =>
        Names.Select(n => _entries[n]).Select(e => new WeightEntry(e.Name, e.DType, e.TypeName, e.Shape, () => Get(e.Name)));

    /// <summary>Reads a tensor; see <see cref="Get"/>.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>A new tensor on the CPU.</returns>
    /// <exception cref="KeyNotFoundException">The file has no tensor of that name.</exception>
    /// <exception cref="InvalidDataException">The data do not match the header.</exception>
    public Tensor this[string name] => Get(name);

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>A new tensor on the CPU with the shape and type of the file.</returns>
    /// <exception cref="KeyNotFoundException">The file has no tensor of that name.</exception>
    /// <exception cref="InvalidDataException">
    /// The data do not match the header: the file was truncated after it was opened, or a BOOL is neither 0 nor 1. Or the
    /// tensor has an element type that TorchSharp does not have (<see cref="SafetensorsEntry.IsReadable"/>).
    /// </exception>
    public Tensor Get(string name)
    {
        if (!_entries.TryGetValue(name, out SafetensorsEntry? entry))
            throw new KeyNotFoundException($"'{Path}' has no tensor '{name}'. It has: {Excerpt.Of(Names)}.");
        if (entry.DType is not { } type)
            throw Refuse($"its tensor '{name}' has dtype {entry.TypeName}, which TorchSharp does not have. Convert it to one of {SafetensorsTypes.ReadableNames}.", null);
        using var scope = NewDisposeScope();
        // libtorch assumes that a bool is 0 or 1 and anything else is undefined behaviour there: read bytes, look, convert.
        bool isBool = type == ScalarType.Bool;
        Tensor tensor = empty([.. entry.Shape], dtype: isBool ? ScalarType.Byte : type);
        try
        {
            lock (_gate)
            {
                _stream.Position = _dataStart + entry.Offset;
                tensor.ReadBytesFromStream(_stream, (int)Math.Min(BufferSize, entry.Length));
            }
        }
        catch (EndOfStreamException error)
        {
            throw Refuse($"it ends inside the data of tensor '{name}'.", error);
        }
        if (!isBool) return tensor.MoveToOuterDisposeScope();
        if (entry.Length > 0 && tensor.max().item<byte>() > 1)
            throw Refuse($"its tensor '{name}' of dtype BOOL has a byte that is neither 0 nor 1.", null);
        return tensor.to_type(ScalarType.Bool).MoveToOuterDisposeScope();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private InvalidDataException Refuse(string problem, Exception? inner) => new($"Cannot read '{Path}' as safetensors: {problem}", inner);
}

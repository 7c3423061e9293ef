using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// An open PyTorch file (<c>.pt</c>, <c>.pth</c>), as torch.save writes it since torch 1.6: its values have been read and checked; tensors are read on
/// demand. Nothing in the file is ever executed. Each tensor is a new one on the CPU, owned by the caller (or the caller's dispose scope).
/// Safe to use from several threads. Disposing closes the file and does not affect tensors.
/// </summary>
public sealed class PyTorchFile : IDisposable
{
    private const int BufferSize = 1 << 20;
    private const long MaxPickle = 1 << 28;

    private readonly FileStream _stream;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ZipRecord> _records;
    private readonly Dictionary<string, PyTorchStorage> _storages = [];
    private readonly HashSet<ZipRecord> _verified = [];
    private readonly string _folder;
    private readonly PyTorchNames _names;

    private PyTorchFile(string path, bool skipUnknown)
    {
        Path = path;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            FileKind kind = FileKinds.Of(_stream);
            if (kind != FileKind.Zip && FileKinds.Explain(kind) is { } other) throw new InvalidDataException(other);
            _records = ZipDirectory.Read(_stream.SafeFileHandle);
            _folder = FindFolder();
            RequireLittleEndian();
            Value = PickleReader.Read(ReadRecord(_folder + "data.pkl", MaxPickle), skipUnknown, FindStorage);
            _names = new PyTorchNames(Value);
        }
        catch (Exception error)
        {
            _stream.Dispose();
            if (error is InvalidDataException) throw Refuse(error.Message, error);
            throw;
        }
    }

    /// <summary>The path as given.</summary>
    public string Path { get; }

    /// <summary>
    /// The value that was saved. Numbers are <see cref="long"/> (<see cref="System.Numerics.BigInteger"/> if larger), <see cref="double"/>, <see cref="bool"/> and
    /// <see cref="System.Numerics.Complex"/>; texts, devices and layouts <see cref="string"/>; bytes <c>byte[]</c>; lists, tuples and torch.Size
    /// <c>IReadOnlyList&lt;object?&gt;</c>; sets <c>IReadOnlySet&lt;object&gt;</c>; dictionaries <c>IReadOnlyDictionary&lt;object, object?&gt;</c> in
    /// their order; tensors <see cref="PyTorchEntry"/>; classes, and objects that are not known here, <see cref="PyTorchObject"/>. None is null, and as a key
    /// <see cref="DBNull.Value"/>.
    /// </summary>
    public object? Value { get; }

    /// <summary>
    /// Names of all tensors: the keys of dictionaries and the places in lists that lead to each, separated by slashes, such as
    /// <c>model/layers.0.weight</c>; those of a pickled module end in their state-dict name. A tensor that was saved alone is called <c>tensor</c>.
    /// </summary>
    public IReadOnlyList<string> Names => _names.Entries.Keys;

    /// <summary>Type, shape and place of every tensor, by name.</summary>
    public IReadOnlyDictionary<string, PyTorchEntry> Entries => _names.Entries;

    /// <summary>
    /// Paths of what looks like a state dict: pickled modules, and dictionaries with tensors, not only scalars, that hold no other state dict. The whole file
    /// has the path "".
    /// </summary>
    public IReadOnlyList<string> Sections => _names.Sections;

    /// <summary>Reads a tensor; see <see cref="Get(string)"/>.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>A new tensor on the CPU.</returns>
    /// <exception cref="KeyNotFoundException">The file has no tensor of that name.</exception>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    public Tensor this[string name] => Get(name);

    /// <summary>Opens a file and reads everything but the tensors' data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="skipUnknown">
    /// False to refuse a file with objects of other classes than tensors, numbers, texts and their containers. True to keep them as
    /// <see cref="PyTorchObject"/>, unexecuted; this also reads a whole pickled <c>nn.Module</c>, whose tensors then have their state-dict names.
    /// </param>
    /// <returns>The open file; dispose it.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, of another format, or has an object of an unknown class; the message names the file and the problem.
    /// </exception>
    public static PyTorchFile Read(string path, bool skipUnknown = false) => new(path, skipUnknown);

    /// <summary>
    /// Writes a dictionary of tensors, in their order, for <c>torch.load(path, weights_only=True)</c>. Each tensor is written contiguously, with a storage
    /// of its own. An existing file is replaced only once the new one is complete; it keeps its Unix permissions, and where the path is a symbolic
    /// link, the file that it points to is written.
    /// </summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">Names and tensors, on any device and in any layout.</param>
    /// <exception cref="ArgumentException">A name occurs twice, or a tensor has a type that cannot be stored.</exception>
    public static void Save(string path, IEnumerable<(string Name, Tensor Tensor)> tensors) => PyTorchWriter.Save(path, [.. tensors]);

    /// <summary>Writes a dictionary of tensors.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">Tensors by name.</param>
    /// <exception cref="ArgumentException">A tensor has a type that cannot be stored.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors) => Save(path, tensors.Select(t => (t.Key, t.Value)));

    /// <summary>Writes a module's parameters and persistent buffers as a state dict, for <c>model.load_state_dict(torch.load(path))</c>.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file to write.</param>
    public static void SaveModule(nn.Module module, string path) => Save(path, module.state_dict());

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>
    /// A new tensor on the CPU with the shape, type and values of the file. It is contiguous, unless it was saved as an expanded view, with more elements
    /// than its storage; it never shares memory with others, also where the file's tensors do.
    /// </returns>
    /// <exception cref="KeyNotFoundException">The file has no tensor of that name.</exception>
    /// <exception cref="InvalidDataException">
    /// The data do not have their checksum, the file was truncated after it was opened, a bool is neither 0 nor 1, or TorchSharp has no such element type.
    /// </exception>
    public Tensor Get(string name) => Entries.TryGetValue(name, out PyTorchEntry? entry)
        ? Get(entry)
        : throw new KeyNotFoundException($"'{Path}' has no tensor '{name}'. It has: {Excerpt.Of(Names)}.");

    /// <summary>Reads a tensor that was found in <see cref="Value"/>; see <see cref="Get(string)"/>.</summary>
    /// <param name="entry">A tensor of this file.</param>
    /// <returns>A new tensor on the CPU.</returns>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    public Tensor Get(PyTorchEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!_storages.TryGetValue(entry.Storage, out PyTorchStorage? own) || own != entry.Source)
            throw new ArgumentException($"The tensor {entry} is not one of '{Path}'.", nameof(entry));
        if (entry.DType is not { } type)
            throw Refuse($"a tensor in it has type {entry.TypeName}, which TorchSharp does not have. Convert it to one of {PyTorchTypes.ReadableNames}.", null);
        using var scope = NewDisposeScope();
        if (entry.IsEmpty) return empty([.. entry.Shape], dtype: type).MoveToOuterDisposeScope();

        // Only what the view reaches of its storage. libtorch assumes that a bool is 0 or 1: read bytes, look, convert.
        bool isBool = type == ScalarType.Bool;
        Tensor flat = empty([entry.Span], dtype: isBool ? ScalarType.Byte : type);
        Fill(flat, own.Record, entry.Offset * entry.Type.Size, entry.Span * entry.Type.Size);
        if (isBool)
        {
            if (flat.max().item<byte>() > 1) throw Refuse("a tensor in it of type bool has a byte that is neither 0 nor 1.", null);
            flat = flat.to_type(ScalarType.Bool);
        }
        Tensor view = flat.as_strided([.. entry.Shape], [.. entry.Strides], 0);
        return (view.numel() <= entry.Span ? view.contiguous() : view).MoveToOuterDisposeScope();
    }

    /// <summary>The tensors of a section, by their names in it.</summary>
    /// <param name="section">
    /// The path of a dictionary, list or module in the file, such as <c>"model_state_dict"</c>, keys separated by slashes; "" for the whole file; null for the only
    /// state dict that there is.
    /// </param>
    /// <returns>The tensors in the file's order.</returns>
    /// <exception cref="InvalidDataException">There is no such section, or no or more than one state dict to choose; the message lists the sections.</exception>
    public IReadOnlyDictionary<string, PyTorchEntry> StateDict(string? section = null)
    {
        string chosen = section ?? Sections switch
        {
            [var only] => only,
            [] => throw Refuse($"it has no state dict, that is no dictionary of tensors. {Contents()}", null),
            _ => throw Refuse($"it has several state dicts; choose one as section (Section of LoadOptions). {Contents()}", null),
        };
        return _names.Containers.TryGetValue(chosen, out object? container)
            ? new PyTorchNames(container).Entries
            : throw Refuse($"it has no section '{chosen}'. {Contents()}", null);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    /// <summary>A tensor as the loader takes it.</summary>
    internal WeightEntry Weight(string name, PyTorchEntry entry) =>
        new(name, entry.DType, entry.DType is { } type ? SafetensorsTypes.Describe(type) : entry.TypeName, entry.Shape, () => Get(entry));

    private string Contents()
    {
        if (Sections.Count > 0) return $"Sections: {string.Join(", ", Sections.Take(20).Select(s => $"'{Excerpt.Short(s)}' ({CountOf(s)} tensors)"))}.";
        string tensors = Names.Count > 0 ? $"Its tensors: {Excerpt.Of(Names)}." : "It has no tensors.";
        return Value is IReadOnlyDictionary<object, object?> dictionary ? $"Its keys: {Excerpt.Of([.. dictionary.Keys.Select(k => $"{k}")])}. {tensors}" : tensors;
    }

    private int CountOf(string section) => section.Length == 0 ? Names.Count : Names.Count(n => n.StartsWith(section + "/", StringComparison.Ordinal));

    /// <summary>The archive has one folder, usually called after the file when it was saved.</summary>
    private string FindFolder()
    {
        const string Pickle = "/data.pkl";
        string[] pickles = [.. _records.Keys.Where(n => n.EndsWith(Pickle, StringComparison.Ordinal) && n.IndexOf('/') == n.Length - Pickle.Length)];
        if (pickles.Length != 1)
        {
            string arrays = _records.Keys.Any(n => n.EndsWith(".npy", StringComparison.Ordinal)) ? " It is an archive of NumPy arrays (.npz)." : "";
            throw new InvalidDataException($"it is a zip archive with {pickles.Length} files 'data.pkl' in its folder instead of one.{arrays}");
        }
        string folder = pickles[0][..^(Pickle.Length - 1)];
        if (_records.ContainsKey(folder + "constants.pkl") && _records.Keys.Any(n => n.StartsWith(folder + "code/", StringComparison.Ordinal)))
            throw new InvalidDataException("it is a TorchScript archive (torch.jit.save), which holds a program. In Python: torch.save(torch.jit.load(path).state_dict(), other).");
        return folder;
    }

    private void RequireLittleEndian()
    {
        if (!_records.ContainsKey(_folder + "byteorder")) return;   // files of before torch 2.1
        string order = Encoding.ASCII.GetString(ReadRecord(_folder + "byteorder", 16));
        if (order != "little") throw new InvalidDataException($"its byte order is '{Excerpt.Short(order)}'; only little-endian files are read. Save it again on another machine.");
    }

    /// <summary>A persistent id: <c>('storage', class, key, location, number of elements)</c>.</summary>
    private PyTorchStorage FindStorage(object? id)
    {
        if (id is not object?[] parts || parts is not ["storage", PyTorchObject kind, string { Length: <= 100 } key, string, long count])
            throw new InvalidDataException("its pickle refers to something else than a storage. The file is damaged.");
        PyTorchType type = PyTorchTypes.OfStorage(kind.Name) ?? (kind.Name == "torch.storage.UntypedStorage"
            ? PyTorchTypes.Bytes : throw new InvalidDataException($"its storage '{Excerpt.Short(key)}' is of the unknown class '{Excerpt.Short(kind.Name)}'."));
        if (!_records.TryGetValue($"{_folder}data/{key}", out ZipRecord? record)) throw new InvalidDataException($"its storage '{Excerpt.Short(key)}' has no data.");
        RequirePlain(record);
        if (count < 0 || record.Length / type.Size != count)
            throw new InvalidDataException($"its storage '{Excerpt.Short(key)}' should have {count} elements of type {type.Name}, but has {record.Length} bytes.");
        var storage = new PyTorchStorage(key, type, record);
        if (!_storages.TryAdd(key, storage) && _storages[key] != storage) throw new InvalidDataException($"its storage '{Excerpt.Short(key)}' has two types.");
        return _storages[key];
    }

    private byte[] ReadRecord(string name, long limit)
    {
        ZipRecord record = _records[name];
        RequirePlain(record);
        if (record.Length > limit) throw new InvalidDataException($"its '{Excerpt.Short(name)}' takes {record.Length} bytes; at most {limit} are read.");
        byte[] bytes = new byte[record.Length];
        _stream.Position = record.Start;
        _stream.ReadExactly(bytes);
        RequireChecksum(record, Crc32.Append(0, bytes));
        return bytes;
    }

    private void Fill(Tensor tensor, ZipRecord record, long offset, long length)
    {
        try
        {
            lock (_gate)
            {
                Verify(record);
                _stream.Position = record.Start + offset;
                tensor.ReadBytesFromStream(_stream, (int)Math.Min(BufferSize, length));
            }
        }
        catch (EndOfStreamException error)
        {
            throw Refuse($"it ends inside '{Excerpt.Short(record.Name)}'.", error);
        }
        catch (InvalidDataException error)
        {
            throw Refuse(error.Message, error);
        }
    }

    /// <summary>Compares a record's data with its checksum, before any of it is used for the first time.</summary>
    private void Verify(ZipRecord record)
    {
        if (_verified.Contains(record)) return;
        byte[] buffer = new byte[(int)Math.Min(BufferSize, record.Length)];
        uint checksum = 0;
        _stream.Position = record.Start;
        for (long left = record.Length; left > 0; left -= buffer.Length)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, left));
            _stream.ReadExactly(part);
            checksum = Crc32.Append(checksum, part);
        }
        RequireChecksum(record, checksum);
        _verified.Add(record);
    }

    private static void RequirePlain(ZipRecord record)
    {
        if (record.Obstacle is { } obstacle)
            throw new InvalidDataException($"its '{Excerpt.Short(record.Name)}' is {obstacle}; torch.save stores everything plainly. Unpack the archive and load it with torch to save it again.");
    }

    private static void RequireChecksum(ZipRecord record, uint checksum)
    {
        if (checksum != record.Checksum)
        {
            throw new InvalidDataException(
                $"its '{Excerpt.Short(record.Name)}' is damaged: the checksum is {checksum:x8} instead of {record.Checksum:x8}. (Unless it was saved after "
                + "torch.serialization.set_crc32_options(False); then save it again without that.)");
        }
    }

    private InvalidDataException Refuse(string problem, Exception? inner) => new($"Cannot read '{Path}' as a PyTorch file: {problem}", inner);
}

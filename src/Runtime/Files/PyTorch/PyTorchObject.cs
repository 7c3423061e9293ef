namespace E3Gen;

/// <summary>
/// A Python class, a Python function, or an object of a class that is not known here. Nothing of it was executed; it is what the file says: how the
/// object would be made and what would be put into it.
/// </summary>
public sealed class PyTorchObject
{
    private readonly List<object?> _items = [];
    private readonly List<KeyValuePair<object, object?>> _pairs = [];

    internal PyTorchObject(string name, IReadOnlyList<object?>? arguments = null)
    {
        Name = name;
        Arguments = arguments;
    }

    /// <summary>Module and name of the class or function, such as <c>argparse.Namespace</c>.</summary>
    public string Name { get; }

    /// <summary>What the object would be made from; null if this is the class or function itself.</summary>
    public IReadOnlyList<object?>? Arguments { get; }

    /// <summary>What its fields would be set from, usually a dictionary; null if nothing.</summary>
    public object? State { get; internal set; }

    /// <summary>What would be appended to it.</summary>
    public IReadOnlyList<object?> Items => _items;

    /// <summary>What would be stored in it by key.</summary>
    public IReadOnlyList<KeyValuePair<object, object?>> Pairs => _pairs;

    /// <summary>True if this is a pickled <c>nn.Module</c>: its tensors have names in the file, those of its state dict.</summary>
    public bool IsModule => Part("_parameters") is not null && Part("_buffers") is not null && Part("_modules") is not null;

    /// <summary>The name.</summary>
    /// <returns>The name, with parentheses for an object.</returns>
    public override string ToString() => Arguments is null ? Name : Name + "(…)";

    internal void Append(object? item) => _items.Add(item);

    internal void Set(object key, object? value) => _pairs.Add(new(key, value));

    /// <summary>A dictionary of the state, such as <c>_parameters</c>.</summary>
    internal IReadOnlyDictionary<object, object?>? Part(string name) =>
        State is IReadOnlyDictionary<object, object?> state && state.TryGetValue(name, out object? part) ? part as IReadOnlyDictionary<object, object?> : null;

    /// <summary>Names of buffers that state dicts leave out.</summary>
    internal bool IsTransient(string buffer) =>
        State is IReadOnlyDictionary<object, object?> state && state.TryGetValue("_non_persistent_buffers_set", out object? set)
        && set is IReadOnlySet<object> names && names.Contains(buffer);
}

namespace E3Gen;

/// <summary>
/// Names of the tensors in a tree of values: keys of dictionaries and places in lists, separated by slashes, and for a pickled module the names of its
/// state dict. A small file can describe a tree of enormous size, by naming one branch many times; then the search is given up.
/// </summary>
internal sealed class PyTorchNames
{
    private const int MaxDepth = 200, MaxSteps = 1 << 26, MaxNames = 1 << 20, MaxCharacters = 1 << 24;

    private readonly OrderedDictionary<string, PyTorchEntry> _entries = [];
    private readonly Dictionary<string, object> _containers = [];
    private readonly List<string> _sections = [];
    private long _steps, _named, _characters;

    public PyTorchNames(object? root)
    {
        // A tensor alone has no key.
        Walk(root, root is PyTorchEntry ? "tensor" : "", 0);
        FindSections("", root);
    }

    /// <summary>All tensors, by name.</summary>
    public OrderedDictionary<string, PyTorchEntry> Entries => _entries;

    /// <summary>Dictionaries, lists and modules, by the start of the names of what is in them; the whole has the name "".</summary>
    public IReadOnlyDictionary<string, object> Containers => _containers;

    /// <summary>
    /// Names of state dicts: pickled modules, and dictionaries that hold tensors and no state dict themselves. Scalars alone, such as the best loss of
    /// a training, do not make one.
    /// </summary>
    public IReadOnlyList<string> Sections => _sections;

    private void Walk(object? value, string name, int depth)
    {
        switch (value)
        {
            case PyTorchEntry entry:
                Count(name, depth, 1);
                if (!_entries.TryAdd(name, entry)) throw new InvalidDataException($"two of its tensors are called '{Excerpt.Short(name)}'.");
                break;
            case IReadOnlyDictionary<object, object?> dictionary:
                Count(name, depth, dictionary.Count);
                _containers[name] = value;
                foreach ((object key, object? item) in dictionary)
                {
                    if (IsBranch(item) && PickleKeys.NameOf(key) is { } text) Walk(item, Join(name, text), depth + 1);
                }
                break;
            case IReadOnlyList<object?> list:
                Count(name, depth, list.Count);
                _containers[name] = value;
                for (int i = 0; i < list.Count; i++)
                {
                    if (IsBranch(list[i])) Walk(list[i], Join(name, $"{i}"), depth + 1);
                }
                break;
            case PyTorchObject { IsModule: true } module:
                _containers[name] = value;
                WalkModule(module, name.Length == 0 ? "" : name + "/", depth + 1);
                break;
        }
    }

    /// <summary>Only what has tensors in it needs a name: there may be many numbers and texts, and names may be long.</summary>
    private static bool IsBranch(object? value) =>
        value is PyTorchEntry or IReadOnlyDictionary<object, object?> or IReadOnlyList<object?> or PyTorchObject { IsModule: true };

    /// <summary>As <c>nn.Module.state_dict</c> does: parameters, buffers except transient ones, then submodules after a dot.</summary>
    private void WalkModule(PyTorchObject module, string prefix, int depth)
    {
        (var parameters, var buffers, var modules) = (module.Part("_parameters")!, module.Part("_buffers")!, module.Part("_modules")!);
        Count(prefix, depth, parameters.Count + buffers.Count + modules.Count);
        foreach ((object key, object? value) in parameters) WalkMember(key, value, prefix, depth);
        foreach ((object key, object? value) in buffers)
        {
            if (key is string buffer && !module.IsTransient(buffer)) WalkMember(key, value, prefix, depth);
        }
        foreach ((object key, object? value) in modules)
        {
            if (key is string child && value is PyTorchObject { IsModule: true } submodule) WalkModule(submodule, $"{prefix}{child}.", depth + 1);
        }
    }

    private void WalkMember(object key, object? value, string prefix, int depth)
    {
        if (key is string name && value is PyTorchEntry) Walk(value, prefix + name, depth + 1);
    }

    private void Count(string name, int depth, int steps)
    {
        _steps += steps;
        _characters += name.Length;
        if (depth > MaxDepth || ++_named > MaxNames || _steps > MaxSteps || _characters > MaxCharacters)
        {
            throw new InvalidDataException(
                $"its values are nested more than {MaxDepth} deep, or have more than {MaxNames} names with {MaxCharacters} characters. torch.save writes no such state dict.");
        }
    }

    /// <summary>The walk has made sure that the tree is small enough to be walked again.</summary>
    private bool FindSections(string name, object? value)
    {
        if (value is PyTorchObject { IsModule: true })
        {
            _sections.Add(name);
            return true;
        }
        if (value is not IReadOnlyDictionary<object, object?> dictionary) return false;
        bool below = false;
        foreach ((object key, object? item) in dictionary)
        {
            // Numbers as keys are parameters of an optimiser.
            if (item is IReadOnlyDictionary<object, object?> or PyTorchObject { IsModule: true } && key is string text) below |= FindSections(Join(name, text), item);
        }
        if (!below && dictionary.Values.Any(v => v is PyTorchEntry { Shape.Count: > 0 }))
        {
            _sections.Add(name);
            return true;
        }
        return below;
    }

    private static string Join(string name, string key) => name.Length == 0 ? key : $"{name}/{key}";
}

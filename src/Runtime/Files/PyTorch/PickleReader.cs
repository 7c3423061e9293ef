namespace E3Gen;

/// <summary>
/// Reads a pickle of the protocols 2 to 5 as far as torch.save writes them. It builds containers, numbers and texts; classes and functions are only
/// names to it, which <see cref="PickleGlobals"/> knows or refuses. Nothing is ever looked up or executed.
/// </summary>
/// <remarks>
/// The package TorchSharp.PyBridge reads such files too, but a pickle of eleven bytes makes it ask for 2 GB, it reads flat state dicts only, and sizes only of
/// 32 bits.
/// </remarks>
internal sealed class PickleReader
{
    private const int NewestProtocol = 5;

    /// <summary>About what an object takes.</summary>
    private const int ObjectCost = 100;

    private readonly PickleInput _input;
    private readonly PickleGlobals _globals;
    private readonly PickleBudget _budget;
    private readonly Func<object?, object> _storage;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly List<object?> _memo = [];

    private PickleReader(byte[] bytes, bool skipUnknown, Func<object?, object> storage)
    {
        _input = new PickleInput(bytes);
        _budget = new PickleBudget(bytes.Length);
        _globals = new PickleGlobals(skipUnknown, _budget);
        _storage = storage;
    }

    /// <summary>Reads the value of a pickle.</summary>
    /// <param name="bytes">The pickle.</param>
    /// <param name="skipUnknown">True to keep unknown classes as <see cref="PyTorchObject"/>, false to refuse them.</param>
    /// <param name="storage">What stands for a persistent id, which torch uses for storages.</param>
    /// <exception cref="InvalidDataException">The pickle is damaged, or has what is not read here.</exception>
    public static object? Read(byte[] bytes, bool skipUnknown, Func<object?, object> storage)
    {
        var reader = new PickleReader(bytes, skipUnknown, storage);
        while (reader.Step())
        {
        }
        return reader.Pop();
    }

    /// <summary>Executes one opcode; false after the last.</summary>
    private bool Step()
    {
        byte code = _input.Byte();
        switch ((char)code)
        {
            case '\x80': RequireProtocol(_input.Byte()); break;
            case '\x95': RequireFrame(_input.UInt64()); break;
            case '.': return false;
            case '(': Spend(8); _marks.Add(_stack.Count); break;
            case '0': DropOne(); break;
            case '1': PopMark(); break;

            case 'N': Push(null); break;
            case '\x88': Push(true, 24); break;
            case '\x89': Push(false, 24); break;
            case 'J': Push((long)_input.Int32(), 24); break;
            case 'K': Push((long)_input.Byte(), 24); break;
            case 'M': Push((long)_input.UInt16(), 24); break;
            case '\x8a': Push(_input.Integer(_input.Byte()), 64); break;
            case '\x8b': Push(_input.Integer(_input.UInt32()), 64); break;
            case 'G': Push(_input.Double(), 24); break;
            case 'X': PushText(_input.UInt32()); break;
            case '\x8c': PushText(_input.Byte()); break;
            case '\x8d': PushText(_input.UInt64()); break;
            case 'U': PushText(_input.Byte()); break;      // text of Python 2
            case 'T': PushText(_input.UInt32()); break;
            case 'C': PushBytes(_input.Byte()); break;
            case 'B': PushBytes(_input.UInt32()); break;
            case '\x8e': PushBytes(_input.UInt64()); break;
            case '\x96': PushBytes(_input.UInt64()); break;

            case ']': Push(new List<object?>(), ObjectCost); break;
            case '}': Push(NewDictionary(), ObjectCost); break;
            case '\x8f': Push(NewSet(), ObjectCost); break;
            case ')': Push(Array.Empty<object?>()); break;
            case '\x85': PushTuple(1); break;
            case '\x86': PushTuple(2); break;
            case '\x87': PushTuple(3); break;
            case 't': Push(PopMark(), ObjectCost); break;
            case '\x91': { object?[] items = PopMark(); Push(NewSet(), ObjectCost); AddToSet(items); break; }
            case 'a': Append([Pop()]); break;
            case 'e': Append(PopMark()); break;
            case 's': { object? value = Pop(), key = Pop(); SetItems([key, value]); break; }
            case 'u': SetItems(PopMark()); break;
            case '\x90': AddToSet(PopMark()); break;

            case 'q': Memoize(_input.Byte()); break;
            case 'r': Memoize(_input.UInt32()); break;
            case '\x94': Memoize((uint)_memo.Count); break;
            case 'h': Recall(_input.Byte()); break;
            case 'j': Recall(_input.UInt32()); break;

            case 'c': { string module = _input.Line(), name = _input.Line(); PushGlobal(module, name); break; }
            case '\x93': { object? name = Pop(), module = Pop(); PushGlobal(module, name); break; }
            case 'R': case '\x81': { object? arguments = Pop(), function = Pop(); Call(function, arguments); break; }
            case '\x92': { object? named = Pop(), arguments = Pop(), function = Pop(); Call(function, arguments, named); break; }
            case 'b': { object? state = Pop(); Build(Peek(), state); break; }
            case 'Q': { object? id = Pop(); Push(_storage(id), ObjectCost); break; }
            default: throw _input.Bad($"has the opcode 0x{code:x2}, which torch.save does not write");
        }
        return true;
    }

    private void RequireProtocol(byte protocol)
    {
        if (protocol is < 2 or > NewestProtocol) throw _input.Bad($"has protocol {protocol}; 2 to {NewestProtocol} are read");
    }

    /// <summary>A frame only groups opcodes; nothing needs to be done.</summary>
    private void RequireFrame(ulong length)
    {
        if (length > int.MaxValue) throw _input.Bad($"claims a frame of {length} bytes");
    }

    private void Spend(long bytes) => _budget.Spend(bytes);

    private void Push(object? value, int cost = 8)
    {
        Spend(cost + 8);
        _stack.Add(value);
    }

    private void PushText(ulong length)
    {
        string text = _input.Text(length);
        Push(text, 32 + 2 * text.Length);
    }

    private void PushBytes(ulong length)
    {
        byte[] bytes = _input.Take(length).ToArray();
        Push(bytes, 32 + bytes.Length);
    }

    private void PushTuple(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--) items[i] = Pop();
        Push(items, ObjectCost);
    }

    private void PushGlobal(object? module, object? name)
    {
        if (module is not string moduleName || name is not string typeName) throw _input.Bad("names a class by something that is not text");
        Push(_globals.Find(moduleName, typeName), ObjectCost);
    }

    private object? Pop()
    {
        object? top = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object? Peek()
    {
        if (_stack.Count <= (_marks.Count > 0 ? _marks[^1] : 0)) throw _input.Bad("takes a value where there is none");
        return _stack[^1];
    }

    /// <summary>Takes what was pushed after the last mark.</summary>
    private object?[] PopMark()
    {
        if (_marks.Count == 0) throw _input.Bad("takes the values after a mark where there is none");
        int mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        object?[] items = [.. _stack[mark..]];
        _stack.RemoveRange(mark, items.Length);
        return items;
    }

    private void DropOne()
    {
        if (_marks.Count > 0 && _marks[^1] == _stack.Count) _marks.RemoveAt(_marks.Count - 1);
        else Pop();
    }

    /// <summary>Keeps the top of the stack under a number. Picklers count from 0, so there are never more numbers than opcodes.</summary>
    private void Memoize(uint index)
    {
        if (index >= _input.Position) throw _input.Bad($"keeps a value under the number {index}, which is more than there can be");
        object? value = Peek();
        for (; _memo.Count <= index; _memo.Add(null)) Spend(8);
        _memo[(int)index] = value;
    }

    private void Recall(uint index)
    {
        if (index >= _memo.Count) throw _input.Bad($"asks for the value of number {index}, which was not kept");
        Push(_memo[(int)index]);
    }

    private void Append(object?[] items)
    {
        Spend(8L * items.Length);
        switch (Peek())
        {
            case List<object?> list: list.AddRange(items); break;
            case PyTorchObject { Arguments: not null } target: Array.ForEach(items, target.Append); break;
            default: throw _input.Bad("appends to something that is no list");
        }
    }

    private void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0) throw _input.Bad("sets a key without a value");
        object? target = Peek();
        for (int i = 0; i < items.Length; i += 2)
        {
            object key = items[i] ?? DBNull.Value;
            Spend(64 + PickleKeys.CostOf(key));
            switch (target)
            {
                case OrderedDictionary<object, object?> dictionary: dictionary[key] = items[i + 1]; break;
                case PyTorchObject { Arguments: not null } other: other.Set(key, items[i + 1]); break;
                default: throw _input.Bad("sets a key of something that is no dictionary");
            }
        }
    }

    private void AddToSet(object?[] items)
    {
        if (Peek() is not HashSet<object> set) throw _input.Bad("adds to something that is no set");
        foreach (object? item in items)
        {
            Spend(64 + PickleKeys.CostOf(item));
            set.Add(item ?? DBNull.Value);
        }
    }

    private void Call(object? function, object? arguments, object? named = null)
    {
        if (function is not PyTorchObject known || arguments is not object?[] values) throw _input.Bad("calls something that is no function");
        if (named is IReadOnlyDictionary<object, object?> { Count: > 0 })
        {
            Spend(8L * values.Length);
            values = [.. values, named];
        }
        Push(_globals.Call(known, values), ObjectCost);
    }

    /// <summary>
    /// Sets an object's fields. Ordered dictionaries of nn.Module carry versions in theirs, which nothing here needs.
    /// </summary>
    private void Build(object? target, object? state)
    {
        if (target is PyTorchObject { Arguments: not null } other) other.State = state;
        else if (target is not OrderedDictionary<object, object?>) throw _input.Bad("sets fields of something that has none");
    }

    public static OrderedDictionary<object, object?> NewDictionary() => new(PickleKeys.Comparer);

    public static HashSet<object> NewSet() => new(PickleKeys.Comparer);
}

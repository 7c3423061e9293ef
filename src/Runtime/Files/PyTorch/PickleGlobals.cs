using System.Numerics;
using System.Text;

namespace E3Gen;

/// <summary>
/// The classes and functions that torch.save names in files of tensors and plain values, and what is built in place of calling them. All others are
/// refused by name, or kept as <see cref="PyTorchObject"/> if unknown ones are to be skipped.
/// </summary>
internal sealed class PickleGlobals
{
    private const string RebuildFromType = "torch._tensor._rebuild_from_type_v2";

    private static readonly HashSet<string> Classes =
    [
        "torch.storage.UntypedStorage", "torch.storage.TypedStorage", "torch.Tensor", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer",
        "builtins.int", "builtins.float", "builtins.str", "builtins.bool",
    ];

    private readonly bool _skipUnknown;
    private readonly PickleBudget _budget;
    private readonly Dictionary<string, Func<object?[], object?>> _functions;

    public PickleGlobals(bool skipUnknown, PickleBudget budget)
    {
        _skipUnknown = skipUnknown;
        _budget = budget;
        _functions = new()
        {
            ["collections.OrderedDict"] = Dictionary,
            ["collections.defaultdict"] = arguments => Dictionary(arguments[Math.Min(1, arguments.Length)..]),   // without its factory
            ["collections.Counter"] = Dictionary,
            ["builtins.dict"] = Dictionary,
            ["builtins.list"] = arguments => new List<object?>(Copy(arguments)),
            ["builtins.tuple"] = Copy,
            ["builtins.set"] = Set,
            ["builtins.frozenset"] = Set,
            ["builtins.complex"] = arguments => Complex(arguments),
            ["builtins.bytes"] = Bytes,
            ["builtins.bytearray"] = Bytes,
            ["_codecs.encode"] = Bytes,
            ["torch.Size"] = Copy,
            ["torch.device"] = Device,
            ["torch.serialization._get_layout"] = arguments => arguments is [string layout] ? layout : throw Odd("torch.serialization._get_layout"),
            ["torch._utils._rebuild_tensor"] = PyTorchTensors.Rebuild,
            ["torch._utils._rebuild_tensor_v2"] = PyTorchTensors.Rebuild,
            ["torch._utils._rebuild_tensor_v3"] = PyTorchTensors.RebuildTyped,
            ["torch._utils._rebuild_parameter"] = Tensor,
            ["torch._utils._rebuild_parameter_with_state"] = Tensor,
            [RebuildFromType] = OfType,
            // torch::pickle_save of C++: a container with the types of its items, and lists of one type.
            ["torch.jit._pickle.restore_type_tag"] = arguments => arguments is [var value, string] ? value : throw Odd("a container"),
            ["torch.jit._pickle.build_intlist"] = arguments => new List<object?>(Copy(arguments)),
            ["torch.jit._pickle.build_doublelist"] = arguments => new List<object?>(Copy(arguments)),
            ["torch.jit._pickle.build_boollist"] = arguments => new List<object?>(Copy(arguments)),
            ["torch.jit._pickle.build_tensorlist"] = arguments => new List<object?>(Copy(arguments)),
        };
    }

    /// <summary>A class or function by name.</summary>
    /// <exception cref="InvalidDataException">It is not known, and unknown ones are not to be skipped.</exception>
    public PyTorchObject Find(string module, string name)
    {
        string global = $"{(module == "__builtin__" ? "builtins" : module)}.{name}";
        _budget.Spend(2 * global.Length);
        if (!IsKnown(global) && !_skipUnknown)
        {
            throw new InvalidDataException(
                $"it has a Python object '{Excerpt.Short(global)}' besides tensors, numbers, texts and their containers; nothing of it was executed. To read the rest, skip such "
                + "objects: skipUnknown: true of PyTorchFile.Read, or SkipUnknown of LoadOptions. Or save only tensors in Python: torch.save(model.state_dict(), path).");
        }
        return new PyTorchObject(global);
    }

    /// <summary>What stands for the result of a call.</summary>
    public object? Call(PyTorchObject function, object?[] arguments)
    {
        if (function.Arguments is null && _functions.TryGetValue(function.Name, out Func<object?[], object?>? known)) return known(arguments);
        return _skipUnknown ? new PyTorchObject(function.Name, arguments) : throw Odd(Excerpt.Short(function.Name));
    }

    private bool IsKnown(string global) =>
        _functions.ContainsKey(global) || Classes.Contains(global) || PyTorchTypes.OfName(global) is not null || PyTorchTypes.OfStorage(global) is not null;

    private OrderedDictionary<object, object?> Dictionary(object?[] arguments)
    {
        OrderedDictionary<object, object?> result = PickleReader.NewDictionary();
        switch (arguments)
        {
            case []: break;
            case [IReadOnlyDictionary<object, object?> pairs]:
                foreach ((object key, object? value) in pairs) Set(result, key, value);
                break;
            case [IReadOnlyList<object?> pairs]:
                foreach (object? pair in pairs)
                {
                    if (pair is not IReadOnlyList<object?> { Count: 2 } both) throw Odd("a dictionary");
                    Set(result, both[0] ?? DBNull.Value, both[1]);
                }
                break;
            default: throw Odd("a dictionary");
        }
        return result;
    }

    private void Set(OrderedDictionary<object, object?> target, object key, object? value)
    {
        _budget.Spend(64 + PickleKeys.CostOf(key));
        target[key] = value;
    }

    private HashSet<object> Set(object?[] arguments)
    {
        HashSet<object> result = PickleReader.NewSet();
        foreach (object? item in Copy(arguments))
        {
            _budget.Spend(64 + PickleKeys.CostOf(item));
            result.Add(item ?? DBNull.Value);
        }
        return result;
    }

    private object?[] Copy(object?[] arguments)
    {
        if (arguments is []) return [];
        if (arguments is not [IReadOnlyList<object?> items]) throw Odd("a list");
        _budget.Spend(8L * items.Count);
        return [.. items];
    }

    private string Device(object?[] arguments)
    {
        if (arguments is [string type]) return type;
        if (arguments is not [string kind, long index]) throw Odd("torch.device");
        _budget.Spend(2L * kind.Length);
        return $"{kind}:{index}";
    }

    /// <summary>Protocol 2 has no bytes: they are written as a text of the same codes.</summary>
    private byte[] Bytes(object?[] arguments)
    {
        if (arguments is []) return [];
        if (arguments is [byte[] bytes]) return bytes;
        if (arguments is not [string text, string encoding] || encoding is not ("latin1" or "latin-1")) throw Odd("bytes");
        _budget.Spend(text.Length);
        return Encoding.Latin1.GetBytes(text);
    }

    private static Complex Complex(object?[] arguments) => arguments is [double real, double imaginary] ? new Complex(real, imaginary) : throw Odd("builtins.complex");

    /// <summary>A parameter is its tensor.</summary>
    private static PyTorchEntry Tensor(object?[] arguments) => arguments is [PyTorchEntry tensor, ..] ? tensor : throw Odd("a parameter");

    /// <summary>
    /// A tensor of a subclass, or with fields of its own: function, class, arguments, state. The function is not this one again, which could be nested deeper than
    /// the stack is.
    /// </summary>
    private object? OfType(object?[] arguments) => arguments is [PyTorchObject { Name: not RebuildFromType } function, _, object?[] values, ..]
        ? Call(function, values)
        : throw Odd(RebuildFromType);

    private static InvalidDataException Odd(string what) => new($"its pickle makes {what} from arguments that torch.save does not write. The file is damaged.");
}

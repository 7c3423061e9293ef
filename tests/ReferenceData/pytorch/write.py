"""Writes the PyTorch files beside it with Python's standard library alone: the same pickles and archives as torch.save, without torch.

Stub classes named like torch's are pickled by Python's own pickler with protocol 2, which torch.save uses, too; storages go through persistent ids, as in
torch.serialization._save; names of archive records, their order and their alignment are torch's. Run: python3 write.py"""
import argparse
import collections
import io
import os
import pickle
import struct
import sys
import types
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))


# Stubs with torch's names; only their names and how they reduce themselves matter.
def module(name):
    sys.modules[name] = types.ModuleType(name)
    return sys.modules[name]


def global_class(owner, name, bases=(), **fields):
    made = type(name, bases, {"__module__": owner, **fields})
    setattr(sys.modules[owner] if owner in sys.modules else module(owner), name, made)
    return made


def global_function(owner, name):
    def function(*arguments):
        raise NotImplementedError
    function.__module__, function.__name__, function.__qualname__ = owner, name, name
    setattr(sys.modules[owner] if owner in sys.modules else module(owner), name, function)
    return function


for name in ["torch", "torch._utils", "torch._tensor", "torch.nn", "torch.nn.modules", "torch.nn.modules.linear", "torch.nn.modules.container", "torch.storage"]:
    module(name)
KINDS = {"float64": ("DoubleStorage", "d"), "float32": ("FloatStorage", "f"), "float16": ("HalfStorage", "e"), "bfloat16": ("BFloat16Storage", None),
         "int64": ("LongStorage", "q"), "int32": ("IntStorage", "i"), "int16": ("ShortStorage", "h"), "int8": ("CharStorage", "b"),
         "uint8": ("ByteStorage", "B"), "bool": ("BoolStorage", "?"), "complex64": ("ComplexFloatStorage", "F")}
CLASSES = {kind: global_class("torch", storage) for kind, (storage, _) in KINDS.items()}
UNTYPED = global_class("torch.storage", "UntypedStorage")
REBUILD = global_function("torch._utils", "_rebuild_tensor_v2")
REBUILD_TYPED = global_function("torch._utils", "_rebuild_tensor_v3")
PARAMETER = global_function("torch._utils", "_rebuild_parameter")


class Named:
    """Something pickled by its name alone, as torch.dtype is."""
    def __init__(self, name):
        self.name = name
        setattr(sys.modules["torch"], name, self)

    __module__ = "torch"

    def __reduce__(self):
        return self.name


class Size(tuple):
    __module__ = "torch"

    def __reduce__(self):
        return Size, (tuple(self),)


class device:
    __module__ = "torch"

    def __init__(self, *arguments):
        self.arguments = arguments

    def __reduce__(self):
        return device, self.arguments


setattr(sys.modules["torch"], "Size", Size)
setattr(sys.modules["torch"], "device", device)


def encode(kind, values):
    if kind == "bfloat16":
        return b"".join(struct.pack("<f", v)[2:] for v in values)
    if kind == "complex64":
        return b"".join(struct.pack("<2f", v.real, v.imag) for v in values)
    return struct.pack(f"<{len(values)}{KINDS[kind][1]}", *values)


class Storage:
    def __init__(self, kind, values):
        self.kind, self.bytes, self.count = CLASSES[kind], encode(kind, values), len(values)


class RawStorage:
    def __init__(self, data):
        self.kind, self.bytes, self.count = UNTYPED, data, len(data)


class Tensor:
    def __init__(self, storage, shape, strides=None, offset=0, dtype=None, metadata=None):
        if strides is None:
            strides, step = [], 1
            for size in reversed(shape):
                strides.insert(0, step)
                step *= size
        self.view, self.dtype, self.metadata = (storage, offset, tuple(shape), tuple(strides)), dtype, metadata

    def __reduce__(self):
        tail = () if self.metadata is None else (self.metadata,)
        if self.dtype is not None:
            return REBUILD_TYPED, (*self.view, False, collections.OrderedDict(), self.dtype, *tail)
        return REBUILD, (*self.view, False, collections.OrderedDict(), *tail)


class Parameter:
    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce__(self):
        return PARAMETER, (self.tensor, True, collections.OrderedDict())


def tensor(kind, values, *shape):
    return Tensor(Storage(kind, values), shape)


def save(name, value, folder=None, protocol=2, byteorder="little", method=zipfile.ZIP_STORED):
    keys = {}

    class Pickler(pickle._Pickler):
        def persistent_id(self, item):
            if not isinstance(item, (Storage, RawStorage)):
                return None
            key = keys.setdefault(id(item), (str(len(keys)), item))[0]
            return "storage", item.kind, key, "cpu", item.count

    data = io.BytesIO()
    Pickler(data, protocol).dump(value)
    folder = folder or os.path.splitext(name)[0]
    with zipfile.ZipFile(os.path.join(HERE, name), "w", method) as archive:
        def record(path, content):
            info = zipfile.ZipInfo(f"{folder}/{path}", (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            begin = archive.fp.tell() + 30 + len(info.filename) + 4
            info.extra = b"FB" + struct.pack("<H", -begin % 64) + b"Z" * (-begin % 64)
            archive.writestr(info, content)
        record("data.pkl", data.getvalue())
        record(".format_version", b"1")
        record(".storage_alignment", b"64")
        record("byteorder", byteorder.encode())
        for key, item in keys.values():
            record(f"data/{key}", item.bytes)
        record("version", b"3\n")
        record(".data/serialization_id", b"0" * 40)


def state_dict(pairs, versions=True):
    result = collections.OrderedDict(pairs)
    if versions:
        result._metadata = collections.OrderedDict({"": {"version": 1}})
    return result


def linear(inputs, outputs, start):
    weight = tensor("float32", [start + i for i in range(inputs * outputs)], outputs, inputs)
    return weight, tensor("float32", [start + 0.5 + i for i in range(outputs)], outputs)


# Every element type.
save("types.pt", state_dict([(kind, tensor(kind, [complex(i, -i) if kind == "complex64" else i % 2 == 1 if kind == "bool" else i for i in range(6)], 2, 3)) for kind in KINDS]
                            + [("scalar", tensor("float64", [2.5])), ("none", tensor("float32", [], 0, 7))]))

# Views: transposed, a column, an expanded number, overlapping windows; the last two share a storage with others (tied weights).
matrix = Storage("float32", list(range(12)))
save("views.pt", state_dict([("matrix", Tensor(matrix, (3, 4))), ("transposed", Tensor(matrix, (4, 3), (1, 4))), ("column", Tensor(matrix, (3,), (4,), 2)),
                             ("block", Tensor(matrix, (2, 2), (4, 1), 5)), ("expanded", Tensor(Storage("float32", [7.0]), (2, 3), (0, 0))),
                             ("windows", Tensor(matrix, (10, 3), (1, 1))), ("tied", Tensor(matrix, (3, 4)))]), folder="archive")

# A checkpoint of a training, with what people put into them.
weight, bias = linear(3, 4, 0)
training = {
    "epoch": 12, "step": 3_000_000_000, "loss": 0.25, "best": None, "done": False, "note": "größer", "seed": 2 ** 70, "raw": b"\x00\xff", "z": 1 + 2j,
    "model": state_dict([("first.weight", weight), ("first.bias", bias)]),
    "optimizer": {"state": {0: {"step": tensor("float32", [3.0]), "exp_avg": tensor("float32", [0.0] * 12, 4, 3)}},
                  "param_groups": [{"lr": 0.001, "betas": (0.9, 0.999), "params": [0, 1]}]},
    "callbacks": {"Best": {"score": tensor("float32", [0.125])}},   # as Lightning keeps it: a tensor, but no state dict
    "shape": Size((4, 3)), "device": device("cuda", 1), "dtype": Named("float32"), "names": {1, 2},
    "counts": collections.Counter("aab"), "groups": collections.defaultdict(list, {"x": [1, 2]}),
}
save("training.pt", training)
for protocol in (3, 4, 5):
    save(f"training_protocol{protocol}.pt", training, protocol=protocol)
save("two_sections.pt", {"model": training["model"], "ema": state_dict([("first.weight", weight)])})
save("wrapped.pt", state_dict([("module.first.weight", weight), ("module.first.bias", bias)]))
save("arguments.pt", {"model": training["model"], "args": argparse.Namespace(lr=0.1, layers=[1, 2])})
save("float8.pt", state_dict([("first.weight", weight), ("scale", Tensor(RawStorage(b"\x01\x02"), (2,), dtype=Named("float8_e4m3fn")))]))
save("conjugated.pt", state_dict([("a", Tensor(Storage("complex64", [1 + 2j]), (1,), metadata={"conj": True}))]))
save("tensor.pt", tensor("int64", [1, 2, 3], 3))
save("big_endian.pt", state_dict([("first.weight", weight)]), byteorder="big")
save("compressed.pt", state_dict([("first.weight", weight)]), method=zipfile.ZIP_DEFLATED)


# A whole module, as torch.save(model) pickles it.
def nn(owner, name, parameters, buffers, modules, transient=(), **fields):
    kind = getattr(sys.modules.get(owner), name, None) or global_class(owner, name)
    made = kind()
    made.__dict__.update(training=True, _parameters=collections.OrderedDict(parameters), _buffers=collections.OrderedDict(buffers),
                         _non_persistent_buffers_set=set(transient), _backward_hooks=collections.OrderedDict(), _modules=collections.OrderedDict(modules), **fields)
    return made


first = nn("torch.nn.modules.linear", "Linear", {"weight": Parameter(weight), "bias": Parameter(bias)}, {}, {}, in_features=3, out_features=4)
second = nn("torch.nn.modules.linear", "Linear", {"weight": Parameter(weight), "bias": None}, {}, {}, in_features=3, out_features=4)
root = nn("mymodels", "Network", {}, {"steps": tensor("int64", [5]), "cache": tensor("float32", [1.0], 1)},
          {"first": first, "blocks": nn("torch.nn.modules.container", "Sequential", {}, {}, {"0": second, "1": None})}, transient=["cache"])
root.__dict__["parent"] = root   # modules may refer to each other in circles
save("module.pt", root)


class Attack:
    def __reduce__(self):
        return os.system, ("echo executed > executed.txt",)


save("attack.pt", {"model": training["model"], "attack": Attack()})
with open(os.path.join(HERE, "legacy.pt"), "wb") as file:
    for part in (0x1950A86A20F9469CFC6C, 1001, {"protocol_version": 1001, "little_endian": True}):
        pickle.dump(part, file, protocol=2)

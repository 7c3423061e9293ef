#!/usr/bin/env python3
"""Checks E3Gen's CUDA kernels and measures them. Needs Python and PyTorch on a machine with an NVIDIA GPU; no .NET.

  python3 gpu_check.py            on the GPU: values and derivatives, equal bits, registers, times
  python3 gpu_check.py --host     on the CPU, with g++ and without PyTorch: values and derivatives alone

The cases lie beside it, in gpu_check.json.gz: texts, launches, arguments, and results by definition in float64.
"""
import argparse, ctypes, glob, gzip, json, math, os, shutil, struct, subprocess, sys, tempfile

BLOCK = 128
FOLDER = os.path.dirname(os.path.abspath(__file__))
TANGENTS = ("jvp", "gradient_jvp")
SIZE = {"Single": 4, "Double": 8, "Half": 2, "BFloat16": 2}
OPTIONS = ["--std=c++17", "--fmad=true"]  # those of the library, beside the architecture


# Numbers as they lie in memory -----------------------------------------------------------------------------------------

def pack(kind, values):
    if kind == "BFloat16":
        bits = [struct.unpack("<I", struct.pack("<f", v))[0] for v in values]
        return struct.pack(f"<{len(bits)}H", *[(b + 0x7FFF + ((b >> 16) & 1)) >> 16 for b in bits])
    return struct.pack(f"<{len(values)}{ {'Single': 'f', 'Double': 'd', 'Half': 'e'}[kind]}", *values)


def unpack(kind, data):
    count = len(data) // SIZE[kind]
    if kind == "BFloat16":
        return [struct.unpack("<f", struct.pack("<I", b << 16))[0] for b in struct.unpack(f"<{count}H", data)]
    return list(struct.unpack(f"<{count}{ {'Single': 'f', 'Double': 'd', 'Half': 'e'}[kind]}", data))


def count(operand, sizes):
    return (sizes[operand["rows"]] + operand["more"]) * operand["columns"]


def element(case, operand):
    """Bytes of a number: sums on their way are float32 where numbers in memory are shorter."""
    return 8 if operand["role"] == "Index" else max(4, SIZE[case["type"]]) if operand["role"] == "Scratch" else SIZE[case["type"]]


# Where kernels run --------------------------------------------------------------------------------------------------------

class Host:
    """The text compiled with g++; lanes run as fibers."""

    name = "host"

    def compile(self, case):
        folder = tempfile.mkdtemp(prefix="e3gen-")
        operands = {o["name"]: o for o in case["operands"]}
        kind = lambda a: "long long" if a not in operands else {"Index": "long long*", "Scratch": "T*"}.get(operands[a]["role"], "S*")
        runs = {}
        for launch in (l for launches in case["procedures"].values() for l in launches):
            arguments = ", ".join(f"({kind(a)})a[{i}]" for i, a in enumerate(launch["arguments"]))
            runs[launch["kernel"]] = f'extern "C" void run_{launch["kernel"]}(long blocks, void** a) {{ launch(blocks, {BLOCK}, [&] {{ {launch["kernel"]}({arguments}); }}); }}'
        with open(os.path.join(folder, "kernels.cpp"), "w") as file:
            file.write('#include "host_device.h"\n#include <cmath>\n' + case["source"] + "\n".join(runs.values()))
        subprocess.run(["g++", "-std=c++17", "-O0", "-w", "-shared", "-fPIC", "-I", FOLDER, "-o", f"{folder}/kernels.so", f"{folder}/kernels.cpp"], check=True)
        library = ctypes.CDLL(f"{folder}/kernels.so")
        shutil.rmtree(folder)
        return library

    def memory(self, data):
        return ctypes.create_string_buffer(data, len(data) + 1)

    def read(self, memory, size):
        return memory.raw[:size]

    def launch(self, library, launch, blocks, arguments):
        pointers = (ctypes.c_void_p * len(arguments))(*[a if isinstance(a, int) else ctypes.addressof(a) for a in arguments])
        getattr(library, "run_" + launch["kernel"])(ctypes.c_long(blocks), pointers)


class Gpu:
    """The text compiled with NVRTC, launched through the driver, on memory of PyTorch."""

    def __init__(self):
        import torch
        self.torch, self.cuda = torch, ctypes.CDLL("libcuda.so.1")
        torch.zeros(1, device="cuda")  # makes the context
        self.name = torch.cuda.get_device_name()
        self.architecture = "sm_%d%d" % torch.cuda.get_device_capability()
        places = [os.path.join(os.path.dirname(torch.__file__), "lib")] + glob.glob(os.path.join(os.path.dirname(os.path.dirname(torch.__file__)), "nvidia", "*", "lib"))
        found = [f for p in places for f in glob.glob(os.path.join(p, "libnvrtc*.so*")) if "builtins" not in f]
        self.nvrtc = ctypes.CDLL(found[0] if found else "libnvrtc.so")

    def call(self, library, function, *arguments):
        code = getattr(library, function)(*arguments)
        if code != 0:
            raise RuntimeError(f"{function} failed: error {code}")

    def compile(self, case):
        program, size = ctypes.c_void_p(), ctypes.c_size_t()
        self.call(self.nvrtc, "nvrtcCreateProgram", ctypes.byref(program), case["source"].encode(), b"kernels.cu", 0, None, None)
        options = [f"--gpu-architecture={self.architecture}".encode()] + [o.encode() for o in OPTIONS]
        if self.nvrtc.nvrtcCompileProgram(program, len(options), (ctypes.c_char_p * len(options))(*options)) != 0:
            self.nvrtc.nvrtcGetProgramLogSize(program, ctypes.byref(size))
            log = ctypes.create_string_buffer(size.value)
            self.nvrtc.nvrtcGetProgramLog(program, log)
            raise RuntimeError(f"{case['name']} does not compile:\n{log.value.decode()}")
        self.call(self.nvrtc, "nvrtcGetCUBINSize", program, ctypes.byref(size))
        image, module = ctypes.create_string_buffer(size.value), ctypes.c_void_p()
        self.call(self.nvrtc, "nvrtcGetCUBIN", program, image)
        self.call(self.cuda, "cuModuleLoadData", ctypes.byref(module), image)
        return module

    def function(self, module, kernel):
        function = ctypes.c_void_p()
        self.call(self.cuda, "cuModuleGetFunction", ctypes.byref(function), module, kernel.encode())
        return function

    def resources(self, module, kernel):
        """Registers of a thread, and bytes that it keeps in local memory."""
        result = []
        for attribute in (4, 3):
            value = ctypes.c_int()
            self.call(self.cuda, "cuFuncGetAttribute", ctypes.byref(value), attribute, self.function(module, kernel))
            result.append(value.value)
        return result

    def memory(self, data):
        return self.torch.frombuffer(bytearray(data or b"\0"), dtype=self.torch.uint8).cuda()

    def read(self, memory, size):
        return bytes(memory.cpu().numpy().tobytes()[:size])

    def launch(self, module, launch, blocks, arguments):
        if blocks > 0:
            values = [ctypes.c_longlong(a if isinstance(a, int) else a.data_ptr()) for a in arguments]
            pointers = (ctypes.c_void_p * len(values))(*[ctypes.addressof(v) for v in values])
            stream = ctypes.c_void_p(self.torch.cuda.current_stream().cuda_stream)
            self.call(self.cuda, "cuLaunchKernel", self.function(module, launch["kernel"]), blocks, 1, 1, BLOCK, 1, 1, 0, stream, pointers, None)


# Values and derivatives ------------------------------------------------------------------------------------------------

def run(machine, compiled, case, procedure, inputs, sizes):
    """Memory by name after the launches of a procedure; what kernels should write holds NaN before."""
    launches = case["procedures"][procedure]
    taken, memory = {a for l in launches for a in l["arguments"]}, dict(inputs)
    for operand in case["operands"]:
        if operand["name"] in taken and operand["role"] in ("Result", "Scratch"):
            memory[operand["name"]] = machine.memory((b"\0" if operand["partial"] else b"\xff") * (count(operand, sizes) * element(case, operand)))
    for launch in launches:
        blocks = (sizes[launch["rows"]] * launch["perRow"] + BLOCK - 1) // BLOCK
        machine.launch(compiled, launch, blocks, [memory[a] if a in memory else sizes[a] for a in launch["arguments"]])
    return memory


def check(machine, case):
    """The largest error of all results, relative to their size, and whether a second run gives the same bits."""
    compiled, sizes, worst, equal = machine.compile(case), case["sizes"], 0.0, True
    inputs = {}
    for operand in case["operands"]:
        name = operand["name"]
        if operand["role"] == "Index":
            inputs[name] = machine.memory(struct.pack(f"<{len(case['indices'][name])}q", *case["indices"][name]))
        elif operand["role"] in ("Input", "Tangent", "Arriving"):
            inputs[name] = machine.memory(pack(case["type"], case["numbers"][name]))
    for procedure in case["procedures"]:
        first, second = (run(machine, compiled, case, procedure, inputs, sizes) for _ in range(2))
        for operand in case["operands"]:
            name = operand["name"]
            if operand["role"] != "Result" or name not in first:
                continue
            data = machine.read(first[name], count(operand, sizes) * SIZE[case["type"]])
            equal &= data == machine.read(second[name], len(data))
            expected, actual = case["expected"][name + ("'" if procedure in TANGENTS else "")], unpack(case["type"], data)
            size = math.sqrt(sum(v * v for v in expected)) or 1
            error = math.sqrt(sum((a - b) ** 2 for a, b in zip(expected, actual))) / size
            worst = error if not error <= worst else worst  # a NaN is the worst
    return compiled, worst, equal


# Times, on a GPU ---------------------------------------------------------------------------------------------------------

def milliseconds(torch, action, rounds=15):
    action()
    times = []
    for _ in range(rounds):
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        begin.record()
        action()
        end.record()
        torch.cuda.synchronize()
        times.append(begin.elapsed_time(end))
    return sorted(times)[len(times) // 2]


def bandwidth(torch):
    """Bytes that a copy reads and writes in a millisecond."""
    a = torch.empty(1 << 28, dtype=torch.float32, device="cuda")
    b = torch.empty_like(a)
    return 2 * a.numel() * 4 / milliseconds(torch, lambda: b.copy_(a))


def large(machine, case, rows):
    """Random arguments of a case with many rows; graphs have 32 edges at each node."""
    torch, sizes, inputs = machine.torch, dict(case["sizes"]), {}
    if "edges" in sizes:
        nodes = rows // 32
        sizes.update(edges=rows, nodes=nodes)
        source = torch.randint(nodes, (rows,), device="cuda")
        leaving = torch.zeros(nodes + 1, dtype=torch.int64, device="cuda")
        leaving[1:] = torch.bincount(source, minlength=nodes).cumsum(0)
        inputs.update(offsets=torch.arange(nodes + 1, device="cuda") * 32, source=source, destination=torch.arange(rows, device="cuda") // 32, sourceOffsets=leaving, edge=torch.argsort(source, stable=True))
    else:
        sizes["rows"] = rows
    dtype = {"Single": torch.float32, "Double": torch.float64, "Half": torch.float16, "BFloat16": torch.bfloat16}[case["type"]]
    for operand in case["operands"]:
        if operand["role"] in ("Input", "Tangent", "Arriving"):
            inputs[operand["name"]] = torch.randn(count(operand, sizes), device="cuda").to(dtype)
        elif operand["role"] != "Index":
            inputs[operand["name"]] = torch.zeros(count(operand, sizes) * element(case, operand), dtype=torch.uint8, device="cuda")
    return sizes, inputs


def traffic(case, procedure, sizes):
    """Bytes that a procedure must move: rows of x for each edge, all else once; sums on their way are written and read."""
    per_edge = "edges" in sizes
    total = 0
    taken = {a for l in case["procedures"][procedure] for a in l["arguments"]}
    for operand in (o for o in case["operands"] if o["name"] in taken):
        by_source = "destination" in taken  # then x is read once a node, and the cotangent of its destination for each edge
        rows = sizes["edges"] if per_edge and operand["name"] in (("g",) if by_source else ("x", "ax")) else sizes[operand["rows"]]
        total += rows * operand["columns"] * element(case, operand) * (2 if operand["role"] == "Scratch" else 1)
    return total


def times(machine, case, rows, speed):
    compiled = machine.compile(case)
    sizes, memory = large(machine, case, rows)

    def action(procedures):
        for procedure in procedures:
            for launch in case["procedures"][procedure]:
                blocks = (sizes[launch["rows"]] * launch["perRow"] + BLOCK - 1) // BLOCK
                machine.launch(compiled, launch, blocks, [memory[a] if a in memory else sizes[a] for a in launch["arguments"]])

    result = {}
    for name, procedures in (("forward", ["forward"]), ("gradient", ["gradient"]), ("double backward", ["jvp", "gradient_jvp"])):
        took = milliseconds(machine.torch, lambda: action(procedures))
        bound = sum(traffic(case, p, sizes) for p in procedures) / speed
        result[name] = took
        print(f"| {case['name']} | {rows} | {name} | {took:.3f} | {bound:.3f} | {100 * bound / took:.0f} % |")
    return result


def e3nn_times(torch, case, rows):
    """Forward and backward of e3nn's TorchScript for the same convolution; None where there is no e3nn."""
    try:
        from e3nn import o3
    except ImportError:
        return None
    x, y, z = (o3.Irreps(case["e3nn"][k]) for k in ("x", "y", "z"))
    product = o3.TensorProduct(x, y, z, [(i, j, k, "uvu", True) for i, j, k in case["e3nn"]["paths"]], shared_weights=False, internal_weights=False).cuda()
    nodes = rows // 32
    source, destination = torch.randint(nodes, (rows,), device="cuda"), torch.arange(rows, device="cuda") // 32
    a, b, w = (torch.randn(*s, device="cuda", requires_grad=True) for s in ((nodes, x.dim), (rows, y.dim), (rows, product.weight_numel)))

    def action():
        sums = torch.zeros(nodes, z.dim, device="cuda").index_add_(0, destination, product(a[source], b, w))
        torch.autograd.grad(sums.square().sum(), (a, b, w))

    return milliseconds(torch, action, rounds=5)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--host", action="store_true", help="on the CPU, with g++")
    arguments.add_argument("--cases", default=os.path.join(FOLDER, "gpu_check.json.gz"), help="the file of cases")
    arguments.add_argument("--only", metavar="NAME", help="only cases of this name: convolution, product, harmonics, gate, contraction")
    options = arguments.parse_args()
    with gzip.open(options.cases, "rt") as file:
        data = json.load(file)
    machine = Host() if options.host else Gpu()
    print(f"Kernels of E3Gen on {machine.name}.\n\n| case | type | error | allowed | second run |\n|---|---|--:|--:|---|")
    failed, resources = False, []
    for case in (c for c in data["cases"] if options.only in (None, c["name"])):
        compiled, error, equal = check(machine, case)
        wrong = not error <= case["tolerance"] or not equal
        failed |= wrong
        print(f"| {case['name']} | {case['type']} | {error:.1e} | {case['tolerance']:.0e} | {'equal' if equal else 'DIFFERS'} |{' WRONG' if wrong else ''}")
        if not options.host:
            resources += [(case["name"], case["type"], k, *machine.resources(compiled, k)) for k in sorted({l["kernel"] for p in case["procedures"].values() for l in p})]
    if not options.host:
        print("\n| case | type | kernel | registers | local bytes |\n|---|---|---|--:|--:|")
        for row in resources:
            print("| " + " | ".join(map(str, row)) + " |")
        speed = bandwidth(machine.torch)
        print(f"\nA copy moves {speed / 1e6:.0f} GB/s. The bound is what must be moved at that speed.\n\n| case | rows or edges | procedure | ms | bound | share |\n|---|--:|---|--:|--:|--:|")
        for case in data["speed"]:
            for rows in case["rowCounts"]:
                ours = times(machine, case, rows, speed)
                if "e3nn" in case and rows <= 100_000 and (theirs := e3nn_times(machine.torch, case, rows)):
                    print(f"e3nn's TorchScript, forward and backward: {theirs:.3f} ms; here {ours['forward'] + ours['gradient']:.3f}: {theirs / (ours['forward'] + ours['gradient']):.1f} times.")
    print("\nWRONG" if failed else "\nAll right.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

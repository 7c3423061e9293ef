using System.Numerics;
using E3Gen.Kernels;
using TorchSharp;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>x → z.</summary>
/// <param name="paths">The gate.</param>
internal sealed class GateFunction(GateProgram paths) : ComposedKernel
{
    protected override Tensor Portable(Tensor[] inputs) => PortableGate.Apply(paths, inputs[0]);

    protected override Tensor Forward<T>(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var x = Readable(inputs[0]);
        var z = Matrix(x.size(0), paths.Results, x.dtype);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Forward(Rows<T>(x), Rows<T>(z));
        KeepAlive(x);
        return z.MoveToOuterDisposeScope();
    }

    protected override Tensor?[] Gradient<T>(Tensor[] inputs, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var x = Readable(inputs[0]);
        g = Readable(g);
        var gx = Matrix(x.size(0), paths.Columns, x.dtype);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Gradient(Rows<T>(x), Rows<T>(g), Rows<T>(gx));
        KeepAlive(x, g);
        return [gx.MoveToOuterDisposeScope()];
    }

    protected override Tensor?[] Second<T>(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var (x, a) = (Readable(inputs[0]), Readable(tangents[0]!));
        g = Readable(g);
        var results = Empty(wanted, x, g);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Second(
            Rows<T>(x), Rows<T>(g), Rows<T>(a), Rows<T>(results[0]), Rows<T>(results[1]));
        KeepAlive(x, g, a);
        return Outside(results);
    }
}

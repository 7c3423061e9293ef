using System.Numerics;
using E3Gen.Kernels;
using TorchSharp;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>v → Y(v).</summary>
/// <param name="harmonics">The harmonics.</param>
internal sealed class HarmonicFunction(HarmonicProgram harmonics) : ComposedKernel
{
    protected override Tensor Portable(Tensor[] inputs) => PortableHarmonics.Apply(harmonics.Degrees, harmonics.Normalize, inputs[0]);

    protected override Tensor Forward<T>(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var program = harmonics.Program<T>();
        var v = Readable(inputs[0]);
        var y = empty(v.size(0), program.Columns, v.dtype);
        new HarmonicKernel<T>(program, checked((int)v.size(0))).Forward(Rows<T>(v), Rows<T>(y));
        GC.KeepAlive(v);
        return y.MoveToOuterDisposeScope();
    }

    protected override Tensor?[] Gradient<T>(Tensor[] inputs, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var v = Readable(inputs[0]);
        g = Readable(g);
        var gv = empty(v.size(0), 3, v.dtype);
        new HarmonicKernel<T>(harmonics.Program<T>(), checked((int)v.size(0))).Gradient(Rows<T>(v), Rows<T>(g), Rows<T>(gv));
        KeepAlive(v, g);
        return [gv.MoveToOuterDisposeScope()];
    }

    protected override Tensor?[] Second<T>(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var (v, a) = (Readable(inputs[0]), Readable(tangents[0]!));
        g = Readable(g);
        var results = Empty(wanted, v, g);
        new HarmonicKernel<T>(harmonics.Program<T>(), checked((int)v.size(0))).Second(
            Rows<T>(v), Rows<T>(g), Rows<T>(a), Rows<T>(results[0]), Rows<T>(results[1]));
        KeepAlive(v, g, a);
        return Outside(results);
    }
}

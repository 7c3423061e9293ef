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
    public override Tensor Forward(Tensor[] inputs) => inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0]) : Forward<double>(inputs[0]);

    public override Tensor?[] Gradient(Tensor[] inputs, Tensor g, bool[] wanted) =>
        [inputs[0].dtype == ScalarType.Float32 ? Gradient<float>(inputs[0], g) : Gradient<double>(inputs[0], g)];

    public override Tensor?[] Second(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted) => inputs[0].dtype == ScalarType.Float32
        ? Second<float>(inputs[0], tangents[0]!, g, wanted)
        : Second<double>(inputs[0], tangents[0]!, g, wanted);

    protected override Tensor Portable(Tensor[] inputs) => PortableHarmonics.Apply(harmonics.Degrees, harmonics.Normalize, inputs[0]);

    private Tensor Forward<T>(Tensor v)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var program = harmonics.Program<T>();
        v = Readable(v);
        var y = empty(v.size(0), program.Columns, v.dtype);
        new HarmonicKernel<T>(program, checked((int)v.size(0))).Forward(Rows<T>(v), Rows<T>(y));
        GC.KeepAlive(v);
        return y.MoveToOuterDisposeScope();
    }

    private Tensor Gradient<T>(Tensor v, Tensor g)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (v, g) = (Readable(v), Readable(g));
        var gv = empty(v.size(0), 3, v.dtype);
        new HarmonicKernel<T>(harmonics.Program<T>(), checked((int)v.size(0))).Gradient(Rows<T>(v), Rows<T>(g), Rows<T>(gv));
        KeepAlive(v, g);
        return gv.MoveToOuterDisposeScope();
    }

    private Tensor?[] Second<T>(Tensor v, Tensor a, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (v, g, a) = (Readable(v), Readable(g), Readable(a));
        var results = Empty(wanted, v, g);
        new HarmonicKernel<T>(harmonics.Program<T>(), checked((int)v.size(0))).Second(
            Rows<T>(v), Rows<T>(g), Rows<T>(a), Rows<T>(results[0]), Rows<T>(results[1]));
        KeepAlive(v, g, a);
        return Outside(results);
    }
}

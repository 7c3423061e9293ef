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
    public override Tensor Forward(Tensor[] inputs) => inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0]) : Forward<double>(inputs[0]);

    public override Tensor?[] Gradient(Tensor[] inputs, Tensor g, bool[] wanted) =>
        [inputs[0].dtype == ScalarType.Float32 ? Gradient<float>(inputs[0], g) : Gradient<double>(inputs[0], g)];

    public override Tensor?[] Second(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted) => inputs[0].dtype == ScalarType.Float32
        ? Second<float>(inputs[0], tangents[0]!, g, wanted)
        : Second<double>(inputs[0], tangents[0]!, g, wanted);

    protected override Tensor Portable(Tensor[] inputs) => PortableGate.Apply(paths, inputs[0]);

    private Tensor Forward<T>(Tensor x)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        x = Readable(x);
        var z = Matrix(x.size(0), paths.Results, x.dtype);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Forward(Rows<T>(x), Rows<T>(z));
        KeepAlive(x);
        return z.MoveToOuterDisposeScope();
    }

    private Tensor Gradient<T>(Tensor x, Tensor g)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (x, g) = (Readable(x), Readable(g));
        var gx = Matrix(x.size(0), paths.Columns, x.dtype);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Gradient(Rows<T>(x), Rows<T>(g), Rows<T>(gx));
        KeepAlive(x, g);
        return gx.MoveToOuterDisposeScope();
    }

    private Tensor?[] Second<T>(Tensor x, Tensor a, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (x, g, a) = (Readable(x), Readable(g), Readable(a));
        var results = Empty(wanted, x, g);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Second(
            Rows<T>(x), Rows<T>(g), Rows<T>(a), Rows<T>(results[0]), Rows<T>(results[1]));
        KeepAlive(x, g, a);
        return Outside(results);
    }
}

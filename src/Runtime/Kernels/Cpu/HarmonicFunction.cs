using System.Numerics;
using E3Gen.Autograd;
using TorchSharp;
using static E3Gen.Kernels.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>v → Y(v).</summary>
internal sealed class HarmonicFunction(HarmonicLadder ladder, Func<Tensor, Tensor> portable) : DifferentiableFunction
{
    protected internal override Tensor[] Forward(Tensor[] inputs) =>
        inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0]) : Forward<double>(inputs[0]);

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
        gradients[0] is { } g ? [new HarmonicGradient(ladder, portable).Apply(inputs[0], g)[0]] : [null];

    private Tensor[] Forward<T>(Tensor v)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var program = ladder.Program<T>();
        v = Readable(v);
        var y = empty(v.size(0), program.Columns, v.dtype);
        new HarmonicKernel<T>(program, checked((int)v.size(0))).Forward(Rows<T>(v), Rows<T>(y));
        GC.KeepAlive(v);
        return [y.MoveToOuterDisposeScope()];
    }
}

/// <summary>(v, cotangent of Y) → cotangent of v.</summary>
internal sealed class HarmonicGradient(HarmonicLadder ladder, Func<Tensor, Tensor> portable) : DifferentiableFunction
{
    protected internal override Tensor[] Forward(Tensor[] inputs) =>
        inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0], inputs[1]) : Forward<double>(inputs[0], inputs[1]);

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
    {
        var (v, g) = (inputs[0], inputs[1]);
        return gradients[0] is not { } a ? [null, null]
            : is_grad_enabled() ? PortableDerivatives.Second(portable, v, g, a, needed)
            : v.dtype == ScalarType.Float32 ? Fuse<float>(v, g, a, needed)
            : Fuse<double>(v, g, a, needed);
    }

    private Tensor[] Forward<T>(Tensor v, Tensor g)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (v, g) = (Readable(v), Readable(g));
        var gv = empty(v.size(0), 3, v.dtype);
        new HarmonicKernel<T>(ladder.Program<T>(), checked((int)v.size(0))).Backward(Rows<T>(v), Rows<T>(g), Rows<T>(gv));
        KeepAlive(v, g);
        return [gv.MoveToOuterDisposeScope()];
    }

    private Tensor?[] Fuse<T>(Tensor v, Tensor g, Tensor a, bool[] needed)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (v, g, a) = (Readable(v), Readable(g), Readable(a));
        var results = Empty(needed, v, g);
        new HarmonicKernel<T>(ladder.Program<T>(), checked((int)v.size(0))).Direction(
            Rows<T>(v), Rows<T>(g), Rows<T>(a), Rows<T>(results[0]), Rows<T>(results[1]));
        KeepAlive(v, g, a);
        return Outside(results);
    }
}

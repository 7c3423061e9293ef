using System.Numerics;
using E3Gen.Autograd;
using static E3Gen.Kernels.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>x → z.</summary>
internal sealed class GateFunction(GatePaths paths, Func<Tensor, Tensor> portable) : DifferentiableFunction
{
    protected internal override Tensor[] Forward(Tensor[] inputs) =>
        inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0]) : Forward<double>(inputs[0]);

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
        gradients[0] is { } g ? [new GateGradient(paths, portable).Apply(inputs[0], g)[0]] : [null];

    private Tensor[] Forward<T>(Tensor x)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        x = Readable(x);
        var z = Matrix(x.size(0), paths.Results, x.dtype);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Forward(Rows<T>(x), Rows<T>(z));
        KeepAlive(x);
        return [z.MoveToOuterDisposeScope()];
    }
}

/// <summary>(x, cotangent of z) → cotangent of x.</summary>
internal sealed class GateGradient(GatePaths paths, Func<Tensor, Tensor> portable) : DifferentiableFunction
{
    protected internal override Tensor[] Forward(Tensor[] inputs) =>
        inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0], inputs[1]) : Forward<double>(inputs[0], inputs[1]);

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
    {
        var (x, g) = (inputs[0], inputs[1]);
        return gradients[0] is not { } a ? [null, null]
            : is_grad_enabled() ? PortableDerivatives.Second(portable, x, g, a, needed)
            : x.dtype == ScalarType.Float32 ? Fuse<float>(x, g, a, needed)
            : Fuse<double>(x, g, a, needed);
    }

    private Tensor[] Forward<T>(Tensor x, Tensor g)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (x, g) = (Readable(x), Readable(g));
        var gx = Matrix(x.size(0), paths.Columns, x.dtype);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Backward(Rows<T>(x), Rows<T>(g), Rows<T>(gx));
        KeepAlive(x, g);
        return [gx.MoveToOuterDisposeScope()];
    }

    private Tensor?[] Fuse<T>(Tensor x, Tensor g, Tensor a, bool[] needed)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (x, g, a) = (Readable(x), Readable(g), Readable(a));
        var results = Empty(needed, x, g);
        new GateKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Direction(
            Rows<T>(x), Rows<T>(g), Rows<T>(a), Rows<T>(results[0]), Rows<T>(results[1]));
        KeepAlive(x, g, a);
        return Outside(results);
    }
}

using System.Numerics;
using E3Gen.Autograd;
using E3Gen.Kernels;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>(x, y's cotangent) → the weights'.</summary>
/// <param name="paths">The map.</param>
/// <param name="shape">Shape of the weights.</param>
internal sealed class LinearWeightGradient(LinearProgram paths, long[] shape) : DifferentiableFunction
{
    protected internal override Tensor[] Forward(Tensor[] inputs) =>
        [inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0], inputs[1]) : Forward<double>(inputs[0], inputs[1])];

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) => gradients[0] is not { } a
        ? [null, null]
        :
        [
            needed[0] ? new LinearFunction(paths, isTranspose: true).Apply(inputs[1], a)[0] : null,
            needed[1] ? new LinearFunction(paths, isTranspose: false).Apply(inputs[0], a)[0] : null,
        ];

    private unsafe Tensor Forward<T>(Tensor x, Tensor g)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (x, g) = (Readable(x), Readable(g));
        var gw = empty(shape, x.dtype, CPU);
        new LinearWeightKernel<T>(paths.Program<T>(), checked((int)x.size(0))).Gradient(Rows<T>(x), Rows<T>(g), Numbers<T>(gw));
        KeepAlive(x, g);
        return gw.MoveToOuterDisposeScope();
    }
}

using System.Numerics;
using E3Gen.Autograd;
using E3Gen.Kernels;
using TorchSharp;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>W → A of a symmetric contraction, or A's cotangent → that of W: linear, so that all derivatives are one of the two.</summary>
/// <param name="program">The contraction.</param>
/// <param name="isGradient">Which of the two.</param>
internal sealed class WeighingFunction(ContractionProgram program, bool isGradient) : DifferentiableFunction
{
    protected internal override Tensor[] Forward(Tensor[] inputs) =>
        [inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0]) : Forward<double>(inputs[0])];

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
        [gradients[0] is { } g && needed[0] ? new WeighingFunction(program, !isGradient).Apply(g)[0] : null];

    private unsafe Tensor Forward<T>(Tensor from)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        from = from.contiguous();
        var matrix = program.Order.Weigh;
        var to = isGradient
            ? empty((long)program.Elements * matrix.Columns * program.Copies, from.dtype, CPU)
            : empty(program.Elements, matrix.Rows, program.Copies, from.dtype, CPU);
        var kernel = new WeighingKernel<T>(program);
        if (isGradient)
        {
            kernel.Gradient(Numbers<T>(from), Numbers<T>(to));
        }
        else
        {
            kernel.Forward(Numbers<T>(from), Numbers<T>(to));
        }

        KeepAlive(from);
        return to.MoveToOuterDisposeScope();
    }
}

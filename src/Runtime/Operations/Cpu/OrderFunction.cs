using E3Gen.Autograd;
using E3Gen.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>Changes the order of a segment's columns in memory; its derivative is the change back.</summary>
/// <param name="copies">Copies u.</param>
/// <param name="components">Components i.</param>
/// <param name="toIrMul">From mul_ir to ir_mul, or back.</param>
internal sealed class OrderFunction(int copies, int components, bool toIrMul) : DifferentiableFunction
{
    /// <summary>Numbers from which a copy in registers is worth a call: views cost less for small segments.</summary>
    private const long Worth = 1 << 15;

    /// <summary>Whether kernels change the order of this segment.</summary>
    public static bool Takes(Tensor segment) =>
        segment.dtype == ScalarType.Float32 && segment.dim() == 2 && segment.numel() >= Worth && Backends.Of(segment) == Backend.Cpu;

    protected internal override unsafe Tensor[] Forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var segment = RawTensor.Readable(inputs[0]);
        int rows = checked((int)segment.size(0));
        var result = RawTensor.Matrix(rows, copies * components, segment.dtype);
        Matrix2D<float> from = RawTensor.Rows<float>(segment), to = RawTensor.Rows<float>(result);
        var table = Vector512InterleavingTable<float>.For(copies, components);
        Work.For(rows, copies * components / 2.0, (first, end) =>
        {
            for (int r = first; r < end; r++)
            {
                if (toIrMul)
                {
                    Interleaving.ToLanes(from.Row(r), to.Row(r), copies, copies, components, table);
                }
                else
                {
                    Interleaving.ToRows(from.Row(r), copies, to.Row(r), copies, components, table);
                }
            }
        });
        RawTensor.KeepAlive(segment, result);
        return [result.MoveToOuterDisposeScope()];
    }

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
        [gradients[0] is { } g ? new OrderFunction(copies, components, !toIrMul).Apply(g)[0] : null];
}

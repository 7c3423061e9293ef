using System.Numerics;
using TorchSharp;
using static E3Gen.Kernels.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>The fused convolution on tensors.</summary>
internal sealed class ConvolutionProduct(CoupledPaths paths, Graph graph) : CoupledProduct
{
    public override Tensor Forward(Tensor x, Tensor y, Tensor? w) =>
        x.dtype == ScalarType.Float32 ? Forward<float>(x, y, w!) : Forward<double>(x, y, w!);

    public override Tensor?[] Backward(Tensor x, Tensor y, Tensor? w, Tensor g, bool[] wanted) =>
        x.dtype == ScalarType.Float32 ? Backward<float>(x, y, w!, g, wanted) : Backward<double>(x, y, w!, g, wanted);

    public override Tensor ForwardDirection(Tensor x, Tensor y, Tensor? w, Tensor ax, Tensor ay, Tensor? aw) =>
        x.dtype == ScalarType.Float32 ? ForwardDirection<float>(x, y, w!, ax, ay, aw!) : ForwardDirection<double>(x, y, w!, ax, ay, aw!);

    public override Tensor?[] BackwardDirection(Tensor x, Tensor y, Tensor? w, Tensor ax, Tensor ay, Tensor? aw, Tensor g, bool[] wanted) =>
        x.dtype == ScalarType.Float32
            ? BackwardDirection<float>(x, y, w!, ax, ay, aw!, g, wanted)
            : BackwardDirection<double>(x, y, w!, ax, ay, aw!, g, wanted);

    private (PathProgram<T> Program, ConvolutionKernel<T> Kernel) Prepare<T>(Tensor weights)
        where T : unmanaged, INumber<T>
    {
        var program = paths.Program<T>();
        return (program, new ConvolutionKernel<T>(
            program, graph.Index, weights.size(0) == graph.EdgeCount ? null : graph.Pairs, paths.Cost));
    }

    private Tensor Forward<T>(Tensor x, Tensor y, Tensor w)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var (program, kernel) = Prepare<T>(w);
        (y, w) = (Readable(y), Readable(w));
        using var lanes = Lanes(kernel, program.X, x);
        var z = Matrix(graph.NodeCount, program.Z.Columns, x.dtype);
        kernel.Forward(lanes.Rows, Rows<T>(y), Rows<T>(w), Rows<T>(z));
        GC.KeepAlive(y);
        GC.KeepAlive(w);
        return z.MoveToOuterDisposeScope();
    }

    private Tensor?[] Backward<T>(Tensor x, Tensor y, Tensor w, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var (program, kernel) = Prepare<T>(w);
        (y, w) = (Readable(y), Readable(w));
        using var lanes = Lanes(kernel, program.X, x);
        using var arriving = Lanes(kernel, program.Z, g);
        var results = Empty(wanted, x, y, w);
        kernel.Backward(lanes.Rows, Rows<T>(y), Rows<T>(w), arriving.Rows, Rows<T>(results[0]), Rows<T>(results[1]), Rows<T>(results[2]));
        GC.KeepAlive(y);
        GC.KeepAlive(w);
        return Outside(results);
    }

    private Tensor ForwardDirection<T>(Tensor x, Tensor y, Tensor w, Tensor ax, Tensor ay, Tensor aw)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var (program, kernel) = Prepare<T>(w);
        (y, w, ay, aw) = (Readable(y), Readable(w), Readable(ay), Readable(aw));
        using var lanes = Lanes(kernel, program.X, x);
        using var direction = Lanes(kernel, program.X, ax);
        var z = Matrix(graph.NodeCount, program.Z.Columns, x.dtype);
        kernel.ForwardDirection(lanes.Rows, Rows<T>(y), Rows<T>(w), direction.Rows, Rows<T>(ay), Rows<T>(aw), Rows<T>(z));
        KeepAlive(y, w, ay, aw);
        return z.MoveToOuterDisposeScope();
    }

    private Tensor?[] BackwardDirection<T>(Tensor x, Tensor y, Tensor w, Tensor ax, Tensor ay, Tensor aw, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var (program, kernel) = Prepare<T>(w);
        (y, w, ay, aw) = (Readable(y), Readable(w), Readable(ay), Readable(aw));
        using var lanes = Lanes(kernel, program.X, x);
        using var direction = Lanes(kernel, program.X, ax);
        using var arriving = Lanes(kernel, program.Z, g);
        var results = Empty(wanted, x, y, w);
        kernel.BackwardDirection(
            lanes.Rows, Rows<T>(y), Rows<T>(w), direction.Rows, Rows<T>(ay), Rows<T>(aw), arriving.Rows, Rows<T>(results[0]),
            Rows<T>(results[1]), Rows<T>(results[2]));
        KeepAlive(y, w, ay, aw);
        return Outside(results);
    }

    private Scratch<T> Lanes<T>(ConvolutionKernel<T> kernel, LaneLayout<T> layout, Tensor rows)
        where T : unmanaged, INumber<T>
    {
        var readable = Readable(rows);
        var lanes = new Scratch<T>(graph.NodeCount, layout.Lanes);
        kernel.ToLanes(layout, Rows<T>(readable), lanes.Rows);
        GC.KeepAlive(readable);
        return lanes;
    }
}

using System.Numerics;
using E3Gen.Kernels;
using TorchSharp;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>(x, y, w) → z of the fused convolution.</summary>
/// <param name="paths">The product of each edge.</param>
/// <param name="graph">The edges.</param>
internal sealed class ConvolutionFunction(ChannelwiseProgram paths, Graph graph) : MultilinearKernel
{
    protected override Tensor Forward<T>(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var (y, w) = (Readable(inputs[1]), Readable(inputs[2]));
        var (program, kernel) = Prepare<T>(w);
        using var x = Lanes(kernel, program.X, inputs[0]);
        var z = Matrix(graph.NodeCount, program.Z.Columns, y.dtype);
        kernel.Forward(x.Rows, Rows<T>(y), Rows<T>(w), Rows<T>(z));
        KeepAlive(y, w);
        return z.MoveToOuterDisposeScope();
    }

    protected override Tensor?[] Gradient<T>(Tensor[] inputs, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var (y, w) = (Readable(inputs[1]), Readable(inputs[2]));
        var (program, kernel) = Prepare<T>(w);
        using Scratch<T> x = Lanes(kernel, program.X, inputs[0]), arriving = Lanes(kernel, program.Z, g);
        var results = Empty(wanted, inputs);
        kernel.Gradient(x.Rows, Rows<T>(y), Rows<T>(w), arriving.Rows, Rows<T>(results[0]), Rows<T>(results[1]), Rows<T>(results[2]));
        KeepAlive(y, w);
        return Outside(results);
    }

    protected override Tensor?[] Second<T>(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        Tensor[] along = OrZeros(tangents, inputs);
        var (y, w, ay, aw) = (Readable(inputs[1]), Readable(inputs[2]), Readable(along[1]), Readable(along[2]));
        var (program, kernel) = Prepare<T>(w);
        using Scratch<T> x = Lanes(kernel, program.X, inputs[0]), ax = Lanes(kernel, program.X, along[0]);
        var results = Empty(wanted, [.. inputs, g]);
        if (wanted.AsSpan(0, inputs.Length).Contains(true))
        {
            using var arriving = Lanes(kernel, program.Z, g);
            kernel.GradientJvp(
                x.Rows, Rows<T>(y), Rows<T>(w), ax.Rows, Rows<T>(ay), Rows<T>(aw), arriving.Rows, Rows<T>(results[0]), Rows<T>(results[1]), Rows<T>(results[2]));
        }

        if (wanted[^1])
        {
            kernel.Jvp(x.Rows, Rows<T>(y), Rows<T>(w), ax.Rows, Rows<T>(ay), Rows<T>(aw), Rows<T>(results[^1]));
        }

        KeepAlive(y, w, ay, aw);
        return Outside(results);
    }

    private (ChannelwiseProgram<T> Program, ConvolutionKernel<T> Kernel) Prepare<T>(Tensor weights)
        where T : unmanaged, INumber<T>
    {
        var program = paths.Program<T>();
        return (program, new ConvolutionKernel<T>(program, graph.Index, weights.size(0) == graph.EdgeCount ? null : graph.Pairs.Pairs, paths.Cost));
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

using System.Numerics;
using E3Gen.Kernels;
using TorchSharp;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>(x, y, w) → z of a channelwise tensor product row by row; without weights (x, y) → z.</summary>
/// <param name="paths">The product.</param>
internal sealed class ChannelwiseFunction(ChannelwiseProgram paths) : MultilinearKernel
{
    protected override Tensor Forward<T>(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var (x, y, w) = Read(inputs);
        var z = Matrix(x.size(0), paths.Program<T>().Z.Columns, x.dtype);
        Kernel<T>(x).Forward(Rows<T>(x), Rows<T>(y), Rows<T>(w), Rows<T>(z));
        KeepAlive(x, y, w);
        return z.MoveToOuterDisposeScope();
    }

    protected override Tensor?[] Gradient<T>(Tensor[] inputs, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var (x, y, w) = Read(inputs);
        g = Readable(g);
        var results = Empty(wanted, inputs);
        Kernel<T>(x).Gradient(Rows<T>(x), Rows<T>(y), Rows<T>(w), Rows<T>(g), Rows<T>(results[0]), Rows<T>(results[1]), Rows<T>(results.ElementAtOrDefault(2)));
        KeepAlive(x, y, w, g);
        return Outside(results);
    }

    protected override Tensor?[] Second<T>(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var (x, y, w) = Read(inputs);
        var (ax, ay, aw) = Read(OrZeros(tangents, inputs));
        g = Readable(g);
        var results = Empty(wanted, [.. inputs, g]);
        var kernel = Kernel<T>(x);
        if (wanted.AsSpan(0, inputs.Length).Contains(true))
        {
            kernel.GradientJvp(
                Rows<T>(x), Rows<T>(y), Rows<T>(w), Rows<T>(ax), Rows<T>(ay), Rows<T>(aw), Rows<T>(g), Rows<T>(results[0]), Rows<T>(results[1]),
                inputs.Length > 2 ? Rows<T>(results[2]) : default);
        }

        if (wanted[^1])
        {
            kernel.Jvp(Rows<T>(x), Rows<T>(y), Rows<T>(w), Rows<T>(ax), Rows<T>(ay), Rows<T>(aw), Rows<T>(results[^1]));
        }

        KeepAlive(x, y, w, ax, ay, aw, g);
        return Outside(results);
    }

    private RowKernel<T> Kernel<T>(Tensor x)
        where T : unmanaged, INumber<T>
    {
        var program = paths.Program<T>();
        double cost = paths.Cost + program.X.Columns + program.Z.Columns; // a tenth of a nanosecond to change a number's place
        return new RowKernel<T>(program, checked((int)x.size(0)), cost);
    }

    private static (Tensor X, Tensor Y, Tensor? W) Read(Tensor[] inputs) =>
        (Readable(inputs[0]), Readable(inputs[1]), inputs.Length > 2 ? Readable(inputs[2]) : null);
}

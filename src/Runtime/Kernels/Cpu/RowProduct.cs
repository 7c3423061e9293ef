using System.Numerics;
using TorchSharp;
using static E3Gen.Kernels.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>The tensor product of rows on tensors.</summary>
internal sealed class RowProduct(CoupledPaths paths) : CoupledProduct
{
    public override Tensor Forward(Tensor x, Tensor y, Tensor? w) =>
        x.dtype == ScalarType.Float32 ? Forward<float>(x, y, w) : Forward<double>(x, y, w);

    public override Tensor?[] Backward(Tensor x, Tensor y, Tensor? w, Tensor g, bool[] wanted) =>
        x.dtype == ScalarType.Float32 ? Backward<float>(x, y, w, g, wanted) : Backward<double>(x, y, w, g, wanted);

    public override Tensor ForwardDirection(Tensor x, Tensor y, Tensor? w, Tensor ax, Tensor ay, Tensor? aw) =>
        x.dtype == ScalarType.Float32 ? ForwardDirection<float>(x, y, w, ax, ay, aw) : ForwardDirection<double>(x, y, w, ax, ay, aw);

    public override Tensor?[] BackwardDirection(Tensor x, Tensor y, Tensor? w, Tensor ax, Tensor ay, Tensor? aw, Tensor g, bool[] wanted) =>
        x.dtype == ScalarType.Float32
            ? BackwardDirection<float>(x, y, w, ax, ay, aw, g, wanted)
            : BackwardDirection<double>(x, y, w, ax, ay, aw, g, wanted);

    private (PathProgram<T> Program, RowKernel<T> Kernel) Prepare<T>(Tensor x)
        where T : unmanaged, INumber<T>
    {
        var program = paths.Program<T>();
        double cost = paths.Cost + program.X.Columns + program.Z.Columns; // a tenth of a nanosecond to change a number's place
        return (program, new RowKernel<T>(program, checked((int)x.size(0)), cost));
    }

    private Tensor Forward<T>(Tensor x, Tensor y, Tensor? w)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var (program, kernel) = Prepare<T>(x);
        (x, y, w) = (Readable(x), Readable(y), ReadableOrNull(w));
        var z = Matrix(x.size(0), program.Z.Columns, x.dtype);
        kernel.Forward(Rows<T>(x), Rows<T>(y), Rows<T>(w), Rows<T>(z));
        KeepAlive(x, y, w);
        return z.MoveToOuterDisposeScope();
    }

    private Tensor?[] Backward<T>(Tensor x, Tensor y, Tensor? w, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var (_, kernel) = Prepare<T>(x);
        (x, y, w, g) = (Readable(x), Readable(y), ReadableOrNull(w), Readable(g));
        var results = Empty(wanted, x, y, w);
        kernel.Backward(Rows<T>(x), Rows<T>(y), Rows<T>(w), Rows<T>(g), Rows<T>(results[0]), Rows<T>(results[1]), Rows<T>(results[2]));
        KeepAlive(x, y, w, g);
        return Outside(results);
    }

    private Tensor ForwardDirection<T>(Tensor x, Tensor y, Tensor? w, Tensor ax, Tensor ay, Tensor? aw)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var (program, kernel) = Prepare<T>(x);
        (x, y, w) = (Readable(x), Readable(y), ReadableOrNull(w));
        (ax, ay, aw) = (Readable(ax), Readable(ay), ReadableOrNull(aw));
        var z = Matrix(x.size(0), program.Z.Columns, x.dtype);
        kernel.ForwardDirection(Rows<T>(x), Rows<T>(y), Rows<T>(w), Rows<T>(ax), Rows<T>(ay), Rows<T>(aw), Rows<T>(z));
        KeepAlive(x, y, w, ax, ay, aw);
        return z.MoveToOuterDisposeScope();
    }

    private Tensor?[] BackwardDirection<T>(Tensor x, Tensor y, Tensor? w, Tensor ax, Tensor ay, Tensor? aw, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var (_, kernel) = Prepare<T>(x);
        (x, y, w, g) = (Readable(x), Readable(y), ReadableOrNull(w), Readable(g));
        (ax, ay, aw) = (Readable(ax), Readable(ay), ReadableOrNull(aw));
        var results = Empty(wanted, x, y, w);
        kernel.BackwardDirection(
            Rows<T>(x), Rows<T>(y), Rows<T>(w), Rows<T>(ax), Rows<T>(ay), Rows<T>(aw), Rows<T>(g), Rows<T>(results[0]), Rows<T>(results[1]),
            Rows<T>(results[2]));
        KeepAlive(x, y, w, ax, ay, aw, g);
        return Outside(results);
    }
}

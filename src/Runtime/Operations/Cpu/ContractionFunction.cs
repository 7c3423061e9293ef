using System.Numerics;
using E3Gen.Kernels;
using TorchSharp;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>(x, A) → z of a symmetric contraction.</summary>
/// <param name="program">The contraction.</param>
/// <param name="rows">The rows of each element.</param>
internal sealed class ContractionFunction(ContractionProgram program, RowsByElement rows) : ComposedKernel
{
    /// <summary>z from products of components, one multiplication each, and their coefficients.</summary>
    protected override Tensor Portable(Tensor[] inputs) =>
        PortableContraction.Of(program).Apply(inputs[0], rows.ToTensors(inputs[0].device), inputs[1]);

    protected override Tensor Forward<T>(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var (x, coefficients) = (Readable(inputs[0]), inputs[1].contiguous());
        var z = Matrix(x.size(0), program.Results * program.Copies, x.dtype);
        Kernel<T>().Forward(Rows<T>(x), Blocks<T>(coefficients), Rows<T>(z));
        KeepAlive(x, coefficients);
        return z.MoveToOuterDisposeScope();
    }

    protected override Tensor?[] Gradient<T>(Tensor[] inputs, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var (x, coefficients) = (Readable(inputs[0]), inputs[1].contiguous());
        g = Readable(g);
        Tensor?[] results = [wanted[0] ? Matrix(x.size(0), x.size(1), x.dtype) : null, wanted[1] ? empty_like(coefficients) : null];
        Kernel<T>().Gradient(Rows<T>(x), Blocks<T>(coefficients), Rows<T>(g), Rows<T>(results[0]), Blocks<T>(results[1]));
        KeepAlive(x, coefficients, g);
        return Outside(results);
    }

    protected override Tensor?[] Second<T>(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        var (x, coefficients) = (Readable(inputs[0]), inputs[1].contiguous());
        g = Readable(g);
        Tensor ax = Readable(tangents[0] ?? zeros_like(x)), aa = (tangents[1] ?? zeros_like(coefficients)).contiguous();
        Tensor?[] results =
        [
            wanted[0] ? Matrix(x.size(0), x.size(1), x.dtype) : null, wanted[1] ? empty_like(coefficients) : null,
            wanted[2] ? Matrix(g.size(0), g.size(1), g.dtype) : null,
        ];
        var kernel = Kernel<T>();
        if (wanted[0] || wanted[1])
        {
            kernel.GradientJvp(
                Rows<T>(x), Rows<T>(ax), Blocks<T>(coefficients), Blocks<T>(aa), Rows<T>(g), Rows<T>(results[0]), Blocks<T>(results[1]));
        }

        if (wanted[2])
        {
            kernel.Jvp(Rows<T>(x), Rows<T>(ax), Blocks<T>(coefficients), Blocks<T>(aa), Rows<T>(results[2]));
        }

        KeepAlive(x, ax, coefficients, aa, g);
        return Outside(results);
    }

    private ContractionKernel<T> Kernel<T>()
        where T : unmanaged, INumber<T> => new(program, rows);

    /// <summary>[elements, entries, copies] as a matrix of elements.</summary>
    private static Matrix2D<T> Blocks<T>(Tensor? coefficients)
        where T : unmanaged => Rows<T>(coefficients);
}

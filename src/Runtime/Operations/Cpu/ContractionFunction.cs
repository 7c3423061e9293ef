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
    public override Tensor Forward(Tensor[] inputs) =>
        inputs[0].dtype == ScalarType.Float32 ? Forward<float>(inputs[0], inputs[1]) : Forward<double>(inputs[0], inputs[1]);

    public override Tensor?[] Gradient(Tensor[] inputs, Tensor g, bool[] wanted) => inputs[0].dtype == ScalarType.Float32
        ? Gradient<float>(inputs[0], inputs[1], g, wanted)
        : Gradient<double>(inputs[0], inputs[1], g, wanted);

    public override Tensor?[] Second(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted) => inputs[0].dtype == ScalarType.Float32
        ? Second<float>(inputs[0], inputs[1], tangents, g, wanted)
        : Second<double>(inputs[0], inputs[1], tangents, g, wanted);

    /// <summary>z from products of components, one multiplication each, and their coefficients.</summary>
    protected override Tensor Portable(Tensor[] inputs) =>
        PortableContraction.Of(program).Apply(inputs[0], rows.ToTensors(CPU), inputs[1]);

    private Tensor Forward<T>(Tensor x, Tensor coefficients)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (x, coefficients) = (Readable(x), coefficients.contiguous());
        var z = Matrix(x.size(0), program.Results * program.Copies, x.dtype);
        Kernel<T>().Forward(Rows<T>(x), Blocks<T>(coefficients), Rows<T>(z));
        KeepAlive(x, coefficients);
        return z.MoveToOuterDisposeScope();
    }

    private Tensor?[] Gradient<T>(Tensor x, Tensor coefficients, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (x, g, coefficients) = (Readable(x), Readable(g), coefficients.contiguous());
        Tensor?[] results = [wanted[0] ? Matrix(x.size(0), x.size(1), x.dtype) : null, wanted[1] ? empty_like(coefficients) : null];
        Kernel<T>().Gradient(Rows<T>(x), Blocks<T>(coefficients), Rows<T>(g), Rows<T>(results[0]), Blocks<T>(results[1]));
        KeepAlive(x, coefficients, g);
        return Outside(results);
    }

    private Tensor?[] Second<T>(Tensor x, Tensor coefficients, Tensor?[] tangents, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        (x, g, coefficients) = (Readable(x), Readable(g), coefficients.contiguous());
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

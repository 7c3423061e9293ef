using System.Numerics;

namespace E3Gen.Kernels.Cpu;

/// <summary>Harmonics of rows, block by block. Blocks are the same for any number of threads.</summary>
internal sealed unsafe class HarmonicKernel<T>(HarmonicProgram<T> program, int rows)
    where T : unmanaged, INumber<T>
{
    /// <summary>y = Y(v).</summary>
    public void Forward(Matrix2D<T> v, Matrix2D<T> y) => ForBlocks<Plain<T>>(program.Cost, (block, first) =>
    {
        block.Take(From(first, v), default);
        block.Harmonics(From(first, y));
    });

    /// <summary>The cotangent of v.</summary>
    public void Backward(Matrix2D<T> v, Matrix2D<T> g, Matrix2D<T> gv) => ForBlocks<Plain<T>>(2 * program.Cost, (block, first) =>
    {
        block.Take(From(first, v), default);
        block.Backward(From(first, g), From(first, gv));
    });

    /// <summary>The derivatives of both in the direction a of v; those that are null are not wanted.</summary>
    public void Direction(Matrix2D<T> v, Matrix2D<T> g, Matrix2D<T> a, Matrix2D<T> dv, Matrix2D<T> dy) => ForBlocks<Dual<T>>(6 * program.Cost, (block, first) =>
    {
        block.Take(From(first, v), From(first, a));
        if (!dy.IsNull)
        {
            block.Harmonics(From(first, dy));
        }

        if (!dv.IsNull)
        {
            block.Backward(From(first, g), From(first, dv));
        }
    });

    private void ForBlocks<TNumber>(double cost, Action<HarmonicBlock<T, TNumber>, int> body)
        where TNumber : struct, ILaneNumber<TNumber, T>
    {
        int blocks = (int)(((long)rows + TNumber.Lanes - 1) / TNumber.Lanes);
        Work.For(blocks, cost * TNumber.Lanes, (from, to) =>
        {
            var block = new HarmonicBlock<T, TNumber>(program);
            for (int b = from; b < to; b++)
            {
                body(block, b * TNumber.Lanes);
            }
        });
    }

    private BlockRows<T> From(int first, Matrix2D<T> matrix) => new((nint)matrix.Row(first), matrix.Stride, rows - first);
}

using System.Numerics;

namespace E3Gen.Kernels.Cpu;

/// <summary>Harmonics of rows, block by block. Blocks are the same for any number of threads.</summary>
internal sealed unsafe class HarmonicKernel<T>(HarmonicProgram<T> program, int rows)
    where T : unmanaged, INumber<T>
{
    private readonly int _blocks = (int)(((long)rows + Vector<T>.Count - 1) / Vector<T>.Count);
    private readonly double _cost = program.Cost * Vector<T>.Count;

    /// <summary>y = Y(v).</summary>
    public void Forward(Matrix2D<T> v, Matrix2D<T> y) => Work.For(_blocks, _cost, (from, to) =>
    {
        var block = new HarmonicBlock<T>(program);
        for (int b = from; b < to; b++)
        {
            block.Forward(Block(v, b), Block(y, b));
        }
    });

    /// <summary>The cotangent of v.</summary>
    public void Backward(Matrix2D<T> v, Matrix2D<T> g, Matrix2D<T> gv) => Work.For(_blocks, 2 * _cost, (from, to) =>
    {
        var block = new HarmonicBlock<T>(program);
        for (int b = from; b < to; b++)
        {
            block.Backward(Block(v, b), Block(g, b), Block(gv, b));
        }
    });

    /// <summary>The derivatives of both in the direction a of v; those that are null are not wanted.</summary>
    public void Direction(Matrix2D<T> v, Matrix2D<T> g, Matrix2D<T> a, Matrix2D<T> dv, Matrix2D<T> dy) => Work.For(_blocks, 4 * _cost, (from, to) =>
    {
        var block = new HarmonicBlock<T>(program);
        for (int b = from; b < to; b++)
        {
            block.Direction(Block(v, b), Block(g, b), Block(a, b), Block(dv, b), Block(dy, b));
        }
    });

    private HarmonicBlock<T>.Rows Block(Matrix2D<T> matrix, int block)
    {
        int first = block * Vector<T>.Count;
        return matrix.IsNull ? default : new((nint)matrix.Row(first), matrix.Stride, Math.Min(Vector<T>.Count, rows - first));
    }
}

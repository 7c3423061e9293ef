using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>Harmonics of rows, block by block. Blocks are the same for any number of threads.</summary>
internal sealed unsafe class HarmonicKernel<T>(HarmonicProgram<T> program, int rows)
    where T : unmanaged, INumber<T>
{
    /// <summary>y = Y(v).</summary>
    public void Forward(Matrix2D<T> v, Matrix2D<T> y)
    {
        if (Vector512Number<T>.IsSupported)
        {
            Forward<Pair<Vector512Number<T>, T>>(v, y);
        }
        else
        {
            Forward<Pair<VectorNumber<T>, T>>(v, y);
        }
    }

    /// <summary>The cotangent of v.</summary>
    public void Gradient(Matrix2D<T> v, Matrix2D<T> g, Matrix2D<T> gv)
    {
        if (Vector512Number<T>.IsSupported)
        {
            Gradient<Pair<Vector512Number<T>, T>>(v, g, gv);
        }
        else
        {
            Gradient<Pair<VectorNumber<T>, T>>(v, g, gv);
        }
    }

    /// <summary>The derivatives of both in the direction a of v; null for those that are not needed.</summary>
    public void Second(Matrix2D<T> v, Matrix2D<T> g, Matrix2D<T> a, Matrix2D<T> dv, Matrix2D<T> dy)
    {
        if (Vector512Number<T>.IsSupported)
        {
            Second<Dual<Vector512Number<T>, T>>(v, g, a, dv, dy);
        }
        else
        {
            Second<Dual<VectorNumber<T>, T>>(v, g, a, dv, dy);
        }
    }

    private void Forward<TNumber>(Matrix2D<T> v, Matrix2D<T> y)
        where TNumber : struct, ILaneNumber<TNumber, T> => ForBlocks(program.Cost, TNumber.Lanes, (from, to) =>
        {
            var block = new HarmonicBlock<T, TNumber>(program, rows);
            for (long first = from; first < to; first += TNumber.Lanes)
            {
                block.Take(From(first, v), default);
                block.Forward(From(first, y));
            }
        });

    private void Gradient<TNumber>(Matrix2D<T> v, Matrix2D<T> g, Matrix2D<T> gv)
        where TNumber : struct, ILaneNumber<TNumber, T> => ForBlocks(1.5 * program.Cost, TNumber.Lanes, (from, to) =>
        {
            var block = new HarmonicBlock<T, TNumber>(program, rows);
            for (long first = from; first < to; first += TNumber.Lanes)
            {
                block.Take(From(first, v), default);
                block.Gradient(From(first, g), From(first, gv));
            }
        });

    private void Second<TNumber>(Matrix2D<T> v, Matrix2D<T> g, Matrix2D<T> a, Matrix2D<T> dv, Matrix2D<T> dy)
        where TNumber : struct, ILaneNumber<TNumber, T> => ForBlocks(4 * program.Cost, TNumber.Lanes, (from, to) =>
        {
            var block = new HarmonicBlock<T, TNumber>(program, rows);
            for (long first = from; first < to; first += TNumber.Lanes)
            {
                block.Take(From(first, v), From(first, a));
                if (!dy.IsNull)
                {
                    block.Forward(From(first, dy));
                }

                if (!dv.IsNull)
                {
                    block.Gradient(From(first, g), From(first, dv));
                }
            }
        });

    /// <param name="cost">Of a row.</param>
    /// <param name="lanes">Rows of a block.</param>
    /// <param name="body">Does blocks with the rows from … to − 1.</param>
    private void ForBlocks(double cost, int lanes, Action<long, long> body)
    {
        int blocks = (int)(((long)rows + lanes - 1) / lanes);
        Work.For(blocks, cost * lanes, (from, to) => body((long)from * lanes, Math.Min(rows, (long)to * lanes)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BlockRows<T> From(long first, Matrix2D<T> matrix) => new((nint)matrix.Row(first), matrix.Stride, (int)(rows - first));
}

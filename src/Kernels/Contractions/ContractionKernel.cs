using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// Symmetric contractions of rows. Each range of copies is done by itself, for all rows: its coefficients stay in the nearest cache, every sum over rows
/// has one owner and one order, and results do not depend on the number of threads.
/// </summary>
internal sealed unsafe class ContractionKernel<T>
    where T : unmanaged, INumber<T>
{
    private readonly ContractionProgram _program;
    private readonly ContractionOrder _order;
    private readonly RowsByElement _rows;
    private readonly LaneLayout<T> _x, _z;
    private readonly int _stride;

    /// <param name="program">The contraction.</param>
    /// <param name="rows">The rows of each element.</param>
    public ContractionKernel(ContractionProgram program, RowsByElement rows)
    {
        (_program, _order, _rows) = (program, program.Order, rows);
        bool innermost = program.Layout == Layout.IrMul;
        _x = new LaneLayout<T>([.. program.X.Select(l => (program.Copies, l))], innermost);
        _z = new LaneLayout<T>([.. program.Z.Select(l => (program.Copies, l))], innermost);
        _stride = LaneRange<T>.Stride(program.Copies);
    }

    /// <summary>z.</summary>
    public void Forward(Matrix2D<T> x, Matrix2D<T> coefficients, Matrix2D<T> z)
    {
        using var xs = Load(_x, x);
        using var zs = new Scratch<T>(_rows.Rows.Length, _z.Lanes);
        if (IsWide)
        {
            Each<Vector512Number<T>>(1, block => block.Forward(xs.Rows, default, coefficients, default, zs.Rows));
        }
        else
        {
            Each<VectorNumber<T>>(1, block => block.Forward(xs.Rows, default, coefficients, default, zs.Rows));
        }

        Store(_z, zs, z);
    }

    /// <summary>The derivative of z in the direction (ax, aa).</summary>
    public void Jvp(Matrix2D<T> x, Matrix2D<T> ax, Matrix2D<T> coefficients, Matrix2D<T> aa, Matrix2D<T> dz)
    {
        using Scratch<T> xs = Load(_x, x), axs = Load(_x, ax);
        using var zs = new Scratch<T>(_rows.Rows.Length, _z.Lanes);
        if (IsWide)
        {
            Each<Dual<Vector512Number<T>, T>>(3, block => block.Forward(xs.Rows, axs.Rows, coefficients, aa, zs.Rows));
        }
        else
        {
            Each<Dual<VectorNumber<T>, T>>(3, block => block.Forward(xs.Rows, axs.Rows, coefficients, aa, zs.Rows));
        }

        Store(_z, zs, dz);
    }

    /// <summary>The cotangents of x and of the coefficients; those that are null are not wanted.</summary>
    public void Gradient(Matrix2D<T> x, Matrix2D<T> coefficients, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> ga)
    {
        using Scratch<T> xs = Load(_x, x), gs = Load(_z, g), gxs = new(_rows.Rows.Length, _x.Lanes);
        if (IsWide)
        {
            Each<Vector512Number<T>>(3, block => block.Gradient(xs.Rows, default, coefficients, default, gs.Rows, gxs.Rows, ga));
        }
        else
        {
            Each<VectorNumber<T>>(3, block => block.Gradient(xs.Rows, default, coefficients, default, gs.Rows, gxs.Rows, ga));
        }

        Store(_x, gxs, gx);
    }

    /// <summary>The derivatives of both in the direction (ax, aa); those that are null are not wanted.</summary>
    public void GradientJvp(
        Matrix2D<T> x, Matrix2D<T> ax, Matrix2D<T> coefficients, Matrix2D<T> aa, Matrix2D<T> g, Matrix2D<T> dx, Matrix2D<T> da)
    {
        using Scratch<T> xs = Load(_x, x), axs = Load(_x, ax), gs = Load(_z, g), dxs = new(_rows.Rows.Length, _x.Lanes);
        if (IsWide)
        {
            Each<Dual<Vector512Number<T>, T>>(9, block => block.Gradient(xs.Rows, axs.Rows, coefficients, aa, gs.Rows, dxs.Rows, da));
        }
        else
        {
            Each<Dual<VectorNumber<T>, T>>(9, block => block.Gradient(xs.Rows, axs.Rows, coefficients, aa, gs.Rows, dxs.Rows, da));
        }

        Store(_x, dxs, dx);
    }

    private bool IsWide => LaneRange<T>.IsWide && _stride % Vector512Number<T>.Copies == 0;

    /// <param name="work">How often the work of a forward pass.</param>
    /// <param name="body">Does one range of copies.</param>
    private void Each<TNumber>(double work, Action<ContractionBlockKernel<T, TNumber>> body)
        where TNumber : struct, ILaneNumber<TNumber, T>
    {
        int ranges = (_program.Copies + TNumber.Copies - 1) / TNumber.Copies;
        Work.For(ranges, 3 * work * _order.Cost * _rows.Rows.Length, (from, to) =>
        {
            for (int range = from; range < to; range++)
            {
                body(new ContractionBlockKernel<T, TNumber>(_program, _order, _rows, _stride, range * TNumber.Copies));
            }
        });
    }

    /// <summary>The rows as lanes, in the order of their elements.</summary>
    private Scratch<T> Load(LaneLayout<T> layout, Matrix2D<T> rows)
    {
        var lanes = new Scratch<T>(_rows.Rows.Length, layout.Lanes);
        Work.For(_rows.Rows.Length, layout.Lanes, (from, to) =>
        {
            for (int r = from; r < to; r++)
            {
                layout.Load(rows.Row(_rows.Rows[r]), lanes.Rows.Row(r));
            }
        });
        return lanes;
    }

    private void Store(LaneLayout<T> layout, Scratch<T> lanes, Matrix2D<T> rows)
    {
        if (!rows.IsNull)
        {
            Work.For(_rows.Rows.Length, layout.Lanes, (from, to) =>
            {
                for (int r = from; r < to; r++)
                {
                    layout.Store(lanes.Rows.Row(r), rows.Row(_rows.Rows[r]));
                }
            });
        }
    }
}

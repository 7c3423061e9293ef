using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>Tensor products row by row.</summary>
internal sealed unsafe class RowKernel<T>(ChannelwiseProgram<T> program, int rows, double cost)
    where T : unmanaged, INumber<T>
{
    private static int[] _identity = [];
    private readonly int[] _order = Identity(rows);

    /// <summary>z = F(x, y, w).</summary>
    public void Forward(Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> z) => Work.For(rows, cost, (from, to) =>
    {
        bool nonTemporal = NonTemporal.IsWorth<T>((long)rows * program.Z.Columns);
        var kernel = EdgeKernel<T>.Create(program, program.X.Lanes + program.Z.WidestSegment);
        var block = new EdgeBlock<T>(kernel, y, default, _order, from, to, Inputs(x), Weights(w));
        T* input = kernel.Extra, result = input + program.X.Lanes;
        for (int r = from; r < to; r++)
        {
            program.X.Load(x.Row(r), input);
            kernel.ForwardRow(block.Lane(r), input, w.Row(r), result, z.Row(r), nonTemporal);
        }
    });

    /// <summary>The cotangents of x, y and w; null for those that are not needed.</summary>
    public void Gradient(Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> gy, Matrix2D<T> gw) =>
        Work.For(rows, 3 * cost, (from, to) =>
        {
            bool product = !gx.IsNull || !gw.IsNull;
            var kernel = EdgeKernel<T>.Create(program, (2 * program.X.Lanes) + program.Z.WidestSegment, withGradientY: product && !gy.IsNull);
            var block = new EdgeBlock<T>(kernel, y, default, _order, from, to, Inputs(x), Weights(w), Arriving(g));
            bool nonTemporal = IsNonTemporal(gw), nonTemporalInput = NonTemporal.IsWorth<T>((long)rows * program.X.Columns);
            T* input = kernel.Extra, sum = input + program.X.Lanes, arriving = sum + program.X.Lanes;
            for (int r = from; r < to; r++)
            {
                int lane = block.Lane(r);
                program.X.Load(x.Row(r), input);
                Lanes.Clear(sum, program.X.Lanes);
                kernel.GradientRow(
                    lane, input, w.Row(r), arriving, g.Row(r), product ? sum : null, gw.RowOrNull(r), gy.RowOrNull(r), nonTemporal);
                if (!gx.IsNull)
                {
                    program.X.Store(sum, gx.Row(r), nonTemporalInput);
                }
            }
        });

    /// <summary>The derivative of <see cref="Forward"/> in the direction (ax, ay, aw).</summary>
    public void Jvp(
        Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> ax, Matrix2D<T> ay, Matrix2D<T> aw, Matrix2D<T> z) =>
        Work.For(rows, 2 * cost, (from, to) =>
        {
            var kernel = EdgeKernel<T>.Create(program, (2 * program.X.Lanes) + program.Z.Lanes);
            var block = new EdgeBlock<T>(kernel, y, ay, _order, from, to, Inputs(x), Inputs(ax), Weights(w), Weights(aw));
            T* input = kernel.Extra, direction = input + program.X.Lanes, result = direction + program.X.Lanes;
            for (int r = from; r < to; r++)
            {
                program.X.Load(x.Row(r), input);
                program.X.Load(ax.Row(r), direction);
                new Span<T>(result, program.Z.Lanes).Clear();
                kernel.Jvp(block.Lane(r), input, direction, w.Row(r), aw.RowOrNull(r), result);
                program.Z.Store(result, z.Row(r));
            }
        });

    /// <summary>The derivatives of <see cref="Gradient"/> in the direction (ax, ay, aw).</summary>
    public void GradientJvp(
        Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> ax, Matrix2D<T> ay, Matrix2D<T> aw, Matrix2D<T> g, Matrix2D<T> gx,
        Matrix2D<T> gy, Matrix2D<T> gw) =>
        Work.For(rows, 4 * cost, (from, to) =>
        {
            var kernel = EdgeKernel<T>.Create(program, (3 * program.X.Lanes) + program.Z.Lanes);
            var block = new EdgeBlock<T>(kernel, y, ay, _order, from, to, Inputs(x), Inputs(ax), Weights(w), Weights(aw), Arriving(g));
            bool product = !gx.IsNull || !gw.IsNull, nonTemporal = IsNonTemporal(gw);
            T* input = kernel.Extra, direction = input + program.X.Lanes, sum = direction + program.X.Lanes,
                arriving = sum + program.X.Lanes;
            for (int r = from; r < to; r++)
            {
                int lane = block.Lane(r);
                T* weights = w.Row(r), weightDirection = aw.RowOrNull(r);
                program.X.Load(x.Row(r), input);
                program.X.Load(ax.Row(r), direction);
                program.Z.Load(g.Row(r), arriving);
                if (product)
                {
                    new Span<T>(sum, program.X.Lanes).Clear();
                    kernel.GradientJvp(lane, input, direction, weights, weightDirection, arriving, sum, gw.RowOrNull(r), nonTemporal);
                }

                if (!gy.IsNull)
                {
                    kernel.GradientYJvp(input, direction, weights, weightDirection, arriving, gy.Row(r));
                }

                if (!gx.IsNull)
                {
                    program.X.Store(sum, gx.Row(r));
                }
            }
        });

    private bool IsNonTemporal(Matrix2D<T> gw) => !gw.IsNull && NonTemporal.IsWorth<T>((long)rows * program.WeightCount);

    private EdgeRows<T> Rows(Matrix2D<T> matrix, int columns) => EdgeRows<T>.Of(matrix, rows, _order, columns);

    private EdgeRows<T> Inputs(Matrix2D<T> x) => Rows(x, program.X.Columns);

    private EdgeRows<T> Weights(Matrix2D<T> w) => Rows(w, program.WeightCount);

    private EdgeRows<T> Arriving(Matrix2D<T> g) => Rows(g, program.Z.Columns);

    private static int[] Identity(int count)
    {
        var identity = _identity; // another thread may replace it by a shorter one
        return identity.Length >= count ? identity : _identity = [.. Enumerable.Range(0, count + (count / 2))];
    }
}

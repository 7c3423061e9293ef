using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// Processes edges in a given order: prepares the coupling matrices of as many edges at a time as a vector has lanes,
/// and prefetches the rows that the next edge will read.
/// </summary>
internal readonly ref struct EdgeBlock<T>
    where T : unmanaged, INumber<T>
{
    private readonly EdgeKernel<T> _kernel;
    private readonly Matrix2D<T> _y;
    private readonly Matrix2D<T> _direction;
    private readonly ReadOnlySpan<int> _order;
    private readonly int _first;
    private readonly EdgeRows<T>[] _fetched;

    /// <param name="kernel">Receives the matrices.</param>
    /// <param name="y">Edge attributes.</param>
    /// <param name="direction">A direction of the edge attributes, or nothing.</param>
    /// <param name="order">Edges in the order of the walk.</param>
    /// <param name="first">Where the walk begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="fetched">What the edges read.</param>
    public EdgeBlock(
        EdgeKernel<T> kernel, Matrix2D<T> y, Matrix2D<T> direction, int[] order, int first, int end, params EdgeRows<T>[] fetched)
    {
        (_kernel, _y, _direction, _first, _fetched) = (kernel, y, direction, first, fetched);
        _order = order.AsSpan(0, end);
    }

    /// <summary>The lane of the edge at a position of the order; positions come one after the other.</summary>
    public int Lane(int position)
    {
        if (position + 1 < _order.Length)
        {
            _kernel.Ahead.Start(_fetched, _order[position + 1]);
        }

        int lane = (position - _first) % Vector<T>.Count;
        if (lane == 0)
        {
            var edges = _order.Slice(position, Math.Min(Vector<T>.Count, _order.Length - position));
            _kernel.Prepare(_y, edges);
            if (!_direction.IsNull)
            {
                _kernel.PrepareDirection(_direction, edges);
            }
        }

        return lane;
    }
}

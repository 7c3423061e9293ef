using System.Numerics;

namespace E3Gen.Kernels.Cpu;

/// <summary>Walks over edges in a given order and prepares the coupling matrices of as many as a vector has lanes at a time.</summary>
internal ref struct EdgeBlock<T>
    where T : unmanaged, INumber<T>
{
    private readonly EdgeKernel<T> _kernel;
    private readonly Matrix2D<T> _y;
    private readonly Matrix2D<T> _direction;
    private readonly ReadOnlySpan<int> _order;
    private readonly int _first;

    /// <param name="kernel">Receives the matrices.</param>
    /// <param name="y">Edge attributes.</param>
    /// <param name="direction">A direction of the edge attributes, or nothing.</param>
    /// <param name="order">Edges in the order of the walk.</param>
    /// <param name="first">Where the walk begins.</param>
    /// <param name="end">Where it ends.</param>
    public EdgeBlock(EdgeKernel<T> kernel, Matrix2D<T> y, Matrix2D<T> direction, int[] order, int first, int end)
    {
        (_kernel, _y, _direction, _first) = (kernel, y, direction, first);
        _order = order.AsSpan(0, end);
    }

    /// <summary>The lane of the edge at a position of the order; positions come one after the other.</summary>
    public readonly int Lane(int position)
    {
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

using System.Numerics;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// Fused convolution: gathers sources, couples with edges, weighs and sums, without anything stored for an edge. Sums over the edges that arrive at a node and, in derivatives, over
/// those that leave one are each done by the thread that owns the node, in the order of the edges. All edges of a node take one kind of loops, then all take the other: the code of both
/// is more than the caches for instructions hold.
/// </summary>
/// <param name="program">The paths.</param>
/// <param name="graph">The edges.</param>
/// <param name="pairs">Opposite edges that share a row of weights; null where every edge has its own.</param>
/// <param name="cost">Tenths of a nanosecond that an edge takes, about.</param>
internal sealed unsafe class ConvolutionKernel<T>(PathProgram<T> program, EdgeIndex graph, EdgePairs? pairs, double cost)
    where T : unmanaged, INumber<T>
{
    private readonly int _nodes = graph.Offsets.Length - 1;
    private readonly double _costOfNode = cost * graph.Source.Length / Math.Max(1, graph.Offsets.Length - 1);

    private readonly int[] _weightRow = pairs?.OfEdge ?? graph.Identity;

    /// <summary>Rows of a tensor as kernels read them.</summary>
    public void ToLanes(LaneLayout<T> layout, Matrix2D<T> rows, Matrix2D<T> lanes) =>
        Work.For(_nodes, layout.Columns, (from, to) =>
        {
            for (int n = from; n < to; n++)
            {
                layout.Load(rows.Row(n), lanes.Row(n));
            }
        });

    /// <summary>z[n] = Σ F(x[source], y, w) over the edges that arrive at n.</summary>
    public void Forward(Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> z) => Work.For(_nodes, _costOfNode, (from, to) =>
    {
        var kernel = EdgeKernel<T>.Create(program, program.Z.Lanes);
        var block = new EdgeBlock<T>(kernel, y, default, graph.Identity, graph.Offsets[from], graph.Offsets[to], Nodes(x), Weights(w));
        T* sum = kernel.Extra;
        for (int n = from; n < to; n++)
        {
            new Span<T>(sum, program.Z.Lanes).Clear();
            for (int e = graph.Offsets[n]; e < graph.Offsets[n + 1]; e++)
            {
                kernel.Forward(block.Lane(e), x.Row(graph.Source[e]), w.Row(_weightRow[e]), sum);
            }

            program.Z.Store(sum, z.Row(n));
        }
    });

    /// <summary>The cotangents of x, y and w; those that are null are not wanted.</summary>
    public void Backward(Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> gy, Matrix2D<T> gw)
    {
        if (Work.Threads(_nodes, 3 * _costOfNode) == 1)
        {
            BackwardInOrder(x, y, w, g, gx, gy, gw);
        }
        else
        {
            using var edges = PerEdge(gw);
            BackwardBySource(x, y, w, g, gx, gy, edges?.Rows ?? gw);
            SumPairs(edges, gw);
        }
    }

    /// <summary>Room for the weights' cotangents of each edge, where edges share weights and threads would share sums.</summary>
    private Scratch<T>? PerEdge(Matrix2D<T> gw) => pairs is null || gw.IsNull ? null : new Scratch<T>(graph.Source.Length, program.WeightCount);

    /// <summary>The cotangents of each pair's weights: those of its edges, in the order of the edges.</summary>
    private void SumPairs(Scratch<T>? edges, Matrix2D<T> gw)
    {
        if (edges is null)
        {
            return;
        }

        Work.For(graph.Source.Length, program.WeightCount, (from, to) =>
        {
            for (int e = from; e < to; e++)
            {
                if (pairs!.IsFirst(e))
                {
                    T* sum = gw.Row(pairs.OfEdge[e]);
                    new Span<T>(edges.Rows.Row(e), program.WeightCount).CopyTo(new Span<T>(sum, program.WeightCount));
                    if (pairs.Opposite(e) is >= 0 and var second)
                    {
                        Add(edges.Rows.Row(second), sum);
                    }
                }
            }
        });
    }

    private void Add(T* terms, T* sums)
    {
        int i = 0;
        for (; i <= program.WeightCount - Vector<T>.Count; i += Vector<T>.Count)
        {
            (Vector.Load(sums + i) + Vector.Load(terms + i)).Store(sums + i);
        }

        for (; i < program.WeightCount; i++)
        {
            sums[i] += terms[i];
        }
    }

    /// <summary>
    /// One thread takes the edges in their own order, so that what belongs to edges streams by, and adds to sources as it goes: the same sums in the same order as by source.
    /// </summary>
    private void BackwardInOrder(Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> gy, Matrix2D<T> gw)
    {
        using var sums = new Scratch<T>(_nodes, program.X.Lanes);
        new Span<T>(sums.Rows.Row(0), checked(_nodes * program.X.Lanes)).Clear();
        var kernel = EdgeKernel<T>.Create(program, program.WeightCount);
        var block = new EdgeBlock<T>(kernel, y, default, graph.Identity, 0, graph.Source.Length, Nodes(x), Weights(w), Nodes(sums.Rows));
        bool product = !gx.IsNull || !gw.IsNull, streams = Streams(gw);
        for (int n = 0; n < _nodes; n++)
        {
            for (int e = graph.Offsets[n]; product && e < graph.Offsets[n + 1]; e++)
            {
                int source = graph.Source[e];
                bool isFirst = pairs?.IsFirst(e) != false;
                T* weightGradient = gw.IsNull ? null : isFirst ? gw.Row(_weightRow[e]) : kernel.Extra;
                kernel.Backward(block.Lane(e), x.Row(source), w.Row(_weightRow[e]), g.Row(n), sums.Rows.Row(source), weightGradient, streams);
                if (!isFirst && !gw.IsNull)
                {
                    Add(kernel.Extra, gw.Row(_weightRow[e]));
                }
            }

            for (int e = graph.Offsets[n]; !gy.IsNull && e < graph.Offsets[n + 1]; e++)
            {
                kernel.Outer(x.Row(graph.Source[e]), w.Row(_weightRow[e]), g.Row(n), gy.Row(e));
            }
        }

        for (int n = 0; n < _nodes && !gx.IsNull; n++)
        {
            program.X.Store(sums.Rows.Row(n), gx.Row(n));
        }
    }

    private void BackwardBySource(Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> gy, Matrix2D<T> gw) =>
        Work.For(_nodes, 3 * _costOfNode, (from, to) =>
        {
            var kernel = EdgeKernel<T>.Create(program, program.X.Lanes);
            var block = new EdgeBlock<T>(kernel, y, default, graph.BySource, graph.SourceOffsets[from], graph.SourceOffsets[to], Weights(w), Arriving(g));
            bool product = !gx.IsNull || !gw.IsNull, streams = Streams(gw);
            T* sum = kernel.Extra;
            for (int n = from; n < to; n++)
            {
                new Span<T>(sum, program.X.Lanes).Clear();
                for (int position = graph.SourceOffsets[n]; product && position < graph.SourceOffsets[n + 1]; position++)
                {
                    int e = graph.BySource[position];
                    kernel.Backward(block.Lane(position), x.Row(n), w.Row(_weightRow[e]), g.Row(graph.Destination[e]), sum, gw.RowOrNull(e), streams);
                }

                for (int position = graph.SourceOffsets[n]; !gy.IsNull && position < graph.SourceOffsets[n + 1]; position++)
                {
                    int e = graph.BySource[position];
                    kernel.Outer(x.Row(n), w.Row(_weightRow[e]), g.Row(graph.Destination[e]), gy.Row(e));
                }

                if (!gx.IsNull)
                {
                    program.X.Store(sum, gx.Row(n));
                }
            }
        });

    /// <summary>The derivative of <see cref="Forward"/> in the direction (ax, ay, aw).</summary>
    public void ForwardDirection(Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> ax, Matrix2D<T> ay, Matrix2D<T> aw, Matrix2D<T> z) =>
        Work.For(_nodes, 2 * _costOfNode, (from, to) =>
        {
            var kernel = EdgeKernel<T>.Create(program, program.Z.Lanes);
            var block = new EdgeBlock<T>(kernel, y, ay, graph.Identity, graph.Offsets[from], graph.Offsets[to], Nodes(x), Nodes(ax), Weights(w), Weights(aw));
            T* sum = kernel.Extra;
            for (int n = from; n < to; n++)
            {
                new Span<T>(sum, program.Z.Lanes).Clear();
                for (int e = graph.Offsets[n]; e < graph.Offsets[n + 1]; e++)
                {
                    int source = graph.Source[e], lane = block.Lane(e);
                    kernel.ForwardDirection(lane, x.Row(source), ax.Row(source), w.Row(_weightRow[e]), aw.Row(_weightRow[e]), sum);
                }

                program.Z.Store(sum, z.Row(n));
            }
        });

    /// <summary>The derivatives of <see cref="Backward"/> in the direction (ax, ay, aw).</summary>
    public void BackwardDirection(
        Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> ax, Matrix2D<T> ay, Matrix2D<T> aw, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> gy, Matrix2D<T> gw)
    {
        using var edges = PerEdge(gw);
        BackwardDirectionBySource(x, y, w, ax, ay, aw, g, gx, gy, edges?.Rows ?? gw);
        SumPairs(edges, gw);
    }

    private void BackwardDirectionBySource(
        Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> ax, Matrix2D<T> ay, Matrix2D<T> aw, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> gy, Matrix2D<T> gw) =>
        Work.For(_nodes, 4 * _costOfNode, (from, to) =>
        {
            var kernel = EdgeKernel<T>.Create(program, program.X.Lanes);
            var block = new EdgeBlock<T>(kernel, y, ay, graph.BySource, graph.SourceOffsets[from], graph.SourceOffsets[to], Weights(w), Weights(aw), Arriving(g));
            bool product = !gx.IsNull || !gw.IsNull, streams = Streams(gw);
            T* sum = kernel.Extra;
            for (int n = from; n < to; n++)
            {
                new Span<T>(sum, program.X.Lanes).Clear();
                for (int position = graph.SourceOffsets[n]; product && position < graph.SourceOffsets[n + 1]; position++)
                {
                    int e = graph.BySource[position], lane = block.Lane(position), row = _weightRow[e];
                    kernel.BackwardDirection(lane, x.Row(n), ax.Row(n), w.Row(row), aw.Row(row), g.Row(graph.Destination[e]), sum, gw.RowOrNull(e), streams);
                }

                for (int position = graph.SourceOffsets[n]; !gy.IsNull && position < graph.SourceOffsets[n + 1]; position++)
                {
                    int e = graph.BySource[position], row = _weightRow[e];
                    kernel.OuterDirection(x.Row(n), ax.Row(n), w.Row(row), aw.Row(row), g.Row(graph.Destination[e]), gy.Row(e));
                }

                if (!gx.IsNull)
                {
                    program.X.Store(sum, gx.Row(n));
                }
            }
        });

    /// <summary>Whether the weights' cotangents are more than the caches hold, and not read again to be summed for pairs.</summary>
    private bool Streams(Matrix2D<T> gw) => pairs is null && !gw.IsNull && Streaming.IsWorth<T>((long)graph.Source.Length * program.WeightCount);

    private EdgeRows<T> Nodes(Matrix2D<T> x) => EdgeRows<T>.Of(x, _nodes, graph.Source, program.X.Lanes);

    private EdgeRows<T> Arriving(Matrix2D<T> g) => EdgeRows<T>.Of(g, _nodes, graph.Destination, program.Z.Lanes);

    private EdgeRows<T> Weights(Matrix2D<T> w) => EdgeRows<T>.Of(w, graph.Source.Length, _weightRow, program.WeightCount);
}

using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// Fused convolution: gathers sources, couples with edges, weights and sums, without intermediates per edge. The thread that owns a
/// node computes the sums over its incoming edges and, in derivatives, over its outgoing edges, in the order of the edges. All edges
/// of a node run one kind of loop, then all run the other: the code of both together exceeds the instruction caches.
/// </summary>
/// <param name="program">The paths.</param>
/// <param name="graph">The edges.</param>
/// <param name="pairs">Opposite edges that share a row of weights; null if every edge has its own.</param>
/// <param name="cost">Approximate time per edge, in tenths of a nanosecond.</param>
internal sealed unsafe class ConvolutionKernel<T>(ChannelwiseProgram<T> program, EdgeIndex graph, EdgePairs? pairs, double cost)
    where T : unmanaged, INumber<T>
{
    /// <summary>More than one, to balance delayed threads; few, since each part reads all nodes' cotangents.</summary>
    private const int PartsPerThread = 2;

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

    /// <summary>The cotangents of x, y and w; null for those that are not needed.</summary>
    public void Gradient(Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> gy, Matrix2D<T> gw)
    {
        bool nonTemporal = IsNonTemporal(gw);
        Derive(
            3,
            gx,
            gy,
            gw,
            (kernel, edges, sums) => new EdgeBlock<T>(kernel, y, default, edges, 0, edges.Length, Nodes(x), Weights(w), Nodes(sums)),
            (in EdgeKernel<T> kernel, int lane, int e, T* sum, T* weights) =>
                kernel.Gradient(lane, x.Row(graph.Source[e]), w.Row(_weightRow[e]), g.Row(graph.Destination[e]), sum, weights, nonTemporal),
            (in EdgeKernel<T> kernel, int e) =>
                kernel.GradientY(x.Row(graph.Source[e]), w.Row(_weightRow[e]), g.Row(graph.Destination[e]), gy.Row(e)));
    }

    /// <summary>The derivative of <see cref="Forward"/> in the direction (ax, ay, aw).</summary>
    public void Jvp(
        Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> ax, Matrix2D<T> ay, Matrix2D<T> aw, Matrix2D<T> z) =>
        Work.For(_nodes, 2 * _costOfNode, (from, to) =>
        {
            var kernel = EdgeKernel<T>.Create(program, program.Z.Lanes);
            var block = new EdgeBlock<T>(
                kernel, y, ay, graph.Identity, graph.Offsets[from], graph.Offsets[to], Nodes(x), Nodes(ax), Weights(w), Weights(aw));
            T* sum = kernel.Extra;
            for (int n = from; n < to; n++)
            {
                new Span<T>(sum, program.Z.Lanes).Clear();
                for (int e = graph.Offsets[n]; e < graph.Offsets[n + 1]; e++)
                {
                    int source = graph.Source[e], lane = block.Lane(e);
                    kernel.Jvp(lane, x.Row(source), ax.Row(source), w.Row(_weightRow[e]), aw.Row(_weightRow[e]), sum);
                }

                program.Z.Store(sum, z.Row(n));
            }
        });

    /// <summary>The derivatives of <see cref="Gradient"/> in the direction (ax, ay, aw).</summary>
    public void GradientJvp(
        Matrix2D<T> x, Matrix2D<T> y, Matrix2D<T> w, Matrix2D<T> ax, Matrix2D<T> ay, Matrix2D<T> aw, Matrix2D<T> g, Matrix2D<T> gx,
        Matrix2D<T> gy, Matrix2D<T> gw)
    {
        bool nonTemporal = IsNonTemporal(gw);
        Derive(
            4,
            gx,
            gy,
            gw,
            (kernel, edges, sums) =>
                new EdgeBlock<T>(kernel, y, ay, edges, 0, edges.Length, Nodes(x), Nodes(ax), Weights(w), Weights(aw), Nodes(sums)),
            (in EdgeKernel<T> kernel, int lane, int e, T* sum, T* weights) => kernel.GradientJvp(
                lane, x.Row(graph.Source[e]), ax.Row(graph.Source[e]), w.Row(_weightRow[e]), aw.Row(_weightRow[e]),
                g.Row(graph.Destination[e]), sum, weights, nonTemporal),
            (in EdgeKernel<T> kernel, int e) => kernel.GradientYJvp(
                x.Row(graph.Source[e]), ax.Row(graph.Source[e]), w.Row(_weightRow[e]), aw.Row(_weightRow[e]),
                g.Row(graph.Destination[e]), gy.Row(e)));
    }

    /// <summary>
    /// Processes the edges by destination, so that edge data are read in order and a destination's cotangent stays in the
    /// cache, and adds to sources on the way. Each thread takes the edges of its own sources: sums are the same, in the same
    /// order, for any number of threads.
    /// </summary>
    /// <param name="passes">Cost of an edge, in products.</param>
    /// <param name="gx">Cotangent of x.</param>
    /// <param name="gy">Cotangent of y.</param>
    /// <param name="gw">Cotangent of w.</param>
    /// <param name="walk">Makes a walk over edges that adds to sources' sums.</param>
    /// <param name="product">Adds to the source's sum and writes the cotangent of the weights.</param>
    /// <param name="gradientY">Writes the cotangent of y.</param>
    private void Derive(int passes, Matrix2D<T> gx, Matrix2D<T> gy, Matrix2D<T> gw, Walk walk, ProductOfEdge product, GradientYOfEdge gradientY)
    {
        int threads = Work.Threads(_nodes, passes * _costOfNode);
        var parts = graph.Parts(threads == 1 ? 1 : threads * PartsPerThread);
        using var sums = new Scratch<T>(_nodes, program.X.Lanes);
        using var perEdge = parts.Length > 1 ? PerEdge(gw) : null;
        bool products = !gx.IsNull || !gw.IsNull, addsToPairs = pairs is not null && perEdge is null && !gw.IsNull;
        Matrix2D<T> rows = sums.Rows, weights = perEdge?.Rows ?? gw;
        Work.For(parts.Length, passes * cost * graph.Source.Length / parts.Length, (first, end) =>
        {
            var kernel = EdgeKernel<T>.Create(program, program.WeightCount);
            for (int p = first; p < end; p++)
            {
                var (from, to, edges) = parts[p];
                for (int n = from; n < to; n++)
                {
                    Lanes.Clear(rows.Row(n), program.X.Lanes);
                }

                var block = walk(kernel, edges, rows);
                for (int start = 0, next; start < edges.Length; start = next)
                {
                    next = EndOfNode(edges, start);
                    for (int position = start; products && position < next; position++)
                    {
                        int e = edges[position];
                        T* sum = rows.Row(graph.Source[e]);
                        if (!addsToPairs)
                        {
                            product(kernel, block.Lane(position), e, sum, weights.RowOrNull(e));
                        }
                        else if (pairs!.IsFirst(e))
                        {
                            product(kernel, block.Lane(position), e, sum, gw.Row(_weightRow[e]));
                        }
                        else
                        {
                            product(kernel, block.Lane(position), e, sum, kernel.Extra);
                            Add(kernel.Extra, gw.Row(_weightRow[e]));
                        }
                    }

                    for (int position = start; !gy.IsNull && position < next; position++)
                    {
                        gradientY(kernel, edges[position]);
                    }
                }

                for (int n = from; n < to && !gx.IsNull; n++)
                {
                    program.X.Store(rows.Row(n), gx.Row(n));
                }
            }
        });
        SumPairs(perEdge, gw);
    }

    /// <summary>End of the edges that arrive at the same node as the one at a position.</summary>
    private int EndOfNode(int[] edges, int position)
    {
        int node = graph.Destination[edges[position]];
        do
        {
            position++;
        }
        while (position < edges.Length && graph.Destination[edges[position]] == node);
        return position;
    }

    /// <summary>Memory for the weights' cotangents of each edge, for edges that share weights, whose sums threads would otherwise share.</summary>
    private Scratch<T>? PerEdge(Matrix2D<T> gw) =>
        pairs is null || gw.IsNull ? null : new Scratch<T>(graph.Source.Length, program.WeightCount);

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

    /// <summary>Whether the weights' cotangents exceed the caches and are not read again for sums over pairs.</summary>
    private bool IsNonTemporal(Matrix2D<T> gw) =>
        pairs is null && !gw.IsNull && NonTemporal.IsWorth<T>((long)graph.Source.Length * program.WeightCount);

    private EdgeRows<T> Nodes(Matrix2D<T> x) => EdgeRows<T>.Of(x, _nodes, graph.Source, program.X.Lanes);

    private EdgeRows<T> Weights(Matrix2D<T> w) => EdgeRows<T>.Of(w, graph.Source.Length, _weightRow, program.WeightCount);

    private delegate EdgeBlock<T> Walk(EdgeKernel<T> kernel, int[] edges, Matrix2D<T> sums);

    private delegate void ProductOfEdge(in EdgeKernel<T> kernel, int lane, int edge, T* sum, T* weights);

    private delegate void GradientYOfEdge(in EdgeKernel<T> kernel, int edge);
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>
/// All paths of an operation for one edge (or row) at a time, with the coupling matrices of as many edges as a vector has lanes. The
/// operation is linear in x, y and w, so its derivatives need no separate loops: a directional derivative is the sum of the same
/// loops with one argument replaced by its direction.
/// </summary>
internal readonly unsafe struct EdgeKernel<T>
    where T : unmanaged, INumber<T>
{
    private readonly ChannelwiseProgram<T> _program;
    private readonly T* _matrix;
    private readonly T* _matrixDirection;
    private readonly T* _columns;
    private readonly T* _columnGradients;
    private readonly T* _ones;
    private readonly T* _weights;
    private readonly T* _weightDirections;
    private readonly T* _weightGradients;
    private readonly T* _weightTerms;
    private readonly T* _weighted;

    private EdgeKernel(ChannelwiseProgram<T> program, T* memory, long extra, int passes)
    {
        Ahead = new LookAhead<T>(Math.Max(1, passes));
        long columns = Aligned(program.Columns * Vector<T>.Count), matrices = Aligned(program.MatrixLanes),
            weights = Aligned(program.W.Lanes);
        _program = program;
        Extra = memory;
        _matrix = memory + Aligned(extra);
        _matrixDirection = _matrix + matrices;
        _columns = _matrixDirection + matrices;
        _columnGradients = _columns + columns;
        _ones = _columnGradients + columns;
        _weights = _ones + Aligned(program.Widest);
        _weightDirections = _weights + weights;
        _weightGradients = _weightDirections + weights;
        _weightTerms = _weightGradients + weights;
        _weighted = _weightTerms + weights;
        new Span<T>(_ones, program.Widest).Fill(T.One);
        program.W.Prepare(_weights, T.One);
        program.W.Prepare(_weightDirections, T.Zero);
    }

    /// <summary>Scratch memory of the caller.</summary>
    public T* Extra { get; }

    /// <summary>Prefetches the data of the next edge.</summary>
    public LookAhead<T> Ahead { get; }

    /// <summary>Uses this thread's scratch memory.</summary>
    /// <param name="program">The paths.</param>
    /// <param name="extra">Numbers of scratch memory that the caller wants.</param>
    /// <param name="withGradientY">Whether an edge's passes are those for products and those for cotangents of y, or the first alone.</param>
    public static EdgeKernel<T> Create(ChannelwiseProgram<T> program, long extra, bool withGradientY = false)
    {
        long own = (2 * (Aligned(program.MatrixLanes) + Aligned(program.Columns * Vector<T>.Count))) + Aligned(program.Widest)
            + (4 * Aligned(program.W.Lanes)) + program.WidestInput;
        return new EdgeKernel<T>(
            program, Workspace.Get<T>(Aligned(extra) + own), extra, program.Products.Length + (withGradientY ? program.GradientYPasses.Length : 0));
    }

    /// <summary>Computes the coupling matrices of up to <see cref="Vector{T}.Count"/> edges.</summary>
    /// <param name="y">Edge attributes.</param>
    /// <param name="edges">Numbers of the edges' rows.</param>
    public void Prepare(in Matrix2D<T> y, ReadOnlySpan<int> edges) => Prepare(y, edges, _matrix);

    /// <summary>Computes the coupling matrices of a direction of the edge attributes.</summary>
    public void PrepareDirection(in Matrix2D<T> y, ReadOnlySpan<int> edges) => Prepare(y, edges, _matrixDirection);

    /// <summary>z += F(x, y, w).</summary>
    public void Forward(int lane, T* x, T* w, T* z) => Forward(_program.Products, x, _matrix + lane, _program.W.Read(w, _weights), z);

    /// <summary>A row z = F(x, y, w) of a tensor, segment by segment, each written while it is still in the cache.</summary>
    /// <param name="lane">The row's lane.</param>
    /// <param name="x">x as kernels read it.</param>
    /// <param name="w">The weights' row.</param>
    /// <param name="segment">Memory for the longest segment of z.</param>
    /// <param name="row">The row of the tensor.</param>
    /// <param name="nonTemporal">Whether to write past the caches.</param>
    public void ForwardRow(int lane, T* x, T* w, T* segment, T* row, bool nonTemporal)
    {
        w = _program.W.Read(w, _weights);
        foreach (ref readonly var result in _program.Results.AsSpan())
        {
            ref readonly var place = ref _program.Z[result.Output];
            Lanes.Clear(segment, place.Components * place.Stride);
            Forward(result.Products, x, _matrix + lane, w, segment - place.Lane);
            LaneLayout<T>.Store(place, segment, row, nonTemporal);
        }
    }

    /// <summary>The cotangents of x (added to) and w (overwritten).</summary>
    /// <param name="lane">The edge's lane.</param>
    /// <param name="x">x as kernels read it.</param>
    /// <param name="w">The weights' row.</param>
    /// <param name="g">The cotangent of z as kernels read it.</param>
    /// <param name="gx">Cotangent of x.</param>
    /// <param name="gw">Cotangent of w, a row of the tensor; null where it is not wanted.</param>
    /// <param name="nonTemporal">Whether to write that past the caches.</param>
    public void Gradient(int lane, T* x, T* w, T* g, T* gx, T* gw, bool nonTemporal)
    {
        T* gradients = WeightGradients(gw, nonTemporal);
        Gradient(_program.Products, x, _matrix + lane, _program.W.Read(w, _weights), g, gx, gradients);
        _program.W.Write(gradients, gw, nonTemporal);
    }

    /// <summary>The cotangent of y (overwritten).</summary>
    public void GradientY(T* x, T* w, T* g, T* gy)
    {
        Lanes.Clear(_columnGradients, _program.Columns * Vector<T>.Count);
        GradientY(_program.GradientYPasses, x, _program.W.Read(w, _weights), g);
        SumLanes(gy);
    }

    /// <summary>
    /// All cotangents of a row of a tensor, segment by segment, each used while it is in the cache.
    /// Null for those that are not needed.
    /// </summary>
    /// <param name="lane">The row's lane.</param>
    /// <param name="x">x as kernels read it.</param>
    /// <param name="w">The weights' row.</param>
    /// <param name="segment">Memory for the longest segment of z.</param>
    /// <param name="row">The cotangent of z, a row of the tensor.</param>
    /// <param name="gx">Cotangent of x, added to.</param>
    /// <param name="gw">Cotangent of w, a row of the tensor, overwritten.</param>
    /// <param name="gy">Cotangent of y, a row of the tensor, overwritten.</param>
    /// <param name="nonTemporal">Whether to write the cotangent of w past the caches.</param>
    public void GradientRow(int lane, T* x, T* w, T* segment, T* row, T* gx, T* gw, T* gy, bool nonTemporal)
    {
        T* gradients = WeightGradients(gw, nonTemporal);
        w = _program.W.Read(w, _weights);
        Lanes.Clear(_columnGradients, _program.Columns * Vector<T>.Count);
        foreach (ref readonly var result in _program.Results.AsSpan())
        {
            ref readonly var place = ref _program.Z[result.Output];
            LaneLayout<T>.Load(place, row, segment);
            if (gx != null)
            {
                Gradient(result.Products, x, _matrix + lane, w, segment - place.Lane, gx, gradients);
            }

            if (gy != null)
            {
                GradientY(result.GradientYPasses, x, w, segment - place.Lane);
            }
        }

        _program.W.Write(gradients, gw, nonTemporal);
        if (gy != null)
        {
            SumLanes(gy);
        }
    }

    /// <summary>z += F(ax, y, w) + F(x, y, aw) + F(x, ay, w).</summary>
    public void Jvp(int lane, T* x, T* ax, T* w, T* aw, T* z)
    {
        w = _program.W.Read(w, _weights);
        aw = ReadDirection(aw);
        foreach (ref readonly var path in _program.Paths.AsSpan())
        {
            WeighDirection(path, x, ax, w, aw);
            foreach (ref readonly var p in path.Products.AsSpan())
            {
                p.Kernel.Forward(ref *_weighted, ref _matrix[p.Matrix + lane], ref *_ones, ref z[p.Z], p.Stride, p.From, p.To);
            }
        }

        Forward(_program.Products, x, _matrixDirection + lane, w, z);
    }

    /// <summary>The derivatives of <see cref="Gradient(int, T*, T*, T*, T*, T*, bool)"/> in the direction (ax, ay, aw).</summary>
    public void GradientJvp(int lane, T* x, T* ax, T* w, T* aw, T* g, T* gx, T* gw, bool nonTemporal)
    {
        T* gradients = WeightGradients(gw, nonTemporal);
        w = _program.W.Read(w, _weights);
        aw = ReadDirection(aw);
        Gradient(_program.Products, x, _matrixDirection + lane, w, g, gx, gradients);
        if (aw != null)
        {
            Gradient(_program.Products, ax, _matrix + lane, aw, g, gx, _weightTerms);
            for (int u = 0; u < _program.W.Lanes; u += Vector<T>.Count)
            {
                (Vector.Load(gradients + u) + Vector.Load(_weightTerms + u)).Store(gradients + u);
            }
        }

        _program.W.Write(gradients, gw, nonTemporal);
    }

    /// <summary>The derivative of the cotangent of y in the direction (ax, aw).</summary>
    public void GradientYJvp(T* x, T* ax, T* w, T* aw, T* g, T* gy)
    {
        Lanes.Clear(_columnGradients, _program.Columns * Vector<T>.Count);
        w = _program.W.Read(w, _weights);
        aw = ReadDirection(aw);
        foreach (ref readonly var path in _program.Paths.AsSpan())
        {
            WeighDirection(path, x, ax, w, aw);
            foreach (ref readonly var p in path.GradientYPasses.AsSpan())
            {
                p.Kernel.GradientY(ref *_weighted, ref *_ones, ref g[p.Z], ref _columnGradients[p.Column], p.Scale, p.Stride, p.From, p.To);
            }
        }

        SumLanes(gy);
    }

    /// <summary>Rounds up to whole cache lines.</summary>
    private static long Aligned(long numbers) => (numbers + 15) / 16 * 16;

    private void Forward(ReadOnlySpan<ChannelwiseProgram<T>.Pass> passes, T* x, T* matrix, T* w, T* z)
    {
        foreach (ref readonly var p in passes)
        {
            p.Kernel.Forward(ref x[p.X], ref matrix[p.Matrix], ref w[p.W], ref z[p.Z], p.Stride, p.From, p.To);
            Ahead.Step();
        }
    }

    private void Gradient(ReadOnlySpan<ChannelwiseProgram<T>.Pass> passes, T* x, T* matrix, T* w, T* g, T* gx, T* gw)
    {
        foreach (ref readonly var p in passes)
        {
            p.Kernel.Gradient(ref x[p.X], ref matrix[p.Matrix], ref w[p.W], ref g[p.Z], ref gx[p.X], ref gw[p.W], p.Stride, p.From, p.To);
            Ahead.Step();
        }
    }

    private void GradientY(ReadOnlySpan<ChannelwiseProgram<T>.Pass> passes, T* x, T* w, T* g)
    {
        foreach (ref readonly var p in passes)
        {
            p.Kernel.GradientY(ref x[p.X], ref w[p.W], ref g[p.Z], ref _columnGradients[p.Column], p.Scale, p.Stride, p.From, p.To);
            Ahead.Step();
        }
    }

    private void Prepare(in Matrix2D<T> y, ReadOnlySpan<int> edges, T* matrix)
    {
        int lanes = Vector<T>.Count, columns = _program.Columns;
        for (int lane = 0; lane < edges.Length; lane++)
        {
            T* row = y.Row(edges[lane]);
            for (int j = 0; j < columns; j++)
            {
                _columns[(j * lanes) + lane] = row[j];
            }
        }

        for (int lane = edges.Length; lane < lanes; lane++)
        {
            for (int j = 0; j < columns; j++)
            {
                _columns[(j * lanes) + lane] = T.Zero;
            }
        }

        foreach (ref readonly var m in _program.Matrices.AsSpan())
        {
            m.Kernel.Matrix(ref _columns[m.Column], ref matrix[m.Lane], m.Scale);
        }
    }

    /// <summary>Where the weights' cotangents are computed: in place, where that can be.</summary>
    private T* WeightGradients(T* row, bool nonTemporal) => _program.W.IsInPlace && row != null && !nonTemporal ? row : _weightGradients;

    private T* ReadDirection(T* aw) => aw == null ? null : _program.W.Read(aw, _weightDirections);

    /// <summary>w·ax + aw·x of a path.</summary>
    private void WeighDirection(in ChannelwiseProgram<T>.Path path, T* x, T* ax, T* w, T* aw)
    {
        x += path.X;
        ax += path.X;
        w += path.W;
        for (int i = 0; i < path.Components; i++)
        {
            int start = i * path.Stride;
            for (int u = 0; u < path.Stride; u += Vector<T>.Count)
            {
                var product = Vector.Load(w + u) * Vector.Load(ax + start + u);
                if (aw != null)
                {
                    product = VectorMath.MultiplyAdd(Vector.Load(aw + path.W + u), Vector.Load(x + start + u), product);
                }

                product.Store(_weighted + start + u);
            }
        }
    }

    private void SumLanes(T* gy) => LaneSums.Store(_columnGradients, _program.Columns, gy);
}

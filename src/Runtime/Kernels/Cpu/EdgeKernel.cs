using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// All paths of an operation for one edge (or row) at a time, with the coupling matrices of as many edges as a vector has lanes. The operation is linear in x, y and w, so that its
/// derivatives need no loops of their own: a directional derivative is the sum of the same loops with one argument replaced by its direction.
/// </summary>
internal readonly unsafe struct EdgeKernel<T>
    where T : unmanaged, INumber<T>
{
    private readonly PathProgram<T> _program;
    private readonly T* _matrix;
    private readonly T* _matrixDirection;
    private readonly T* _columns;
    private readonly T* _columnGradients;
    private readonly T* _ones;
    private readonly T* _weight;
    private readonly T* _weightDirection;
    private readonly T* _weightGradient;
    private readonly T* _weighted;

    private EdgeKernel(PathProgram<T> program, T* memory, long extra)
    {
        int lanes = Vector<T>.Count;
        _program = program;
        Extra = memory;
        _matrix = memory + extra;
        _matrixDirection = _matrix + (program.MatrixEntries * lanes);
        _columns = _matrixDirection + (program.MatrixEntries * lanes);
        _columnGradients = _columns + (program.Columns * lanes);
        _ones = _columnGradients + (program.Columns * lanes);
        _weight = _ones + program.Widest;
        _weightDirection = _weight + program.Widest;
        _weightGradient = _weightDirection + program.Widest;
        _weighted = _weightGradient + program.Widest;
        new Span<T>(_ones, program.Widest).Fill(T.One);
    }

    /// <summary>Scratch memory of the caller.</summary>
    public T* Extra { get; }

    /// <summary>Uses this thread's scratch memory.</summary>
    /// <param name="program">The paths.</param>
    /// <param name="extra">Numbers of scratch memory that the caller wants.</param>
    public static EdgeKernel<T> Create(PathProgram<T> program, long extra)
    {
        long own = (2L * (program.MatrixEntries + program.Columns) * Vector<T>.Count) + (4L * program.Widest) + program.WidestInput;
        extra = (extra + 15) / 16 * 16;
        return new EdgeKernel<T>(program, Workspace.Get<T>(own + extra), extra);
    }

    /// <summary>Computes the coupling matrices of up to <see cref="Vector{T}.Count"/> edges.</summary>
    /// <param name="y">Edge attributes.</param>
    /// <param name="edges">Numbers of the edges' rows.</param>
    public void Prepare(in Matrix2D<T> y, ReadOnlySpan<int> edges) => Prepare(y, edges, _matrix);

    /// <summary>Computes the coupling matrices of a direction of the edge attributes.</summary>
    public void PrepareDirection(in Matrix2D<T> y, ReadOnlySpan<int> edges) => Prepare(y, edges, _matrixDirection);

    /// <summary>z += F(x, y, w).</summary>
    public void Forward(int lane, T* x, T* w, T* z)
    {
        foreach (ref readonly var path in _program.Paths.AsSpan())
        {
            Forward(path, x + path.X, _matrix + lane, Weights(path, w, _weight), z + path.Z);
        }
    }

    /// <summary>The cotangents of x (added to) and w (overwritten).</summary>
    public void Backward(int lane, T* x, T* w, T* g, T* gx, T* gw)
    {
        foreach (ref readonly var path in _program.Paths.AsSpan())
        {
            var target = WeightGradient(path, gw);
            Backward(path, x + path.X, _matrix + lane, Weights(path, w, _weight), g + path.Z, gx + path.X, target);
            StoreWeightGradient(path, target, gw);
        }
    }

    /// <summary>The cotangent of y (overwritten).</summary>
    public void Outer(T* x, T* w, T* g, T* gy)
    {
        new Span<T>(_columnGradients, _program.Columns * Vector<T>.Count).Clear();
        foreach (ref readonly var path in _program.Paths.AsSpan())
        {
            Outer(path, x + path.X, Weights(path, w, _weight), g + path.Z);
        }

        SumLanes(gy);
    }

    /// <summary>z += F(ax, y, w) + F(x, y, aw) + F(x, ay, w).</summary>
    public void ForwardDirection(int lane, T* x, T* ax, T* w, T* aw, T* z)
    {
        foreach (ref readonly var path in _program.Paths.AsSpan())
        {
            var weight = Weights(path, w, _weight);
            Forward(path, WeighDirection(path, x, ax, weight, aw), _matrix + lane, Ones, z + path.Z);
            Forward(path, x + path.X, _matrixDirection + lane, weight, z + path.Z);
        }
    }

    /// <summary>The derivatives of <see cref="Backward(int, T*, T*, T*, T*, T*)"/> in the direction (ax, ay, aw).</summary>
    public void BackwardDirection(int lane, T* x, T* ax, T* w, T* aw, T* g, T* gx, T* gw)
    {
        var scratch = new Copies(_weightGradient, _weightGradient);
        foreach (ref readonly var path in _program.Paths.AsSpan())
        {
            var target = WeightGradient(path, gw);
            Backward(path, x + path.X, _matrixDirection + lane, Weights(path, w, _weight), g + path.Z, gx + path.X, target);
            StoreWeightGradient(path, target, gw);
            if (path.Weight >= 0 && aw != null)
            {
                Backward(path, ax + path.X, _matrix + lane, Weights(path, aw, _weightDirection), g + path.Z, gx + path.X, scratch);
                AddWeightGradient(path, gw);
            }
        }
    }

    /// <summary>The derivative of <see cref="Outer(T*, T*, T*, T*)"/> in the direction (ax, aw).</summary>
    public void OuterDirection(T* x, T* ax, T* w, T* aw, T* g, T* gy)
    {
        new Span<T>(_columnGradients, _program.Columns * Vector<T>.Count).Clear();
        foreach (ref readonly var path in _program.Paths.AsSpan())
        {
            Outer(path, WeighDirection(path, x, ax, Weights(path, w, _weight), aw), Ones, g + path.Z);
        }

        SumLanes(gy);
    }

    private Copies Ones => new(_ones, _ones);

    private static void Forward(in PathProgram<T>.Path path, T* x, T* matrix, Copies w, T* z)
    {
        matrix += path.Entry * Vector<T>.Count;
        if (path.Even > 0)
        {
            path.Pairs.Forward(ref *x, ref *matrix, ref *w.Whole, ref *z, path.Stride, 0, path.Even);
        }

        if (path.Even < path.Whole)
        {
            path.Singles.Forward(ref *x, ref *matrix, ref *w.Whole, ref *z, path.Stride, path.Even, path.Whole);
        }

        if (path.Whole < path.Stride)
        {
            path.Singles.Forward(ref *x, ref *matrix, ref *w.Rest, ref *z, path.Stride, path.Whole, path.Stride);
        }
    }

    private static void Backward(in PathProgram<T>.Path path, T* x, T* matrix, Copies w, T* g, T* gx, Copies gw)
    {
        matrix += path.Entry * Vector<T>.Count;
        if (path.Even > 0)
        {
            path.Pairs.Backward(ref *x, ref *matrix, ref *w.Whole, ref *g, ref *gx, ref *gw.Whole, path.Stride, 0, path.Even);
        }

        if (path.Even < path.Whole)
        {
            path.Singles.Backward(ref *x, ref *matrix, ref *w.Whole, ref *g, ref *gx, ref *gw.Whole, path.Stride, path.Even, path.Whole);
        }

        if (path.Whole < path.Stride)
        {
            path.Singles.Backward(ref *x, ref *matrix, ref *w.Rest, ref *g, ref *gx, ref *gw.Rest, path.Stride, path.Whole, path.Stride);
        }
    }

    private void Outer(in PathProgram<T>.Path path, T* x, Copies w, T* g)
    {
        T* gy = _columnGradients + (path.Column * Vector<T>.Count);
        if (path.Whole > 0)
        {
            path.Singles.Outer(ref *x, ref *w.Whole, ref *g, ref *gy, path.Scale, path.Stride, 0, path.Whole);
        }

        if (path.Whole < path.Stride)
        {
            path.Singles.Outer(ref *x, ref *w.Rest, ref *g, ref *gy, path.Scale, path.Stride, path.Whole, path.Stride);
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
            m.Kernel.Matrix(ref _columns[m.Column * lanes], ref matrix[m.Entry * lanes], m.Scale);
        }
    }

    /// <summary>The weights of a path: where they lie as far as they fill vectors, the last ones padded with zeros.</summary>
    private Copies Weights(in PathProgram<T>.Path path, T* row, T* scratch)
    {
        if (path.Weight < 0)
        {
            return Ones;
        }

        T* weights = row + path.Weight;
        int first = path.WeightStep == 1 ? path.Whole : 0;
        for (int u = first; u < path.Copies; u++)
        {
            scratch[u] = weights[u * path.WeightStep];
        }

        new Span<T>(scratch + path.Copies, path.Stride - path.Copies).Clear();
        return new Copies(path.WeightStep == 1 ? weights : scratch, scratch);
    }

    /// <summary>Where the weights' cotangent goes: to its place as far as it fills vectors, the rest to scratch memory.</summary>
    private Copies WeightGradient(in PathProgram<T>.Path path, T* row) =>
        new(path.Weight < 0 || path.WeightStep > 1 || row == null ? _weightGradient : row + path.Weight, _weightGradient);

    private void StoreWeightGradient(in PathProgram<T>.Path path, Copies gradient, T* row)
    {
        if (path.Weight >= 0 && row != null)
        {
            for (int u = gradient.Whole == _weightGradient ? 0 : path.Whole; u < path.Copies; u++)
            {
                row[path.Weight + (u * path.WeightStep)] = _weightGradient[u];
            }
        }
    }

    private void AddWeightGradient(in PathProgram<T>.Path path, T* row)
    {
        int u = 0;
        for (; row != null && path.WeightStep == 1 && u < path.Whole; u += Vector<T>.Count)
        {
            T* target = row + path.Weight + u;
            (Vector.Load(target) + Vector.Load(_weightGradient + u)).Store(target);
        }

        for (; row != null && u < path.Copies; u++)
        {
            row[path.Weight + (u * path.WeightStep)] += _weightGradient[u];
        }
    }

    /// <summary>w·ax + aw·x of a path.</summary>
    private T* WeighDirection(in PathProgram<T>.Path path, T* x, T* ax, Copies weight, T* aw)
    {
        bool isWeighted = path.Weight >= 0 && aw != null;
        var direction = isWeighted ? Weights(path, aw, _weightDirection) : default;
        for (int i = 0; i < path.Components; i++)
        {
            int start = i * path.Stride;
            for (int u = 0; u < path.Stride; u += Vector<T>.Count)
            {
                var product = Vector.Load((u < path.Whole ? weight.Whole : weight.Rest) + u) * Vector.Load(ax + path.X + start + u);
                if (isWeighted)
                {
                    product = VectorMath.MultiplyAdd(Vector.Load((u < path.Whole ? direction.Whole : direction.Rest) + u), Vector.Load(x + path.X + start + u), product);
                }

                product.Store(_weighted + start + u);
            }
        }

        return _weighted;
    }

    private void SumLanes(T* gy)
    {
        for (int j = 0; j < _program.Columns; j++)
        {
            gy[j] = Vector.Sum(Vector.Load(_columnGradients + (j * Vector<T>.Count)));
        }
    }

    /// <summary>A number for each copy of a path.</summary>
    /// <param name="whole">Those that fill vectors.</param>
    /// <param name="rest">Those that do not, at the same index.</param>
    private readonly struct Copies(T* whole, T* rest)
    {
        public T* Whole { get; } = whole;

        public T* Rest { get; } = rest;
    }
}

/// <summary>A matrix in memory whose rows are contiguous.</summary>
/// <param name="Pointer">First number.</param>
/// <param name="Stride">Numbers from one row to the next; 0 where all rows are one.</param>
internal readonly unsafe record struct Matrix2D<T>(nint Pointer, long Stride)
    where T : unmanaged
{
    public bool IsNull => Pointer == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* Row(long row) => (T*)Pointer + (row * Stride);
}

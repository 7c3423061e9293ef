using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// The paths of an operation, prepared for one number type: the kernels of their couplings and the positions of their operands.
/// Paths are ordered by their results.
/// </summary>
internal sealed class ChannelwiseProgram<T>
    where T : unmanaged, INumber<T>
{
    public ChannelwiseProgram(ChannelwiseProgram paths)
    {
        X = new LaneLayout<T>(paths.X, paths.InputLayout == Layout.IrMul);
        Z = new LaneLayout<T>(paths.Z, paths.OutputLayout == Layout.IrMul, paths.OutputRuns);
        Columns = paths.Columns;
        WeightCount = paths.WeightCount;
        var inOrder = paths.Paths.OrderBy(p => p.Output).ToList();
        W = new WeightLayout<T>([.. inOrder.Select(p => (p.Weight, p.WeightStep, X[p.Input].Copies, X[p.Input].Stride))]);
        var matrices = new Dictionary<(Coupling, int, double), Matrix>();
        Paths = new Path[inOrder.Count];
        for (int p = 0; p < Paths.Length; p++)
        {
            var path = inOrder[p];
            var (x, z) = (X[path.Input], Z[path.Output]);
            var key = (path.Coupling, path.Column, path.Scale);
            if (!matrices.TryGetValue(key, out var matrix))
            {
                var kernel = path.Coupling.Kernel<T, VectorPack<T>>();
                matrix = new Matrix(kernel, path.Column * Vector<T>.Count, MatrixLanes, T.CreateChecked(path.Scale));
                matrices.Add(key, matrix);
                MatrixLanes += kernel.Entries * Vector<T>.Count;
            }

            Pass[] Passes(IEnumerable<LaneRange<T>> ranges) =>
                [.. ranges.Select(r => new Pass(
                    r.Kernel, x.Lane, matrix.Lane, matrix.Column, W[p], z.Lane, matrix.Scale, x.Stride, r.From, r.To))];
            Paths[p] = new Path(
                path.Output, x.Lane, W[p], x.Components, x.Stride,
                Passes(LaneRange<T>.ForProducts(path.Coupling, x.Stride)), Passes(LaneRange<T>.ForGradientY(path.Coupling, x.Stride)));
            WidestInput = Math.Max(WidestInput, x.Components * x.Stride);
            Widest = Math.Max(Widest, x.Stride);
        }

        Matrices = [.. matrices.Values];
        Results = [.. Enumerable.Range(0, paths.Z.Count).Select(o => new Result(
            o,
            [.. Paths.Where(p => p.Output == o).SelectMany(p => p.Products)],
            [.. Paths.Where(p => p.Output == o).SelectMany(p => p.GradientYPasses)]))];
        Products = [.. Paths.SelectMany(p => p.Products)];
        GradientYPasses = [.. Paths.SelectMany(p => p.GradientYPasses)];
    }

    public LaneLayout<T> X { get; }

    public WeightLayout<T> W { get; }

    public LaneLayout<T> Z { get; }

    /// <summary>Columns of y.</summary>
    public int Columns { get; }

    public int WeightCount { get; }

    public Path[] Paths { get; }

    /// <summary>The segments of z.</summary>
    public Result[] Results { get; }

    /// <summary>The passes of all paths for products.</summary>
    public Pass[] Products { get; }

    /// <summary>The passes of all paths for cotangents of y.</summary>
    public Pass[] GradientYPasses { get; }

    public Matrix[] Matrices { get; }

    /// <summary>Numbers of all coupling matrices, for as many edges as a vector has lanes.</summary>
    public int MatrixLanes { get; }

    /// <summary>Numbers of the longest component of a path's input.</summary>
    public int Widest { get; }

    /// <summary>Numbers of the longest input of a path.</summary>
    public int WidestInput { get; }

    /// <summary>A path.</summary>
    /// <param name="Output">Number of z's segment.</param>
    /// <param name="X">First lane of its input.</param>
    /// <param name="W">First lane of its weights.</param>
    /// <param name="Components">Components of its input.</param>
    /// <param name="Stride">Lanes of a component.</param>
    /// <param name="Products">Its passes for products.</param>
    /// <param name="GradientYPasses">Its passes for cotangents of y.</param>
    internal readonly record struct Path(int Output, int X, int W, int Components, int Stride, Pass[] Products, Pass[] GradientYPasses);

    /// <summary>A segment of z and the passes of all paths that lead to it; there may be none.</summary>
    internal readonly record struct Result(int Output, Pass[] Products, Pass[] GradientYPasses);

    /// <summary>One call of a kernel: some lanes of a path.</summary>
    /// <param name="Kernel">The loops, with the widest pack that fits.</param>
    /// <param name="X">First lane of x.</param>
    /// <param name="Matrix">First number of the coupling matrix.</param>
    /// <param name="Column">First lane of y's columns.</param>
    /// <param name="W">First lane of the weights.</param>
    /// <param name="Z">First lane of z.</param>
    /// <param name="Scale">The constant in front.</param>
    /// <param name="Stride">Lanes of a component.</param>
    /// <param name="From">First lane of a component to do.</param>
    /// <param name="To">End of the lanes.</param>
    internal readonly record struct Pass(
        CouplingKernel<T> Kernel, int X, int Matrix, int Column, int W, int Z, T Scale, int Stride, int From, int To);

    /// <summary>A coupling matrix, which several paths may share.</summary>
    internal readonly record struct Matrix(CouplingKernel<T> Kernel, int Column, int Lane, T Scale);
}

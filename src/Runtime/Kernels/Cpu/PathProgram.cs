using System.Numerics;

namespace E3Gen.Kernels.Cpu;

/// <summary>The paths of an operation, made ready for one number type: the kernels of their couplings and where their operands lie.</summary>
internal sealed class PathProgram<T>
    where T : unmanaged, INumber<T>
{
    public PathProgram(CoupledPaths paths)
    {
        X = new LaneLayout<T>(paths.X, paths.InputLayout == Layout.IrMul);
        Z = new LaneLayout<T>(paths.Z, paths.OutputLayout == Layout.IrMul, paths.OutputRuns);
        (Columns, WeightCount) = (paths.Columns, paths.WeightCount);
        var matrices = new Dictionary<(Coupling, int, double), Matrix>();
        Paths = new Path[paths.Paths.Count];
        for (int p = 0; p < Paths.Length; p++)
        {
            var path = paths.Paths[p];
            var (x, z) = (X[path.Input], Z[path.Output]);
            var key = (path.Coupling, path.Column, path.Scale);
            if (!matrices.TryGetValue(key, out var matrix))
            {
                var kernel = path.Coupling.Kernel<T, SinglePack<T>>();
                matrix = new Matrix(kernel, path.Column, MatrixEntries, T.CreateChecked(path.Scale));
                matrices.Add(key, matrix);
                MatrixEntries += kernel.Entries;
            }

            int whole = x.Copies / Vector<T>.Count * Vector<T>.Count, even = whole / (2 * Vector<T>.Count) * 2 * Vector<T>.Count;
            Paths[p] = new Path(
                path.Coupling.Kernel<T, PairPack<T>>(), path.Coupling.Kernel<T, SinglePack<T>>(), matrix.Entry, path.Column, matrix.Scale, x.Lane, z.Lane, x.Components, x.Copies, x.Stride, whole, even, path.Weight, path.WeightStep);
            WidestInput = Math.Max(WidestInput, x.Components * x.Stride);
            Widest = Math.Max(Widest, x.Stride);
        }

        Matrices = [.. matrices.Values];
    }

    public LaneLayout<T> X { get; }

    public LaneLayout<T> Z { get; }

    /// <summary>Columns of y.</summary>
    public int Columns { get; }

    public int WeightCount { get; }

    public Path[] Paths { get; }

    public Matrix[] Matrices { get; }

    /// <summary>Entries of all coupling matrices.</summary>
    public int MatrixEntries { get; }

    /// <summary>Numbers of the longest component of a path's input.</summary>
    public int Widest { get; }

    /// <summary>Numbers of the longest input of a path.</summary>
    public int WidestInput { get; }

    /// <summary>A path. Lanes up to Even are done in pairs of vectors, those up to Whole are all copies, those up to Stride include padding.</summary>
    internal readonly record struct Path(
        CouplingKernel<T> Pairs,
        CouplingKernel<T> Singles,
        int Entry,
        int Column,
        T Scale,
        int X,
        int Z,
        int Components,
        int Copies,
        int Stride,
        int Whole,
        int Even,
        int Weight,
        int WeightStep);

    /// <summary>A coupling matrix, which several paths may share.</summary>
    internal readonly record struct Matrix(CouplingKernel<T> Kernel, int Column, int Entry, T Scale);
}

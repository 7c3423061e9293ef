using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// Cotangents of the weights of a linear map: sums over all rows. Rows are summed in parts, whose number depends only on that of the rows,
/// and parts are added in order, so results do not depend on the number of threads.
/// </summary>
/// <param name="program">The map.</param>
/// <param name="rows">Number of rows.</param>
internal sealed unsafe class LinearWeightKernel<T>(LinearProgram<T> program, int rows)
    where T : unmanaged, INumber<T>
{
    /// <summary>Numbers of both factors read at a time, chosen to stay in the L2 cache.</summary>
    private const int BlockNumbers = 1 << 16;

    private const int MostParts = 16;

    /// <summary>Minimum number of rows in a part, whose sums must be written and read once more.</summary>
    private const int LeastRows = 256;

    private readonly int _parts = Math.Clamp(rows / LeastRows, 1, MostParts);

    /// <summary>gW[u,w] = Scale · Σ x[u,i] g[w,i] over rows and components.</summary>
    /// <param name="x">Rows of x.</param>
    /// <param name="g">Rows of y's cotangent.</param>
    /// <param name="gw">The weights' cotangent, overwritten.</param>
    public void Gradient(Matrix2D<T> x, Matrix2D<T> g, T* gw)
    {
        using var memory = new Scratch<T>(_parts, program.Sums);
        var sums = memory.Rows;
        Work.For(_parts, rows * program.Map.Cost / _parts, (from, to) =>
        {
            for (int part = from; part < to; part++)
            {
                Lanes.Clear(sums.Row(part), program.Sums);
                foreach (ref readonly var path in program.Paths.AsSpan())
                {
                    Sum(path, x, g, First(part), First(part + 1), sums.Row(part) + path.Sum);
                }
            }
        });
        foreach (ref readonly var path in program.Paths.AsSpan())
        {
            Store(path, sums, gw);
        }
    }

    private int First(int part) => (int)((long)rows * part / _parts);

    /// <summary>
    /// Adds a path's terms of some rows. Tiles take x number by number, wherever it lies, but g as whole vectors: it is copied where its copies
    /// do not lie side by side in whole panels.
    /// </summary>
    private static void Sum(in LinearProgram<T>.Path path, Matrix2D<T> x, Matrix2D<T> g, int from, int to, T* sums)
    {
        var (input, output) = (path.Input, path.Output);
        int width = MatrixTile<T>.Columns, stride = output.PanelStride;
        bool inPlace = output.CopyStep == 1 && output.Copies == stride;
        nint pitch = inPlace ? (nint)g.Stride : OddLines(output.Components * stride), componentStep = inPlace ? output.ComponentStep : stride;
        int atOnce = Math.Max(8, BlockNumbers / ((input.Copies * input.Components) + (output.Components * stride)));
        T* block = inPlace ? null : Workspace.Get<T>(atOnce * pitch);
        for (int first = from; first < to; first += atOnce)
        {
            int count = Math.Min(atOnce, to - first);
            for (int r = 0; !inPlace && r < count; r++)
            {
                LaneLayout<T>.Load(output.Lanes, g.Row(first + r), block + (r * pitch));
            }

            T* rows = inPlace ? g.Row(first) + output.Column : block;
            for (int column = 0; column < stride; column += width)
            {
                for (int i = 0; i < input.Components; i++)
                {
                    T* a = x.Row(first) + input.Column + (i * input.ComponentStep), b = rows + (i * componentStep) + column;
                    MatrixTile<T>.Multiply(a, input.CopyStep, (nint)x.Stride, b, pitch, count, sums + column, stride, input.Copies, adds: true);
                }
            }
        }
    }

    /// <summary>Adds up the parts.</summary>
    private void Store(in LinearProgram<T>.Path path, Matrix2D<T> sums, T* gw)
    {
        int stride = path.Output.PanelStride, outputs = path.Output.Copies;
        for (int u = 0; u < path.Input.Copies; u++)
        {
            int place = path.Sum + (u * stride);
            T* row = sums.Row(0) + place;
            for (int w = 0; w < stride; w += Vector<T>.Count)
            {
                var sum = Vector.Load(row + w);
                for (int part = 1; part < _parts; part++)
                {
                    sum += Vector.Load(sums.Row(part) + place + w);
                }

                (path.Scale * sum).Store(row + w);
            }

            new Span<T>(row, outputs).CopyTo(new Span<T>(gw + path.Weight + (u * path.WeightStep), outputs));
        }
    }

    /// <summary>
    /// Numbers from row to row: an odd number of cache lines, since rows separated by a power of two would collide
    /// in a few cache sets.
    /// </summary>
    private static int OddLines(int numbers)
    {
        int line = 64 / sizeof(T), lines = (numbers + line - 1) / line;
        return (lines | 1) * line;
    }
}

using System.Numerics;

namespace E3Gen.Kernels.Cpu;

/// <summary>Linear maps of rows and the cotangents of their weights. Every number of a result is summed by one thread, in one order.</summary>
/// <param name="program">The map.</param>
/// <param name="rows">Number of rows.</param>
internal sealed unsafe class LinearKernel<T>(LinearProgram<T> program, int rows)
    where T : unmanaged, INumber<T>
{
    /// <summary>Rows that take a panel one after the other, while it is in the first cache: four tiles.</summary>
    private const int BlockRows = 4 * MatrixTile<T>.Rows;

    /// <summary>Rows of the cotangent in a panel, which shall stay in the first cache, too.</summary>
    private const int PanelRows = 256;

    /// <summary>The map or its transpose.</summary>
    /// <param name="direction">Which.</param>
    /// <param name="source">The argument.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="bias">Biases; null for none.</param>
    /// <param name="result">The result, overwritten.</param>
    public void Map(LinearDirection<T> direction, Matrix2D<T> source, T* weights, T* bias, Matrix2D<T> result)
    {
        using var memory = new Scratch<T>(1, direction.PanelNumbers);
        T* panels = memory.Rows.Row(0);
        Pack(direction, weights, panels);
        int blocks = (rows + BlockRows - 1) / BlockRows;
        Work.For(blocks, BlockRows * direction.Cost, (from, to) =>
        {
            T* block = Workspace.Get<T>(BlockRows * direction.Widest);
            for (int first = from * BlockRows, end = Math.Min(rows, to * BlockRows); first < end; first += BlockRows)
            {
                int count = Math.Min(BlockRows, end - first);
                foreach (var target in direction.Targets)
                {
                    if (target.IsInPlace)
                    {
                        T* place = result.Row(first) + target.Lanes.Column;
                        Sum(target, source, first, count, panels, bias, place, (nint)result.Stride);
                    }
                    else
                    {
                        int pitch = target.Lanes.Components * target.Lanes.Stride;
                        Sum(target, source, first, count, panels, bias, block, pitch);
                        for (int r = 0; r < count; r++)
                        {
                            LaneLayout<T>.Store(target.Lanes, block + (r * pitch), result.Row(first + r), streams: false);
                        }
                    }
                }
            }
        });
    }

    /// <summary>gW[u,w] = Scale · Σ x[u,i] g[w,i] over rows and components.</summary>
    /// <param name="x">Rows of x.</param>
    /// <param name="g">Rows of y's cotangent.</param>
    /// <param name="gw">The weights' cotangent, overwritten.</param>
    public void WeightGradient(Matrix2D<T> x, Matrix2D<T> g, T* gw)
    {
        var panels = program.Paths.SelectMany(p => Enumerable.Range(0, MatrixPanel<T>.Count(p.Output.Copies)).Select(panel => (Path: p, Panel: panel))).ToArray();
        double cost = rows * program.Map.Cost / Math.Max(1, panels.Length);
        Work.For(panels.Length, cost, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                WeightGradient(panels[i].Path, panels[i].Panel * MatrixTile<T>.Columns, x, g, gw);
            }
        });
    }

    private static void Pack(LinearDirection<T> direction, T* weights, T* panels)
    {
        int width = MatrixTile<T>.Columns;
        foreach (var target in direction.Targets)
        {
            foreach (ref readonly var term in target.Terms.AsSpan())
            {
                for (int panel = 0; panel < target.Panels; panel++)
                {
                    int column = panel * width;
                    T* place = panels + term.Panel + (column * term.Source.Copies);
                    MatrixPanel<T>.Pack(weights + term.Weight + (column * term.Step), term.RowStep, term.Step, term.Source.Copies, target.Lanes.Copies - column, term.Scale, place);
                }
            }
        }
    }

    /// <summary>A segment of the result for a block of rows.</summary>
    private static void Sum(LinearDirection<T>.Target target, Matrix2D<T> source, int first, int count, T* panels, T* bias, T* sums, nint pitch)
    {
        int width = MatrixTile<T>.Columns;
        var lanes = target.Lanes;
        bool adds = false;
        if (target.Terms.Length == 0 || (bias != null && target.Bias >= 0))
        {
            for (int r = 0; r < count; r++)
            {
                var row = new Span<T>(sums + (r * pitch), lanes.Components * lanes.Stride);
                row.Clear();
                if (bias != null && target.Bias >= 0)
                {
                    new Span<T>(bias + target.Bias, lanes.Copies).CopyTo(row);
                }
            }

            adds = true;
        }

        foreach (ref readonly var term in target.Terms.AsSpan())
        {
            for (int panel = 0; panel < target.Panels; panel++)
            {
                T* b = panels + term.Panel + (panel * width * term.Source.Copies);
                for (int i = 0; i < lanes.Components; i++)
                {
                    T* a = source.Row(first) + term.Source.Column + (i * term.Source.ComponentStep);
                    MatrixTile<T>.Multiply(a, (nint)source.Stride, term.Source.CopyStep, b, term.Source.Copies, sums + (i * lanes.Stride) + (panel * width), pitch, count, adds);
                }
            }

            adds = true;
        }
    }

    /// <summary>A path's weights of the columns of a panel.</summary>
    private void WeightGradient(in LinearProgram<T>.Path path, int column, Matrix2D<T> x, Matrix2D<T> g, T* gw)
    {
        int width = MatrixTile<T>.Columns, inputs = path.Input.Copies, outputs = path.Output.Copies, columns = Math.Min(width, outputs - column);
        T* sums = Workspace.Get<T>((inputs + PanelRows) * width), panel = sums + (inputs * width);
        new Span<T>(sums, inputs * width).Clear();
        for (int first = 0; first < rows; first += PanelRows)
        {
            int count = Math.Min(PanelRows, rows - first);
            for (int i = 0; i < path.Input.Components; i++)
            {
                T* a = x.Row(first) + path.Input.Column + (i * path.Input.ComponentStep);
                T* b = g.Row(first) + path.Output.Column + (i * path.Output.ComponentStep) + (column * path.Output.CopyStep);
                MatrixPanel<T>.Pack(b, g.Stride, path.Output.CopyStep, count, outputs - column, path.Scale, panel);
                MatrixTile<T>.Multiply(a, path.Input.CopyStep, (nint)x.Stride, panel, count, sums, width, inputs, adds: true);
            }
        }

        for (int u = 0; u < inputs; u++)
        {
            new Span<T>(sums + (u * width), columns).CopyTo(new Span<T>(gw + path.Weight + (u * outputs) + column, columns));
        }
    }
}

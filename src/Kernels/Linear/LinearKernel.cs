using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>A linear map of rows, or its transpose.</summary>
/// <param name="direction">Which.</param>
/// <param name="rows">Number of rows.</param>
internal sealed unsafe class LinearKernel<T>(LinearMap<T> direction, int rows)
    where T : unmanaged, INumber<T>
{
    /// <summary>Rows that use a panel in turn while it is in the L1 cache: four tiles.</summary>
    private const int BlockRows = 4 * MatrixTile<T>.Rows;

    /// <summary>Computes all rows.</summary>
    /// <param name="source">The argument.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="bias">Biases; null for none.</param>
    /// <param name="result">The result, overwritten.</param>
    public void Map(Matrix2D<T> source, T* weights, T* bias, Matrix2D<T> result)
    {
        using var memory = new Scratch<T>(1, direction.PanelNumbers);
        T* panels = memory.Rows.Row(0);
        Pack(weights, panels);
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
                            LaneLayout<T>.Store(target.Lanes, block + (r * pitch), result.Row(first + r), nonTemporal: false);
                        }
                    }
                }
            }
        });
    }

    private void Pack(T* weights, T* panels)
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
                    MatrixPanel<T>.Pack(weights + term.Weight + (column * term.Step), term.RowStep, term.Step, term.Source.Copies,
                        target.Lanes.Copies - column, term.Scale, place);
                }
            }
        }
    }

    /// <summary>A segment of the result for a block of rows.</summary>
    private static void Sum(
        LinearMap<T>.Target target, Matrix2D<T> source, int first, int count, T* panels, T* bias, T* sums, nint pitch)
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
                    MatrixTile<T>.Multiply(a, (nint)source.Stride, term.Source.CopyStep, b, width, term.Source.Copies,
                        sums + (i * lanes.Stride) + (panel * width), pitch, count, adds);
                }
            }

            adds = true;
        }
    }
}

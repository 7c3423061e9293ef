using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// Panels of B as <see cref="MatrixTile{T}"/> reads them: <see cref="MatrixTile{T}.Columns"/> columns, row after row, padded with zeros
/// beyond the last column of B. B may have any strides; a transposed B costs no more than its copy.
/// </summary>
internal static unsafe class MatrixPanel<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>
    /// Rows copied before the next columns, for a B with a column stride: cache lines that were read stay in the L1 cache.
    /// </summary>
    private const int RowsAtOnce = 16;

    /// <summary>Number of panels of a B with this many columns.</summary>
    public static int Count(int columns) => (columns + MatrixTile<T>.Columns - 1) / MatrixTile<T>.Columns;

    /// <summary>Copies a panel.</summary>
    /// <param name="b">B at the panel's first column.</param>
    /// <param name="rowStep">Numbers from a row of B to the next.</param>
    /// <param name="step">Numbers from a column of B to the next.</param>
    /// <param name="rows">Rows of B.</param>
    /// <param name="columns">Columns that are left in B, perhaps more than a panel has.</param>
    /// <param name="scale">Factor of all numbers.</param>
    /// <param name="panel">The panel.</param>
    public static void Pack(T* b, long rowStep, long step, int rows, int columns, T scale, T* panel)
    {
        int width = MatrixTile<T>.Columns, used = Math.Min(columns, width);
        if (used < width)
        {
            new Span<T>(panel, rows * width).Clear();
        }

        if (step == 1)
        {
            for (int r = 0; r < rows; r++)
            {
                Scale(b + (r * rowStep), used, scale, panel + (r * width));
            }

            return;
        }

        for (int first = 0; first < rows; first += RowsAtOnce)
        {
            int end = Math.Min(rows, first + RowsAtOnce);
            for (int c = 0; c < used; c++)
            {
                T* from = b + (c * step), to = panel + c;
                for (int r = first; r < end; r++)
                {
                    to[r * width] = scale * from[r * rowStep];
                }
            }
        }
    }

    private static void Scale(T* source, int count, T scale, T* target)
    {
        int i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
        {
            (scale * Vector.Load(source + i)).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = scale * source[i];
        }
    }
}

namespace E3Gen.Kernels;

/// <summary>Rows that edges read, one each, and that are worth prefetching.</summary>
/// <param name="Matrix">The rows, or nothing.</param>
/// <param name="RowOfEdge">The row of each edge.</param>
/// <param name="Count">Numbers in a row.</param>
internal readonly record struct EdgeRows<T>(Matrix2D<T> Matrix, int[] RowOfEdge, int Count)
    where T : unmanaged
{
    /// <summary>Approximate size of a core's own caches, in bytes.</summary>
    private const long OwnCaches = 1 << 20;

    /// <summary>The rows of a matrix; nothing where a core's own caches hold them all, or where all are one.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rows">Number of its rows.</param>
    /// <param name="rowOfEdge">The row of each edge.</param>
    /// <param name="count">Numbers in a row.</param>
    public static unsafe EdgeRows<T> Of(Matrix2D<T> matrix, int rows, int[] rowOfEdge, int count) =>
        matrix.Stride == 0 || (long)rows * count * sizeof(T) < OwnCaches ? default : new(matrix, rowOfEdge, count);
}

using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>The rows of a matrix from a block's first one on, for transposition to and from lanes.</summary>
/// <param name="Address">The first row.</param>
/// <param name="Stride">Numbers from row to row.</param>
/// <param name="Count">Rows to the end, which may be more or less than a block has.</param>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe record struct BlockRows<T>(nint Address, long Stride, int Count)
    where T : unmanaged, INumber<T>
{
    private T* First => (T*)Address;

    /// <summary>Reads columns; lanes without a row become zero.</summary>
    /// <param name="column">The first column.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="lanes">Takes them, [columns, rows of a block].</param>
    /// <param name="size">Rows of a block.</param>
    public void ToLanes(int column, int columns, T* lanes, int size)
    {
        if (IsWide(columns, size))
        {
            for (int r = 0; r < size; r += Vector512Number<T>.Lanes)
            {
                Vector512Transposition<T>.ToLanes(First + column + (r * Stride), Stride, columns, lanes + r, size);
            }

            return;
        }

        for (int r = 0; r < size; r += Vector<T>.Count)
        {
            Transposition<T>.ToLanes(First + column + (r * Stride), Stride, Count - r, columns, lanes + r, size);
        }
    }

    /// <summary>Writes columns.</summary>
    /// <param name="lanes">What is written, [columns, rows of a block].</param>
    /// <param name="size">Rows of a block.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">Number of columns.</param>
    public void FromLanes(T* lanes, int size, int column, int columns)
    {
        if (IsWide(columns, size))
        {
            for (int r = 0; r < size; r += Vector512Number<T>.Lanes)
            {
                Vector512Transposition<T>.ToRows(lanes + r, size, columns, First + column + (r * Stride), Stride);
            }

            return;
        }

        for (int r = 0; r < size; r += Vector<T>.Count)
        {
            Transposition<T>.ToRows(lanes + r, size, columns, First + column + (r * Stride), Stride, Count - r);
        }
    }

    /// <summary>Prefetches later rows, if there are any and they are contiguous.</summary>
    /// <param name="rows">How much further.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="columns">Of the matrix.</param>
    public void Fetch(int rows, int count, int columns)
    {
        if (Prefetch.IsSupported && Stride == columns && Count > rows)
        {
            T* first = First + (rows * Stride);
            Prefetch.Lines((nint)first, (nint)(first + ((long)count * columns)));
        }
    }

    private bool IsWide(int columns, int size) =>
        Vector512Number<T>.IsSupported && size >= Vector512Number<T>.Lanes && Count >= size && Vector512Transposition<T>.Takes(columns, Stride);
}

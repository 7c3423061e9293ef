using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>A matrix in memory whose rows are contiguous.</summary>
/// <param name="Pointer">First number.</param>
/// <param name="Stride">Numbers from one row to the next; 0 where all rows are one.</param>
internal readonly unsafe record struct Matrix2D<T>(nint Pointer, long Stride)
    where T : unmanaged
{
    public bool IsNull => Pointer == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* Row(long row) => (T*)Pointer + (row * Stride);

    public T* RowOrNull(long row) => IsNull ? null : Row(row);
}

using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace E3Gen.Kernels;

/// <summary>
/// Memory for rows in the layout of kernels during a call. Blocks are kept and used again:
/// fresh memory costs more in page faults than the kernels that fill it.
/// </summary>
internal sealed unsafe class Scratch<T> : IDisposable
    where T : unmanaged
{
    private Block? _block;

    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Numbers in a row.</param>
    public Scratch(long rows, int columns)
    {
        _block = Blocks.Rent(Math.Max(1, rows * columns) * sizeof(T));
        Rows = new Matrix2D<T>((nint)_block.Pointer, columns);
    }

    public Matrix2D<T> Rows { get; }

    public void Dispose()
    {
        if (_block is not null)
        {
            Blocks.Return(_block);
            _block = null;
        }
    }
}

/// <summary>Blocks that no call uses at the moment.</summary>
internal static class Blocks
{
    private const int Most = 8;
    private static readonly ConcurrentStack<Block> Free = new();

    public static Block Rent(long bytes)
    {
        if (Free.TryPop(out var block))
        {
            if (block.Bytes >= bytes)
            {
                return block;
            }

            block.Dispose();
        }

        return new Block(bytes + (bytes / 4));
    }

    public static void Return(Block block)
    {
        if (Free.Count < Most)
        {
            Free.Push(block);
        }
        else
        {
            block.Dispose();
        }
    }
}

/// <summary>Memory outside the garbage collector, aligned to cache lines and freed by its finalizer.</summary>
internal sealed unsafe class Block(long bytes) : IDisposable
{
    private const int Alignment = 64;

    public long Bytes { get; } = bytes;

    public void* Pointer { get; private set; } = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);

    ~Block() => Release();

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}

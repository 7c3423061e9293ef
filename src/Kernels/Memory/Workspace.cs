namespace E3Gen.Kernels;

/// <summary>Scratch memory of the calling thread, kept from call to call: kernels allocate nothing but their results.</summary>
internal static unsafe class Workspace
{
    [ThreadStatic]
    private static Block? _block;

    /// <summary>
    /// Memory for as many numbers, aligned to cache lines, with undefined content. The next call on this thread gets the same memory.
    /// </summary>
    public static T* Get<T>(long numbers)
        where T : unmanaged
    {
        long bytes = numbers * sizeof(T);
        if (_block is null || _block.Bytes < bytes)
        {
            _block?.Dispose();
            _block = new Block(bytes + (bytes / 2));
        }

        return (T*)_block.Pointer;
    }
}

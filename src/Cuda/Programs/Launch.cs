namespace E3Gen.Cuda;

/// <summary>A launch of a kernel in blocks of <see cref="BlockSize"/> threads.</summary>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Rows">Which size its threads are a multiple of.</param>
/// <param name="PerRow">Threads for each of them.</param>
/// <param name="Arguments">Names of operands, which are passed as pointers, and of sizes, which are passed as 64-bit numbers.</param>
internal sealed record Launch(string Kernel, string Rows, long PerRow, params string[] Arguments)
{
    /// <summary>Threads of a block.</summary>
    public const int BlockSize = 128;

    /// <summary>Number of blocks; none where there is nothing to do.</summary>
    /// <param name="sizes">The sizes.</param>
    public long Blocks(IReadOnlyDictionary<string, long> sizes) => ((sizes[Rows] * PerRow) + BlockSize - 1) / BlockSize;
}

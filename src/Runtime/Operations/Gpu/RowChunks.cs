using E3Gen.Cuda;
using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>
/// The rows of each element in chunks: threads sum coefficients' cotangents over the rows of a chunk, and then over the chunks of an element, always in the same order.
/// </summary>
internal sealed class RowChunks
{
    private readonly long[] _element, _rowOf, _chunkOffsets, _elementChunks;

    /// <param name="rows">The rows of each element.</param>
    /// <param name="elements">Number of elements.</param>
    public RowChunks(RowsByElement rows, int elements)
    {
        _element = new long[rows.Rows.Length];
        _rowOf = [.. rows.Rows.Select(r => (long)r)];
        var (offsets, chunks) = (new List<long> { 0 }, new List<long> { 0 });
        for (int e = 0; e < elements; e++)
        {
            for (int start = rows.Starts[e]; start < rows.Starts[e + 1]; start += ContractionText.ChunkRows)
            {
                offsets.Add(Math.Min(start + ContractionText.ChunkRows, rows.Starts[e + 1]));
            }

            chunks.Add(offsets.Count - 1);
            foreach (int row in rows.Rows.AsSpan(rows.Starts[e]..rows.Starts[e + 1]))
            {
                _element[row] = e;
            }
        }

        (_chunkOffsets, _elementChunks) = ([.. offsets], [.. chunks]);
        Sizes = new() { ["rows"] = rows.Rows.Length, ["elements"] = elements, ["chunks"] = offsets.Count - 1 };
    }

    /// <summary>The sizes that launches take.</summary>
    public Dictionary<string, long> Sizes { get; }

    /// <summary>The indices that launches take. They live as long as the call that derivatives need, not as the scope around it.</summary>
    /// <param name="device">Where they are to lie.</param>
    public Dictionary<string, Tensor> ToTensors(Device device)
    {
        Tensor There(long[] values) => tensor(values, int64, device: CPU).to(device).DetachFromDisposeScope();
        return new() { ["element"] = There(_element), ["rowOf"] = There(_rowOf), ["chunkOffsets"] = There(_chunkOffsets), ["elementChunks"] = There(_elementChunks) };
    }
}

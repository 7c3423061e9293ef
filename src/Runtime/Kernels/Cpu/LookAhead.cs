using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// Fetches the rows that the next edge will read while this one is computed, a few cache lines after each pass: all at once they would wait for each other. Rows are long enough that the
/// processor's own prefetching, which starts anew at each page, is late for most of them. Does nothing where the processor cannot be asked.
/// </summary>
/// <param name="passes">Passes of an edge.</param>
internal sealed unsafe class LookAhead<T>(int passes)
    where T : unmanaged
{
    private const int CacheLine = 64;
    private readonly (nint Next, nint End)[] _rows = new (nint, nint)[4];
    private int _count;
    private nint _bytesOfPass;

    /// <summary>Begins with the rows of an edge.</summary>
    public void Start(ReadOnlySpan<EdgeRows<T>> rows, int edge)
    {
        _count = 0;
        nint bytes = 0;
        foreach (ref readonly var r in rows)
        {
            if (!r.Matrix.IsNull && Sse.IsSupported)
            {
                nint start = (nint)r.Matrix.Row(r.RowOfEdge[edge]), length = r.Count * sizeof(T);
                _rows[_count++] = (start, start + length);
                bytes += length;
            }
        }

        _bytesOfPass = ((bytes / passes) + CacheLine) / CacheLine * CacheLine;
    }

    /// <summary>The share of a pass.</summary>
    public void Step()
    {
        if (_count == 0)
        {
            return;
        }

        ref var row = ref _rows[_count - 1];
        nint line = row.Next, end = Math.Min(row.End, line + _bytesOfPass);
        for (; line < end; line += CacheLine)
        {
            Sse.Prefetch1((void*)line);
        }

        row.Next = line;
        if (line >= row.End)
        {
            _count--;
        }
    }
}

namespace E3Gen.Kernels;

/// <summary>
/// Prefetches the rows that the next edge will read while this one is computed, a few cache lines after each pass: all at once they would
/// stall each other. Does nothing if the processor has no prefetch instruction.
/// </summary>
/// <param name="passes">Passes of an edge.</param>
internal sealed unsafe class LookAhead<T>(int passes)
    where T : unmanaged
{
    private (nint Next, nint End)[] _rows = [];
    private int _count;
    private nint _bytesOfPass;

    /// <summary>Starts with the rows of an edge.</summary>
    public void Start(ReadOnlySpan<EdgeRows<T>> rows, int edge)
    {
        _count = 0;
        if (!Prefetch.IsSupported)
        {
            return;
        }

        if (_rows.Length < rows.Length)
        {
            _rows = new (nint, nint)[rows.Length];
        }

        nint bytes = 0;
        foreach (ref readonly var r in rows)
        {
            if (!r.Matrix.IsNull)
            {
                nint start = (nint)r.Matrix.Row(r.RowOfEdge[edge]), length = r.Count * sizeof(T);
                _rows[_count++] = (start, start + length);
                bytes += length;
            }
        }

        // A pass ends with a row, so that each row may take one pass more.
        _bytesOfPass = ((bytes / Math.Max(1, passes - _count)) + Prefetch.CacheLine) / Prefetch.CacheLine * Prefetch.CacheLine;
    }

    /// <summary>The share of a pass.</summary>
    public void Step()
    {
        if (_count == 0)
        {
            return;
        }

        ref var row = ref _rows[_count - 1];
        nint end = row.Next + _bytesOfPass;
        Prefetch.Lines(row.Next, Math.Min(row.End, end));
        row.Next = end;
        if (end >= row.End)
        {
            _count--;
        }
    }
}

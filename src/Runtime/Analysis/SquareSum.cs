using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>The sum of squares of each column over all rows that were added, in float64 on their device: nothing waits for a device before it is read.</summary>
internal sealed class SquareSum : IDisposable
{
    private Tensor? _columns;

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether nothing was added, not even a tensor without rows.</summary>
    public bool IsEmpty => _columns is null;

    /// <summary>Adds a tensor, its leading axes as rows.</summary>
    /// <param name="x">[..., columns].</param>
    public void Add(Tensor x)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        long columns = x.size(-1), rows = Count(x);
        var sum = x.detach().to(ScalarType.Float64).reshape(rows, columns).square().sum(0L); // 0 alone would be a ScalarType
        var total = (_columns is null ? sum : _columns.add(sum)).DetachFromDisposeScope();
        _columns?.Dispose();
        (_columns, Rows) = (total, Rows + rows);
    }

    /// <summary>The sum of each column.</summary>
    public double[] Read()
    {
        using var scope = NewDisposeScope();
        return _columns is null ? [] : _columns.cpu().data<double>().ToArray();
    }

    /// <summary>The mean of all squares; NaN without any.</summary>
    public double MeanSquare()
    {
        double[] sums = Read();
        return sums.Sum() / ((double)Rows * sums.Length);
    }

    public void Dispose()
    {
        _columns?.Dispose();
        _columns = null;
    }

    private static long Count(Tensor x)
    {
        long rows = 1;
        foreach (long length in x.shape.AsSpan()[..^1])
        {
            rows *= length;
        }

        return rows;
    }
}

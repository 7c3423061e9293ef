using static TorchSharp.torch;

namespace E3Gen.Kernels;

/// <summary>Leading axes of an operation's arguments, flattened into rows and restored on the result.</summary>
public readonly struct Rows
{
    private readonly long[] _leading;

    private Rows(long[] leading) => _leading = leading;

    /// <summary>[..., columns] → [rows, columns].</summary>
    /// <param name="x">The argument; becomes two-dimensional.</param>
    public static Rows Flatten(ref Tensor x)
    {
        var shape = x.shape;
        if (shape.Length != 2)
        {
            x = x.reshape(Count(shape.AsSpan(0, shape.Length - 1)), shape[^1]);
        }

        return new Rows(shape[..^1]);
    }

    /// <summary>Broadcasts the leading axes of two arguments and flattens both.</summary>
    /// <param name="x">First argument; becomes [rows, columns].</param>
    /// <param name="y">Second argument; becomes [rows, columns].</param>
    /// <exception cref="ArgumentException">The leading axes do not broadcast.</exception>
    public static Rows Broadcast(ref Tensor x, ref Tensor y)
    {
        var leading = BroadcastShape(x.shape[..^1], y.shape[..^1]);
        (x, y) = (Expand(x, leading), Expand(y, leading));
        return new Rows(leading);
    }

    /// <summary>Broadcasts the leading axes of two arguments and weights for each row, and flattens all three.</summary>
    /// <param name="x">First argument; becomes [rows, columns].</param>
    /// <param name="y">Second argument; becomes [rows, columns].</param>
    /// <param name="weights">Weights; become [rows, columns].</param>
    /// <exception cref="ArgumentException">The leading axes do not broadcast.</exception>
    public static Rows Broadcast(ref Tensor x, ref Tensor y, ref Tensor weights)
    {
        var leading = BroadcastShape(BroadcastShape(x.shape[..^1], y.shape[..^1]), weights.shape[..^1]);
        (x, y, weights) = (Expand(x, leading), Expand(y, leading), Expand(weights, leading));
        return new Rows(leading);
    }

    /// <summary>[rows, columns] → [..., columns].</summary>
    /// <param name="result">The result of the operation.</param>
    public Tensor Restore(Tensor result) => _leading.Length == 1 ? result : result.reshape([.. _leading, result.size(1)]);

    private static Tensor Expand(Tensor x, long[] leading)
    {
        long columns = x.shape[^1];
        return x.shape.AsSpan(0, (int)x.dim() - 1).SequenceEqual(leading) && leading.Length == 1
            ? x
            : x.expand([.. leading, columns]).reshape(Count(leading), columns);
    }

    private static long[] BroadcastShape(long[] a, long[] b)
    {
        var shape = new long[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            long m = i <= a.Length ? a[^i] : 1, n = i <= b.Length ? b[^i] : 1;
            shape[^i] = m == n || n == 1 ? m : m == 1 ? n : throw new ArgumentException(
                $"Leading axes [{string.Join(", ", a)}] and [{string.Join(", ", b)}] of the arguments do not broadcast: axis {shape.Length - i} is {m} and {n}.");
        }

        return shape;
    }

    private static long Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long n in shape)
        {
            count *= n;
        }

        return count;
    }
}

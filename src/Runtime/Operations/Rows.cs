using System.ComponentModel;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Leading axes of an operation's arguments, flattened into rows and restored on the result.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
    /// <param name="name">Operation, for the message.</param>
    /// <param name="names">Both arguments, for the message.</param>
    /// <exception cref="ArgumentException">The leading axes do not broadcast.</exception>
    public static Rows Broadcast(ref Tensor x, ref Tensor y, string name, string names)
    {
        var leading = Common(name, names, x.shape[..^1], y.shape[..^1]);
        (x, y) = (Expand(x, leading), Expand(y, leading));
        return new Rows(leading);
    }

    /// <summary>Broadcasts the leading axes of two arguments and weights for each row, and flattens all three.</summary>
    /// <param name="x">First argument; becomes [rows, columns].</param>
    /// <param name="y">Second argument; becomes [rows, columns].</param>
    /// <param name="weights">Weights; become [rows, columns].</param>
    /// <param name="name">Operation, for the message.</param>
    /// <param name="names">The three arguments, for the message.</param>
    /// <exception cref="ArgumentException">The leading axes do not broadcast.</exception>
    public static Rows Broadcast(ref Tensor x, ref Tensor y, ref Tensor weights, string name, string names)
    {
        var leading = Common(name, names, x.shape[..^1], y.shape[..^1], weights.shape[..^1]);
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

    private static long[] Common(string name, string names, params long[][] shapes)
    {
        var common = new long[shapes.Max(s => s.Length)];
        Array.Fill(common, 1);
        foreach (long[] shape in shapes)
        {
            for (int i = 1; i <= shape.Length; i++)
            {
                if (common[^i] == 1)
                {
                    common[^i] = shape[^i];
                }
                else if (shape[^i] != 1 && shape[^i] != common[^i])
                {
                    string all = string.Join(", ", shapes.Select(s => $"[{string.Join(", ", s)}]"));
                    throw new ArgumentException($"{name}: the leading axes of {names} must be equal or broadcast, but are {all}.");
                }
            }
        }

        return common;
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

using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Lengths of differences. Points, or vectors that transform alike, differ by a vector, which is independent of the origin, and
/// its Euclidean length is invariant.
/// </summary>
internal static class Distances
{
    /// <summary>|xᵢ − yⱼ| for all rows i and j: [batches…, rows of x, rows of y].</summary>
    public static TensorValue OfAllRows(TorchCall c, TensorValue x, TensorValue y, double? order)
    {
        if ((x.Written ?? y.Written) is { } written)
        {
            throw new NoProofException(written.Because);
        }

        if (x.Axes.Length < 2 || y.Axes.Length < 2)
        {
            return Shapes.IsScalar(x) && Shapes.IsScalar(y) && x.Parity == y.Parity
                ? Reductions.Unshaped(x) with { Parity = 1, Numbers = NumberKind.Float }
                : throw c.CannotVerify(x.Turns ? x : y);
        }

        var (front, other) = (Front(x), Front(y));
        var columns = Elementwise.Add(c, Columns(x), Columns(y), -1);
        if (front.Turns || other.Turns || Columns(x).Turns != Columns(y).Turns)
        {
            throw c.CannotVerify(x.Turns ? x : y);
        }

        // One of an odd scalar and an even one has been refused by the difference, one of a point and a vector is a point.
        Reductions.Norm(c, columns, [-1], keepDim: false, isEuclidean: order == 2);
        int rank = Math.Max(front.Axes.Length, other.Axes.Length);
        return new TensorValue(
            [.. Enumerable.Range(0, rank).Reverse().Select(i => Elementwise.Broadcast(c, front, other, i)), Row(x), Row(y)], 0)
        {
            HasMoreInFront = x.HasMoreInFront || y.HasMoreInFront,
            Numbers = NumberKind.Float,
        };

        static TensorValue Front(TensorValue t) => new([.. t.Axes.Take(t.Axes.Length - 2)], 0) { HasMoreInFront = t.HasMoreInFront };
        static TensorValue Columns(TensorValue t) => t with { Axes = [t.Axes[t.Axes.Length - 1]], HasMoreInFront = false };
        Axis Row(TensorValue t) => t.Axes[t.Axes.Length - 2] is { Turns: false } row ? Axis.Plain(row.Extent) : throw c.CannotVerify(t);
    }

    /// <summary>
    /// |x − y + ε| of rows. Adding a number to all components singles out a direction, so it must be zero if there are components.
    /// </summary>
    public static TensorValue OfPairs(TorchCall c, TensorValue x, TensorValue y)
    {
        bool keepDim = c.Flag("keepdim");
        double? order = TorchCall.Number(c["p"]), added = TorchCall.Number(c["eps"]);
        var difference = Elementwise.Add(c, x, y, -1);
        return difference.IsInvariant || added == 0
            ? Reductions.Norm(c, difference, [-1], keepDim, isEuclidean: order == 2)
            : throw c.CannotVerify(difference, $"{c.Name}, which adds eps to each component unless it is called with eps: 0,");
    }

    /// <summary>The mean, or the sum, of the squares of all differences.</summary>
    public static TensorValue OfSquares(TorchCall c, TensorValue x, TensorValue y)
    {
        var difference = Elementwise.Add(c, x, y, -1);
        if (TorchCall.Number(c["reduction"]) is not (1 or 2))
        {
            // One number for each component, or it is not known whether.
            return difference.IsInvariant ? Reductions.Unshaped(difference) : throw c.ActsOnComponents(difference);
        }

        return Reductions.Norm(c, difference, null, keepDim: false, isEuclidean: true);
    }
}

using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Sums, lengths and other reductions along axes. A sum over plain axes keeps irreps; the Euclidean length over a whole axis of irreps is
/// invariant, since D is orthogonal; any other reduction may act only on invariants.
/// </summary>
internal static class Reductions
{
    /// <summary>The axes that a reduction works along, as indices; null where they are not known.</summary>
    public static HashSet<int>? Along(TensorValue x, IReadOnlyList<long>? dims)
    {
        if (dims is null)
        {
            return x.HasMoreInFront ? null : [.. Enumerable.Range(0, x.Axes.Length)];
        }

        var axes = new HashSet<int>();
        foreach (long dim in dims)
        {
            if (x.Resolve(dim) is not { } axis)
            {
                return null;
            }

            axes.Add(axis);
        }

        return axes;
    }

    /// <summary>The tensor without axes, or with one entry in each of them.</summary>
    public static TensorValue Without(TensorValue x, HashSet<int> axes, bool keepDim) => x with
    {
        Axes = [.. x.Axes.Select((a, i) => axes.Contains(i) ? keepDim ? Axis.Plain(1) : null : a).OfType<Axis>()],
        Memory = [],
        IsZero = false,
    };

    public static TensorValue Sum(TorchCall c, TensorValue x, IReadOnlyList<long>? dims, bool keepDim, bool isMean)
    {
        if (Along(x, dims) is not { } axes)
        {
            var sum = !Shapes.IsScalar(x) ? throw c.AxisNotKnown(x)
                : dims is null && !keepDim ? new TensorValue([], 0) { Parity = x.Parity }
                : Unshaped(x);
            return sum with { Numbers = Summed(c, x, isMean) };
        }

        if (x.Weight != 0 && !isMean && !axes.All(a => x.Axes[a].Extent.IsOne))
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        if (x.Written is { Sum: { } ofAll } summands)
        {
            return summands.Along.All(axes.Contains) ? Sum(c, ofAll, dims, keepDim, isMean) : throw new NoProofException(summands.Because);
        }

        if (x.Written is { } written)
        {
            // A sum over rows of products of components is no product of components any more.
            if (!axes.Contains(written.Axis))
            {
                throw new NoProofException(written.Because);
            }

            var summed = ComponentRules.Sum(c, x, keepDim, isMean);
            axes.Remove(written.Axis);
            return axes.Count == 0 ? summed
                : summed.Written is { } rest ? throw new NoProofException(rest.Because)
                : Without(summed, [.. axes.Select(a => keepDim || a < written.Axis ? a : a - 1)], keepDim);
        }

        if (axes.Any(a => x.Axes[a].Turns))
        {
            throw c.Mixes(x, dims is null
                ? $"all axes are summed; write {c.Name}(dim: 0) or the like for one of them"
                : "sum over rows, use [Linear], or .norm(-1) for lengths");
        }

        return Without(x, axes, keepDim) with { IsZero = x.IsZero, Numbers = Summed(c, x, isMean) };
    }

    /// <summary>What sums are: of whole numbers and truth values whole ones, if no floating-point type is asked for.</summary>
    private static NumberKind Summed(TorchCall c, TensorValue x, bool isMean) =>
        isMean || c["type"] is not null || c["dtype"] is not null
            ? NumberKind.Float
            : x.Numbers == NumberKind.Truth ? NumberKind.Whole : x.Numbers;

    /// <summary>
    /// Differences of neighbours along a plain axis, n times: both have the same weight of the origin, so it cancels
    /// in their difference.
    /// </summary>
    public static TensorValue Differences(TorchCall c, TensorValue x)
    {
        if (c["prepend"] is not null || c["append"] is not null)
        {
            throw c.CannotVerify(x, $"{c.Name} with something before or after");
        }

        if (x.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        if (c["n"] is not Data { Extent.Known: > 0 and var times } || x.Resolve(c.Whole("dim")) is not { } axis)
        {
            return Shapes.IsScalar(x) ? Unshaped(x) with { Numbers = Numbers() } : throw c.AxisNotKnown(x);
        }

        if (x.Axes[axis].Turns)
        {
            throw c.Mixes(x);
        }

        var extent = x.Axes[axis].Extent.Known is { } known ? Extent.Of(Math.Max(0, known - times)) : c.Machine.Fresh();
        return x with { Axes = x.Axes.SetItem(axis, Axis.Plain(extent)), Weight = 0, Numbers = Numbers(), Memory = [] };

        NumberKind Numbers() => x.Numbers == NumberKind.Float ? NumberKind.Float : NumberKind.Unknown;
    }

    /// <summary>A tensor without irreps whose axes are not known.</summary>
    public static TensorValue Unshaped(TensorValue x) => new([], 0) { HasMoreInFront = true, Parity = x.Parity, Numbers = x.Numbers };

    /// <summary>The euclidean length.</summary>
    public static TensorValue Norm(TorchCall c, TensorValue x, IReadOnlyList<long>? dims, bool keepDim, bool isEuclidean)
    {
        if (x.Weight != 0)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        if (x.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        if (!x.Turns)
        {
            var reduced = Along(x, dims) is { } plain
                ? Without(x, plain, keepDim)
                : dims is null && !keepDim ? new TensorValue([], 0) : Unshaped(x);
            return reduced with { Parity = 1, Numbers = NumberKind.Float };
        }

        if (!isEuclidean)
        {
            throw c.ActsOnComponents(x);
        }

        if (Along(x, dims) is not { } axes)
        {
            // All of them: whatever stands in front is plain.
            return dims is null && !keepDim ? new TensorValue([], 0) { Numbers = NumberKind.Float } : throw c.AxisNotKnown(x);
        }

        return x.Axes.Where((a, i) => a.Turns && !axes.Contains(i)).Any() ? throw c.ActsOnComponents(x) : Without(x, axes, keepDim);
    }

    /// <summary>Any other function of all entries along axes.</summary>
    public static TensorValue Other(TorchCall c, TensorValue x, IReadOnlyList<long>? dims, bool keepDim)
    {
        if (!x.IsInvariant)
        {
            // Over rows alone no columns are mixed, but each of them is treated for itself.
            bool isOverRows = dims is not null && Along(x, dims) is { } rows && rows.All(a => !x.Axes[a].Turns);
            throw x.Turns && !isOverRows ? c.Mixes(x, "only even scalars may be mixed freely") : c.ActsOnComponents(x);
        }

        return (Along(x, dims) is { } axes ? Without(x, axes, keepDim) : Unshaped(x)) with { Numbers = NumberKind.Unknown };
    }

    /// <summary>A linear function of the entries along axes that leaves the shape: running sums, or entries that change places.</summary>
    public static TensorValue Along(TorchCall c, TensorValue x, IReadOnlyList<long>? dims, bool isMove)
    {
        if (!x.Turns && x.Written is null && x.Weight == 0)
        {
            return x with
            {
                Axes = [.. x.Axes.Select(a => a with { Runs = default })],
                Numbers = isMove || x.Numbers == NumberKind.Float ? x.Numbers : NumberKind.Unknown,
                Memory = [],
            };
        }

        if (dims is null || Along(x, dims) is not { } axes)
        {
            throw dims is null ? c.Mixes(x) : c.AxisNotKnown(x);
        }

        if (x.Written is { } written && !isMove)
        {
            throw new NoProofException(written.Because);
        }

        if (x.Weight != 0 && !isMove)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        if (axes.Any(a => x.Axes[a].Turns || x.Written?.Axis == a))
        {
            throw c.Mixes(x);
        }

        // Neighbours that were equal are so no longer.
        var result = x with { Axes = [.. x.Axes.Select((a, i) => axes.Contains(i) ? a with { Runs = default } : a)], Memory = [] };
        return x.Written is { } moved ? ComponentRules.Moved(c, result, result.Axes, moved.Axis) : result;
    }
}

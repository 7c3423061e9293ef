using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Selecting, counting and indexing of invariants: the result is invariant if the values are, and these rules give its
/// shape.
/// </summary>
internal static class Selections
{
    /// <summary>Numbers as rows of zeros and a one: a new last axis of as many columns as there are classes.</summary>
    public static TensorValue OneHot(TorchCall c, TensorValue x)
    {
        var classes = c["num_classes"] is Data { Extent: { } extent } && extent.Known is null or > 0 ? extent : c.Machine.Fresh();
        return Invariant(c, x) with
        {
            Axes = [.. x.Axes.Select(a => Axis.Plain(a.Extent)), Axis.Plain(classes)],
            Numbers = NumberKind.Whole,
            IsZero = false,
            Memory = [],
        };
    }

    /// <summary>Entries that a mask names, one after the other, of whatever axis.</summary>
    public static TensorValue Masked(TorchCall c, TensorValue x, TensorValue mask)
    {
        Invariant(c, mask);
        return !Shapes.IsScalar(x)
            ? throw c.ActsOnComponents(x)
            : x with { Axes = [Axis.Plain(c.Machine.Fresh())], HasMoreInFront = false, Memory = [] };
    }

    /// <summary>The indices of what is not zero: [how many, axes].</summary>
    public static TensorValue NotZero(TorchCall c, TensorValue x)
    {
        var axes = Invariant(c, x).HasMoreInFront ? c.Machine.Fresh() : Extent.Of(x.Axes.Length);
        return new([Axis.Plain(c.Machine.Fresh()), Axis.Plain(axes)], 0) { Numbers = NumberKind.Whole };
    }

    /// <summary>How often each number occurs.</summary>
    public static TensorValue Counts(TorchCall c)
    {
        Invariant(c, c.X(0));
        bool isWeighted = c["weights"] is { } weights && Invariant(c, c.AsTensor(weights)) is not null;
        _ = c["minlength"];
        return new([Axis.Plain(c.Machine.Fresh())], 0) { Numbers = isWeighted ? NumberKind.Unknown : NumberKind.Whole };
    }

    /// <summary>The k largest along an axis; where they were has the same shape.</summary>
    public static TensorValue Largest(TorchCall c, TensorValue x)
    {
        foreach (string flag in new[] { "largest", "sorted" })
        {
            _ = c[flag] is Data ? true : throw c.CannotVerify(x);
        }

        var count = c["k"] is Data { Extent: { } k } ? k : c.Machine.Fresh();
        if (!x.IsInvariant)
        {
            return Reductions.Other(c, x, [c.Whole("dim")], keepDim: false); // says why
        }

        return (x.Resolve(c.Whole("dim")) is { } axis
            ? x with { Axes = [.. x.Axes.Select((a, i) => Axis.Plain(i == axis ? count : a.Extent))], IsZero = false, Memory = [] }
            : Reductions.Unshaped(x)) with
        { Numbers = NumberKind.Unknown };
    }

    /// <summary>Row and column of each entry of a triangle: [2, entries].</summary>
    public static TensorValue Triangle(TorchCall c)
    {
        bool isWhole = c["dtype"] is Data { DType: NumberKind.Whole } || TorchCall.Number(c["dtype"]) is >= 1 and <= 4;
        bool isUpper = c.Name == "triu_indices";
        var (row, col, offset) = (TorchCall.Number(c["row"]), TorchCall.Number(c["col"]), TorchCall.Number(c["offset"]));
        var count = row is >= 0 and <= 4096 and var rows && col is >= 0 and <= 4096 and var columns && offset is { } k
            ? Extent.Of(Enumerable.Range(0, (int)rows).Sum(i => Within(isUpper ? columns - Math.Max(0, i + k) : i + k + 1, columns)))
            : c.Machine.Fresh();
        return new([Axis.Plain(2), Axis.Plain(count)], 0) { Numbers = isWhole ? NumberKind.Whole : NumberKind.Unknown };

        static long Within(double number, double most) => (long)Math.Max(0, Math.Min(number, most));
    }

    /// <summary>Zero, or another number, in rows that an index names: a row is what it was or zero, which fits all irreps.</summary>
    public static TensorValue Filled(TorchCall c, TensorValue x, TensorValue index)
    {
        Invariant(c, index);
        double? value = TorchCall.Number(c["value"]);
        if (x.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        if (value != 0)
        {
            return Invariant(c, x) with { IsZero = false, Memory = [] };
        }

        if (x.Weight != 0)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        return x.Resolve(c.Whole("dim")) is { } axis ? x.Axes[axis].Turns ? throw c.Mixes(x) : x with { Memory = [] }
            : Shapes.IsScalar(x) ? x with { Memory = [] } : throw c.AxisNotKnown(x);
    }

    /// <summary>A recurrent cell: rows of the input with as many columns as its state has.</summary>
    public static TensorValue Cell(TorchCall c, Made cell, TensorValue x)
    {
        bool isKnown = cell.Arguments.TryGetValue("hiddenSize", out var size);
        var columns = isKnown && size is Data { Extent: { } extent } ? extent : c.Machine.Fresh();
        return x.Axes.IsEmpty ? c.Machine.Anything() : Invariant(c, x) with
        {
            Axes = [.. x.Axes.Take(x.Axes.Length - 1).Select(a => Axis.Plain(a.Extent)), Axis.Plain(columns)],
            IsZero = false,
            Numbers = NumberKind.Float,
        };
    }

    private static TensorValue Invariant(TorchCall c, TensorValue x) => x.IsInvariant ? x : throw c.ActsOnComponents(x);
}

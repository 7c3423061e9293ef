using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Entries of axes: single ones, ranges, those that an index or mask names.</summary>
internal static class Indexing
{
    /// <summary>Entries start, start + 1, … of an axis. Of irreps, whole copies are irreps again; less than that is components.</summary>
    public static TensorValue Columns(TorchCall c, TensorValue x, int axis, long start, long count)
    {
        var old = x.Axes[axis];
        if (x.Written?.Axis == axis)
        {
            return start >= 0 && count > 0 && start + count <= x.Written.Entries.Length ? ComponentRules.Slice(c, x, (int)start, (int)count) : throw c.CannotVerify(x);
        }

        if (old.Irreps is not { } irreps)
        {
            var runs = old.Runs.IsDefault || start != 0 || count != old.Extent.Known ? default : old.Runs;
            var plain = x with { Axes = x.Axes.SetItem(axis, new Axis(Extent.Of(count), null, runs)) };
            return x.Written is null ? plain : ComponentRules.Moved(c, plain, plain.Axes, x.Written.Axis);
        }

        if (start < 0 || count < 0 || start + count > irreps.Dim)
        {
            throw c.Wrong(EquivarianceRules.Slice, start, start + count - 1, $"are not all there: {irreps} has {irreps.Dim} columns");
        }

        if (x.Weight != 0 && (start != 0 || count != irreps.Dim))
        {
            return ComponentRules.Slice(c, ComponentRules.TakeApart(c, x, axis, Cut(c, irreps, start, count)), (int)start, (int)count);
        }

        return Whole(irreps, (int)start, (int)count) is { } part
            ? Elementwise.Turned(x, axis, part)
            : ComponentRules.Slice(c, ComponentRules.TakeApart(c, x, axis, Cut(c, irreps, start, count)), (int)start, (int)count);
    }

    /// <summary>One entry of an axis, which is dropped.</summary>
    public static TensorValue Single(TorchCall c, TensorValue x, int axis, Value index)
    {
        var old = x.Axes[axis];
        if (!old.Turns && x.Written?.Axis != axis)
        {
            var rest = x with { Axes = x.Axes.RemoveAt(axis) };
            return x.Written is { } moved ? ComponentRules.Moved(c, rest, rest.Axes, moved.Axis < axis ? moved.Axis : moved.Axis - 1) : rest;
        }

        if (TorchCall.Number(index) is not { } number || old.Extent.Known is not { } count)
        {
            throw c.CannotVerify(x, $"{c.Name} of a column that is not constant");
        }

        long at = (long)number < 0 ? count + (long)number : (long)number;
        if (at < 0 || at >= count)
        {
            throw c.CannotVerify(x, $"{c.Name} of a column that is not there");
        }

        if (x.Written is null && old.Irreps is { } irreps && x.Weight == 0 && Whole(irreps, (int)at, 1) is [var scalar])
        {
            return Elementwise.Normal(x with { Axes = x.Axes.RemoveAt(axis), Parity = x.Parity * scalar.Irrep.Parity });
        }

        var apart = x.Written is null ? ComponentRules.TakeApart(c, x, axis, Cut(c, old.Irreps!, at, 1)) : x;
        return ComponentRules.Single(c, apart, (int)at);
    }

    private static Finding Cut(TorchCall c, Irreps irreps, long start, long count) =>
        new(EquivarianceRules.Slice, c.At.Syntax, start, start + count - 1, ColumnsText(irreps, start, count)) { Before = irreps };

    private static string ColumnsText(Irreps irreps, long start, long count)
    {
        int at = 0;
        foreach (var entry in irreps)
        {
            int end = at + entry.Dim;
            bool cuts = (start > at && start < end && (start - at) % entry.Irrep.Dim != 0) || (start + count > at && start + count < end && (start + count - at) % entry.Irrep.Dim != 0);
            if (cuts)
            {
                return $"cut through {entry}, which lies in columns {at} to {end - 1} of {irreps}";
            }

            at = end;
        }

        return $"are no irreps of {irreps}";
    }

    /// <summary>The irreps in some columns; null where they cut through a copy.</summary>
    private static Irreps? Whole(Irreps irreps, int start, int count)
    {
        var part = new List<MulIrrep>();
        int at = 0, end = start + count;
        foreach (var entry in irreps)
        {
            int first = Math.Max(start, at) - at, last = Math.Min(end, at + entry.Dim) - at;
            at += entry.Dim;
            if (last <= first)
            {
                continue;
            }

            if (first % entry.Irrep.Dim != 0 || last % entry.Irrep.Dim != 0)
            {
                return null;
            }

            part.Add(new MulIrrep((last - first) / entry.Irrep.Dim, entry.Irrep));
        }

        return new Irreps(part);
    }

    /// <summary>x[i, j, …].</summary>
    public static TensorValue Index(TorchCall c, TensorValue x, IReadOnlyList<Value> items)
    {
        if (items.Any(i => c.Machine.WhyUnknown(i) is not null))
        {
            throw c.CannotVerify(x);
        }

        if (Shapes.IsScalar(x) && items.Any(i => c.Machine.Tensor(i) is { } t && (t.HasMoreInFront || (t.Numbers is not (NumberKind.Truth or NumberKind.Whole) && t.Axes.Length != 1))))
        {
            // Whether it is a mask decides how many axes it takes.
            return items.All(c.Machine.IsInvariant) ? Reductions.Unshaped(x) : throw c.CannotVerify(x);
        }

        bool hasEllipsis = items.Any(i => i is IndexItem { Kind: IndexItemKind.Ellipsis });
        var result = x;
        int tensors = items.Count(i => c.Machine.Tensor(i) is not null);
        if (tensors > 1 && !(Shapes.IsScalar(x) && items.All(c.Machine.IsInvariant)))
        {
            throw c.CannotVerify(x, "indexing by several tensors");
        }

        if (tensors > 1)
        {
            return Reductions.Unshaped(x);
        }

        // From the back as long as an ellipsis tells where that is, from the front otherwise.
        if (!hasEllipsis && x.HasMoreInFront)
        {
            return Shapes.IsScalar(x) && items.All(c.Machine.IsInvariant) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        int axis = 0;
        for (int n = 0; n < items.Count; n++)
        {
            var item = items[n];

            // x[0] is another tensor than x[1]: components of one are none of the other.
            result = ReferenceEquals(result, x) || result.Written is not null ? result : result with { Identity = c.Machine.NextNumber() };
            switch (item)
            {
                case IndexItem { Kind: IndexItemKind.Ellipsis }:
                    axis = result.Axes.Length - items.Skip(n + 1).Sum(i => Consumes(c, i));
                    if (axis < 0 || (result.HasMoreInFront && n > 0))
                    {
                        return Shapes.IsScalar(x) && items.All(c.Machine.IsInvariant) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
                    }

                    break;
                case IndexItem { Kind: IndexItemKind.NewAxis }:
                    var origin = Enumerable.Range(0, result.Axes.Length).ToList();
                    origin.Insert(axis, -1);
                    result = Shapes.Rearranged(c, result, result.Axes.Insert(axis, Axis.Plain(1)), origin);
                    axis++;
                    break;
                case IndexItem { Kind: IndexItemKind.Slice } slice:
                    result = Slice(c, result, Valid(c, result, axis), slice.Start, slice.Stop);
                    axis++;
                    break;
                case IndexItem { Kind: IndexItemKind.FromEnd, Start: { } fromEnd }:
                    result = Single(c, result, Valid(c, result, axis), result.Axes[axis].Extent.Known is { } known && TorchCall.Number(fromEnd) is { } back ? Data.Of((object)(known - (long)back)) : Value.Plain);
                    break;
                case Data:
                    result = Single(c, result, Valid(c, result, axis), item);
                    break;
                case Group { Elements: [var start, var stop] }:
                    result = Slice(c, result, Valid(c, result, axis), start, stop);
                    axis++;
                    break;
                case Reference when c.Machine.Tensor(item) is { } index:
                    (result, int added) = ByTensor(c, result, Valid(c, result, axis), index);
                    axis += added;
                    break;
                default:
                    throw c.CannotVerify(x);
            }
        }

        return result;
    }

    private static int Valid(TorchCall c, TensorValue x, int axis) => axis < x.Axes.Length ? axis : throw c.CannotVerify(x, "indexing of an axis that is not there");

    private static int Consumes(TorchCall c, Value item) => item switch
    {
        IndexItem { Kind: IndexItemKind.Ellipsis or IndexItemKind.NewAxis } => 0,
        Reference when c.Machine.Tensor(item) is { Numbers: NumberKind.Truth } mask => mask.HasMoreInFront ? throw c.CannotVerify(null, "indexing by a mask whose shape is not known") : mask.Axes.Length,
        _ => 1,
    };

    private static TensorValue Slice(TorchCall c, TensorValue x, int axis, Value? start, Value? stop)
    {
        bool isPlain = !x.Axes[axis].Turns && x.Written?.Axis != axis;
        long? extent = x.Axes[axis].Extent.Known;
        long? from = start is null or Data { IsNull: true } ? 0 : End(start, extent);
        long? to = stop is null or Data { IsNull: true } ? extent : End(stop, extent);
        if (start is null or Data { IsNull: true } && stop is null or Data { IsNull: true })
        {
            return x;
        }

        if (from is { } first && to is { } last && extent is { } all)
        {
            first = Math.Max(0, Math.Min(first, all));
            return Columns(c, x, axis, first, Math.Max(0, Math.Min(last, all) - first));
        }

        if (!isPlain)
        {
            throw c.CannotVerify(x, $"{c.Name} of columns that are not constant");
        }

        var part = x with { Axes = x.Axes.SetItem(axis, Axis.Plain(c.Machine.Fresh())) };
        return x.Written is { } moved ? ComponentRules.Moved(c, part, part.Axes, moved.Axis) : part;
    }

    private static long? End(Value value, long? extent) => value switch
    {
        IndexItem { Kind: IndexItemKind.FromEnd, Start: { } back } => extent - (long?)TorchCall.Number(back),
        _ => (long?)TorchCall.Number(value) is { } number ? number < 0 ? extent + number : number : null,
    };

    /// <summary>Entries that a tensor names: of plain axes any, along irreps none.</summary>
    private static (TensorValue Result, int Added) ByTensor(TorchCall c, TensorValue x, int axis, TensorValue index)
    {
        if (!index.IsInvariant)
        {
            throw c.ActsOnComponents(index);
        }

        bool isMask = index.Numbers == NumberKind.Truth;
        if (index.HasMoreInFront || (index.Numbers is not (NumberKind.Truth or NumberKind.Whole) && index.Axes.Length != 1))
        {
            // Whether it is a mask decides how many axes it takes.
            return Shapes.IsScalar(x) ? (Reductions.Unshaped(x), 0) : throw c.CannotVerify(x, "indexing by a tensor whose shape is not known");
        }

        int taken = isMask ? index.Axes.Length : 1;
        if (axis + taken > x.Axes.Length || x.Axes.Skip(axis).Take(taken).Any(a => a.Turns) || (x.Written is { } w && w.Axis >= axis && w.Axis < axis + taken))
        {
            throw c.Mixes(x, "only whole rows may be taken by an index or mask");
        }

        var put = index.Numbers == NumberKind.Whole ? index.Axes.Select(a => Axis.Plain(a.Extent)).ToList() : [Axis.Plain(c.Machine.Fresh())];
        var axes = x.Axes.RemoveRange(axis, taken).InsertRange(axis, put);
        return (x.Written is { } moved ? ComponentRules.Moved(c, x, axes, moved.Axis < axis ? moved.Axis : moved.Axis - taken + put.Count) : x with { Axes = axes }, put.Count);
    }

    /// <summary>Rows that an index names, along one axis.</summary>
    public static TensorValue IndexSelect(TorchCall c, TensorValue x, long dim, TensorValue index)
    {
        if (!index.IsInvariant)
        {
            throw c.ActsOnComponents(index);
        }

        if (x.Resolve(dim) is not { } axis)
        {
            return Shapes.IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        if (x.Axes[axis].Turns || x.Written?.Axis == axis)
        {
            throw c.Mixes(x, "only whole rows may be taken by an index");
        }

        var extent = index.Axes is [var only] && !index.HasMoreInFront ? only.Extent : index.Axes.IsEmpty && !index.HasMoreInFront ? Extent.One : c.Machine.Fresh();
        var axes = x.Axes.SetItem(axis, Axis.Plain(extent));
        return x.Written is { } moved ? ComponentRules.Moved(c, x, axes, moved.Axis) : x with { Axes = axes, Memory = [] };
    }

    /// <summary>An index of the shape of the result, number by number: along irreps it must name one and the same row for all components.</summary>
    public static void CheckIndex(TorchCall c, TensorValue x, int axis, TensorValue index)
    {
        if (!index.IsInvariant)
        {
            throw c.ActsOnComponents(index);
        }

        if (x.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        if (axis >= 0 && x.Axes[axis].Turns)
        {
            throw c.Mixes(x, "only whole rows may be taken by an index");
        }

        for (int i = 0; i < x.Axes.Length; i++)
        {
            var own = x.Axes[x.Axes.Length - 1 - i];
            if (own.Turns && (index.FromLast(i) is not { } other || other.Extent.Known != own.Irreps!.Dim || !(index.IsZero || other.IsConstantWithin(own.Irreps))))
            {
                throw c.Mixes(x, "the index must name the same row for all components of an irrep: expand it from one column");
            }
        }
    }

    public static TensorValue Gather(TorchCall c, TensorValue x, long dim, TensorValue index)
    {
        // take_along_dim lays index and tensor over each other first.
        if (c.Name == "take_along_dim" && (x.HasMoreInFront || index.HasMoreInFront || x.Resolve(dim) is not { } along || x.Axes.Length != index.Axes.Length
            || x.Axes.Where((a, i) => i != along && !a.Extent.Equals(index.Axes[i].Extent)).Any()))
        {
            return Shapes.IsScalar(x) && index.IsInvariant ? Reductions.Unshaped(x) : throw c.CannotVerify(x, $"{c.Name} with an index of another shape");
        }

        if (Shapes.IsScalar(x))
        {
            return index.IsInvariant ? x with { Axes = [.. index.Axes.Select(a => Axis.Plain(a.Extent))], HasMoreInFront = index.HasMoreInFront, Memory = [] } : throw c.ActsOnComponents(index);
        }

        int axis = x.Resolve(dim) ?? throw c.AxisNotKnown(x);
        if (index.HasMoreInFront || index.Axes.Length != x.Axes.Length || x.HasMoreInFront)
        {
            throw c.CannotVerify(x, $"{c.Name} with an index whose shape is not known");
        }

        CheckIndex(c, x, axis, index);
        return x with { Axes = [.. x.Axes.Select((a, i) => a.Turns ? a : Axis.Plain(index.Axes[i].Extent))], Memory = [] };
    }

    /// <summary>The same where single entries are written: neighbours may differ then.</summary>
    public static TensorValue WithoutRuns(TensorValue x) => x with { Axes = [.. x.Axes.Select(a => a with { Runs = default })] };

    /// <summary>Rows of a source that are added to or put into rows of x: both must carry the same.</summary>
    public static TensorValue Scatter(TorchCall c, TensorValue x, long dim, TensorValue index, TensorValue source, bool isRows, bool isSum)
    {
        if (source.Written is not null || x.Written is not null)
        {
            throw c.ActsOnComponents(source.Written is null ? x : source);
        }

        if (isSum && source.Weight != 0)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        if (!index.IsInvariant)
        {
            throw c.ActsOnComponents(index);
        }

        if (Shapes.IsScalar(x) && Shapes.IsScalar(source))
        {
            x = WithoutRuns(x);
            return x.Parity == source.Parity || x.IsZero ? x with { Parity = source.Parity, IsZero = x.IsZero && source.IsZero, Memory = [] }
                : source.IsZero ? x with { Memory = [] } : throw c.CannotVerify(source);
        }

        // Both have the same number of axes, and a number has none.
        if (source.Axes.IsEmpty && !source.HasMoreInFront && source.IsZero)
        {
            source = x with { IsZero = true };
        }

        if (source.HasMoreInFront && !x.HasMoreInFront && source.Axes.Length <= x.Axes.Length)
        {
            int missing = x.Axes.Length - source.Axes.Length;
            source = source with { Axes = [.. Enumerable.Range(0, missing).Select(_ => Axis.Plain(c.Machine.Fresh())), .. source.Axes], HasMoreInFront = false };
        }

        int place = dim < 0 ? -(int)dim - 1 : !x.HasMoreInFront ? x.Axes.Length - 1 - (int)dim : throw c.AxisNotKnown(x);
        if (place < 0 || x.HasMoreInFront || source.HasMoreInFront || x.Axes.Length != source.Axes.Length || place >= x.Axes.Length)
        {
            throw c.CannotVerify(source.Turns ? source : x, $"{c.Name} of tensors whose axes are not known");
        }

        int axis = x.Axes.Length - 1 - place;
        var rows = source with { Axes = source.Axes.SetItem(axis, source.Axes[axis].Turns ? throw c.Mixes(source) : Axis.Plain(1)) };
        if (x.Axes[axis].Turns)
        {
            throw c.Mixes(x);
        }

        var result = Elementwise.Add(c, x, rows, isChoice: !isSum);
        if (!isRows)
        {
            CheckIndex(c, result, axis, index);
        }

        return result with { Axes = [.. result.Axes.Select((a, i) => a.Turns ? a : Axis.Plain(x.Axes[i].Extent))], IsZero = x.IsZero && source.IsZero, Memory = [] };
    }

    /// <summary>x[i, j, …] = value: the place must carry what is put there. Zeros become what is put into them.</summary>
    public static TensorValue Put(TorchCall c, TensorValue x, IReadOnlyList<Value> items, TensorValue value)
    {
        var place = Index(c, x, items);
        if (!(Shapes.IsScalar(x) && Shapes.IsScalar(value)) && (place.Axes.Length != x.Axes.Length || place.HasMoreInFront != x.HasMoreInFront || items.Any(i => i is IndexItem { Kind: IndexItemKind.NewAxis })) && x.IsZero)
        {
            throw c.CannotVerify(value, "[…] = along other axes");
        }

        x = WithoutRuns(x);
        if (value.Written is { } apart || place.Written is not null || x.Written is not null)
        {
            throw new NoProofException((value.Written ?? place.Written ?? x.Written)!.Because);
        }

        if (value.Weight != x.Weight)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, "[…] ="));
        }

        if (Shapes.IsScalar(x) && Shapes.IsScalar(value) && (x.Parity == value.Parity || value.IsZero))
        {
            return x with { IsZero = x.IsZero && value.IsZero, Axes = [.. x.Axes.Select(a => a with { Runs = default })] };
        }

        var put = Elementwise.Add(c, place, value, isChoice: true);
        if (!x.IsZero || value.IsZero)
        {
            // What was there already has the same irreps, or the sum would not have been one.
            return put.Axes.Length == place.Axes.Length && put.Axes.Zip(place.Axes, (a, b) => a.Irreps == b.Irreps).All(same => same) && put.Parity == place.Parity
                ? x with { IsZero = false }
                : throw c.CannotVerify(x, "[…] =");
        }

        // Into zeros: some columns of one axis, or all of it, become irreps; the rest stays zero, which is any number of even scalars.
        if (put.Axes.Where(a => a.Turns).ToList() is not [var turning])
        {
            return Shapes.IsScalar(put) ? x with { Parity = put.Parity, IsZero = false } : throw c.CannotVerify(value, "[…] =");
        }

        int fromLast = put.Axes.Length - 1 - put.Axes.IndexOf(turning);
        var last = items.Count > 0 ? items[items.Count - 1] : null;
        int axis = x.Axes.Length - 1 - fromLast;
        if (axis < 0 || x.Axes[axis].Extent.Known is not { } columns)
        {
            throw c.CannotVerify(value, "[…] =");
        }

        if (columns == turning.Irreps!.Dim)
        {
            return Elementwise.Turned(x with { IsZero = false }, axis, turning.Irreps);
        }

        if (fromLast == 0 && last is IndexItem { Kind: IndexItemKind.Slice } slice && columns < 65536)
        {
            long start = slice.Start is null or Data { IsNull: true } ? 0 : End(slice.Start, columns) ?? throw c.CannotVerify(value, "[…] =");
            long rest = columns - start - turning.Irreps.Dim;
            if (start >= 0 && rest >= 0)
            {
                return Elementwise.Turned(x with { IsZero = false }, axis, new Irreps([new MulIrrep((int)start, new Irrep(0, 1)), .. turning.Irreps, new MulIrrep((int)rest, new Irrep(0, 1))]));
            }
        }

        throw c.CannotVerify(value, "[…] =");
    }
}

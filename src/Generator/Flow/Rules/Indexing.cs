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
            return start >= 0 && count > 0 && start + count <= x.Written.Entries.Length
                ? ComponentRules.Slice(c, x, (int)start, (int)count)
                : throw c.CannotVerify(x);
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
            return x.Written is { } moved
                ? ComponentRules.Moved(c, rest, rest.Axes, moved.Axis < axis ? moved.Axis : moved.Axis - 1)
                : rest;
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

    /// <summary>The copies of irreps whose ends are nearest to those of some columns.</summary>
    public static (int Start, int End)? Nearest(Irreps irreps, long start, long end)
    {
        int at = 0;
        var ends = new List<int> { 0 };
        foreach (var entry in irreps)
        {
            ends.AddRange(Enumerable.Range(1, Math.Min(entry.Multiplicity, 1000)).Select(copy => at + (copy * entry.Irrep.Dim)));
            at += entry.Dim;
        }

        int from = ends.OrderBy(e => Math.Abs(e - start)).First();
        return ends.Where(e => e > from).OrderBy(e => Math.Abs(e - end)).Select(to => ((int, int)?)(from, to)).FirstOrDefault();
    }

    private static string ColumnsText(Irreps irreps, long start, long count)
    {
        int at = 0;
        foreach (var entry in irreps)
        {
            int end = at + entry.Dim;
            bool cuts = (start > at && start < end && (start - at) % entry.Irrep.Dim != 0)
                || (start + count > at && start + count < end && (start + count - at) % entry.Irrep.Dim != 0);
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

        if (Shapes.IsScalar(x) && items.Any(i => c.Machine.Tensor(i) is { } t
            && (t.HasMoreInFront || (t.Numbers is not (NumberKind.Truth or NumberKind.Whole) && t.Axes.Length != 1))))
        {
            // Whether it is a mask decides how many axes it takes.
            return items.All(c.Machine.IsInvariant) ? Reductions.Unshaped(x) : throw c.CannotVerify(x);
        }

        bool hasEllipsis = items.Any(i => i is IndexItem { Kind: IndexItemKind.Ellipsis });
        var result = x;
        int tensors = items.Count(i => c.Machine.Tensor(i) is not null);
        int first = items.ToList().FindIndex(i => c.Machine.Tensor(i) is not null);
        if (tensors > 1
            && !items.Skip(first).Take(tensors).All(i => c.Machine.Tensor(i) is { HasMoreInFront: false } t
                && (t.Numbers == NumberKind.Whole || t.Axes.Length == 1)))
        {
            return Shapes.IsScalar(x) && items.All(c.Machine.IsInvariant)
                ? Reductions.Unshaped(x)
                : throw c.CannotVerify(x, "indexing by several tensors");
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
                    result = Single(
                        c, result, Valid(c, result, axis),
                        result.Axes[axis].Extent.Known is { } known && TorchCall.Number(fromEnd) is { } back
                            ? Data.Of((object)(known - (long)back))
                            : Value.Plain);
                    break;
                case Data when n + 1 < items.Count && items[n + 1] is Data next && Entry(c, result, axis, item, next) is { } entry:
                    result = entry;
                    n++;
                    break;
                case Data:
                    result = Single(c, result, Valid(c, result, axis), item);
                    break;
                case Group { Elements: [var start, var stop] }:
                    result = Slice(c, result, Valid(c, result, axis), start, stop);
                    axis++;
                    break;
                case Reference when tensors > 1:
                    (result, int together) = ByTensors(c, result, axis, [.. items.Skip(n).Take(tensors).Select(i => c.Machine.Tensor(i)!)]);
                    axis += together;
                    n += tensors - 1;
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

    /// <summary>The entry of a matrix both of whose axes carry irreps, by two constants; null where it is none.</summary>
    private static TensorValue? Entry(TorchCall c, TensorValue x, int axis, Value row, Value column)
    {
        if (x.Written is not null || x.Weight != 0 || axis + 1 >= x.Axes.Length || x.Axes.Count(a => a.Turns) != 2
            || !x.Axes[axis].Turns || !x.Axes[axis + 1].Turns
            || Place(row, x.Axes[axis]) is not { } i || Place(column, x.Axes[axis + 1]) is not { } j)
        {
            return null;
        }

        return ComponentRules.Entry(c, x, axis, i, j, Cut(c, x.Axes[axis].Irreps!, i, 1));

        static int? Place(Value index, Axis axis) =>
            TorchCall.Number(index) is { } number && axis.Extent.Known is { } count && number >= -count && number < count
            ? (int)(number < 0 ? number + count : number)
            : null;
    }

    private static int Valid(TorchCall c, TensorValue x, int axis) =>
        axis < x.Axes.Length ? axis : throw c.CannotVerify(x, "indexing of an axis that is not there");

    private static int Consumes(TorchCall c, Value item) => item switch
    {
        IndexItem { Kind: IndexItemKind.Ellipsis or IndexItemKind.NewAxis } => 0,
        Reference when c.Machine.Tensor(item) is { Numbers: NumberKind.Truth } mask =>
            mask.HasMoreInFront ? throw c.CannotVerify(null, "indexing by a mask whose shape is not known") : mask.Axes.Length,
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

    public static long? End(Value value, long? extent) => value switch
    {
        IndexItem { Kind: IndexItemKind.FromEnd, Start: { } back } => extent - (long?)TorchCall.Number(back),
        _ => (long?)TorchCall.Number(value) is { } number ? number < 0 ? extent + number : number : null,
    };

    /// <summary>
    /// Entries that tensors of whole numbers name together, each along one of neighbouring plain axes: they are laid over each other, and
    /// their axes replace those. A mask of one axis is the whole numbers of the places where it is true.
    /// </summary>
    private static (TensorValue Result, int Added) ByTensors(TorchCall c, TensorValue x, int axis, TensorValue[] indices)
    {
        int taken = indices.Length;
        if (axis + taken > x.Axes.Length || x.Axes.Skip(axis).Take(taken).Any(a => a.Turns)
            || (x.Written is { } w && w.Axis >= axis && w.Axis < axis + taken))
        {
            throw c.Mixes(x, "only whole rows may be taken by indices");
        }

        var numbers = indices.Select(i => i.Numbers == NumberKind.Whole ? i : i with { Axes = [Axis.Plain(c.Machine.Fresh())] });
        var put = Elementwise.Together(c, [.. numbers]).Axes.Select(a => Axis.Plain(a.Extent)).ToList();
        var axes = x.Axes.RemoveRange(axis, taken).InsertRange(axis, put);
        return (x.Written is { } moved
            ? ComponentRules.Moved(c, x, axes, moved.Axis < axis ? moved.Axis : moved.Axis - taken + put.Count)
            : x with { Axes = axes }, put.Count);
    }

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
            return Shapes.IsScalar(x)
                ? (Reductions.Unshaped(x), 0)
                : throw c.CannotVerify(x, "indexing by a tensor whose shape is not known");
        }

        int taken = isMask ? index.Axes.Length : 1;
        if (axis + taken > x.Axes.Length || x.Axes.Skip(axis).Take(taken).Any(a => a.Turns)
            || (x.Written is { } w && w.Axis >= axis && w.Axis < axis + taken))
        {
            throw c.Mixes(x, "only whole rows may be taken by an index or mask");
        }

        var put = index.Numbers == NumberKind.Whole
            ? index.Axes.Select(a => Axis.Plain(a.Extent)).ToList()
            : [Axis.Plain(c.Machine.Fresh())];
        var axes = x.Axes.RemoveRange(axis, taken).InsertRange(axis, put);
        return (x.Written is { } moved
            ? ComponentRules.Moved(c, x, axes, moved.Axis < axis ? moved.Axis : moved.Axis - taken + put.Count)
            : x with { Axes = axes }, put.Count);
    }
}

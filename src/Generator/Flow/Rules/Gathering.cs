using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Entries that a tensor of indices reads or writes: index_select, gather, scatter and similar operations.</summary>
internal static class Gathering
{
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

        var extent = index.Axes is [var only] && !index.HasMoreInFront
            ? only.Extent
            : index.Axes.IsEmpty && !index.HasMoreInFront ? Extent.One : c.Machine.Fresh();
        var axes = x.Axes.SetItem(axis, Axis.Plain(extent));
        return x.Written is { } moved ? ComponentRules.Moved(c, x, axes, moved.Axis) : x with { Axes = axes, Memory = [] };
    }

    /// <summary>
    /// An index of the shape of the result, number by number: along irreps it must name one and the same row for all components.
    /// </summary>
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
            if (own.Turns
                && (index.FromLast(i) is not { } other || other.Extent.Known != own.Irreps!.Dim
                    || !(index.IsZero || other.IsConstantWithin(own.Irreps))))
            {
                throw c.Mixes(x, "the index must name the same row for all components of an irrep: expand it from one column");
            }
        }
    }

    public static TensorValue Gather(TorchCall c, TensorValue x, long dim, TensorValue index)
    {
        // take_along_dim lays index and tensor over each other first.
        if (c.Name == "take_along_dim"
            && (x.HasMoreInFront || index.HasMoreInFront || x.Resolve(dim) is not { } along || x.Axes.Length != index.Axes.Length
                || x.Axes.Where((a, i) => i != along && !a.Extent.Equals(index.Axes[i].Extent)).Any()))
        {
            return Shapes.IsScalar(x) && index.IsInvariant
                ? Reductions.Unshaped(x)
                : throw c.CannotVerify(x, $"{c.Name} with an index of another shape");
        }

        if (Shapes.IsScalar(x))
        {
            return index.IsInvariant
                ? x with { Axes = [.. index.Axes.Select(a => Axis.Plain(a.Extent))], HasMoreInFront = index.HasMoreInFront, Memory = [] }
                : throw c.ActsOnComponents(index);
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

    /// <summary>
    /// What is added to neighbours is equal where they are, and what is added, and where: of the three along the same axis the runs stay,
    /// except along the one that the index works along.
    /// </summary>
    private static TensorValue Alike(TorchCall c, TensorValue x, long dim, TensorValue index, TensorValue source)
    {
        if (x.HasMoreInFront || index.HasMoreInFront || source.HasMoreInFront || index.Axes.Length != x.Axes.Length
            || source.Axes.Length != x.Axes.Length || x.Resolve(dim) is not { } along)
        {
            return WithoutRuns(x);
        }

        bool IsKept(Axis own, int i) =>
            i != along && !own.Runs.IsDefault && own.SameAs(index.Axes[i]) && own.SameAs(source.Axes[i]);

        return x with { Axes = [.. x.Axes.Select((a, i) => IsKept(a, i) ? a : a with { Runs = default })] };
    }

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
            x = isSum && !isRows ? Alike(c, x, dim, index, source) : WithoutRuns(x);
            return x.Parity == source.Parity || x.IsZero
                ? x with { Parity = source.Parity, IsZero = x.IsZero && source.IsZero, Memory = [] }
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
            source = source with
            {
                Axes = [.. Enumerable.Range(0, missing).Select(_ => Axis.Plain(c.Machine.Fresh())), .. source.Axes],
                HasMoreInFront = false,
            };
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

        return result with
        {
            Axes = [.. result.Axes.Select((a, i) => a.Turns ? a : Axis.Plain(x.Axes[i].Extent))],
            IsZero = x.IsZero && source.IsZero,
            Memory = [],
        };
    }

    /// <summary>x[i, j, …] = value: the place must carry what is put there. Zeros become what is put into them.</summary>
    public static TensorValue Put(TorchCall c, TensorValue x, IReadOnlyList<Value> items, TensorValue value)
    {
        var place = Indexing.Index(c, x, items);
        // Whole rows, each by its number.
        bool isFront = !x.HasMoreInFront && items.All(i => i is Data) && !place.Turns && place.Written is null
            && place.Axes.Length == x.Axes.Length - items.Count;
        if (!(Shapes.IsScalar(x) && Shapes.IsScalar(value)) && !(isFront && value.Axes.Length <= place.Axes.Length)
            && (place.Axes.Length != x.Axes.Length || place.HasMoreInFront != x.HasMoreInFront
                || items.Any(i => i is IndexItem { Kind: IndexItemKind.NewAxis })) && x.IsZero)
        {
            throw c.CannotVerify(value, "[…] = along other axes");
        }

        if (value.Written is { } apart || place.Written is not null || x.Written is not null)
        {
            throw new NoProofException((value.Written ?? place.Written ?? x.Written)!.Because);
        }

        if (value.Origins != x.Origins)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, "[…] ="));
        }

        if (Shapes.IsScalar(x) && Shapes.IsScalar(value) && (x.Parity == value.Parity || value.IsZero))
        {
            return x with { IsZero = x.IsZero && value.IsZero };
        }

        var put = Elementwise.Add(c, place, value, isChoice: true);
        if (!x.IsZero || value.IsZero)
        {
            // What was there already has the same irreps, or the sum would not have been one.
            return put.Axes.Length == place.Axes.Length && put.Axes.Zip(place.Axes, (a, b) => a.Irreps == b.Irreps).All(same => same)
                && put.Parity == place.Parity
                ? x with { IsZero = false }
                : throw c.CannotVerify(x, "[…] =");
        }

        // Into zeros: some columns of one axis, or all of it, become irreps; the rest stays zero, which is any number of even scalars.
        if (put.Axes.Where(a => a.Turns).ToList() is not [var turning])
        {
            return Shapes.IsScalar(put) ? x with { Parity = put.Parity, IsZero = false } : throw c.CannotVerify(value, "[…] =");
        }

        if (!isFront && (!items.All(i => KeepsAxis(c, i))
            || !(items.Any(i => i is IndexItem { Kind: IndexItemKind.Ellipsis }) || items.Count <= x.Axes.Length)))
        {
            throw c.CannotVerify(value, "[…] = along other axes");
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

        bool isLastAxis = fromLast == 0
            && (items.Count == x.Axes.Length || items.Any(i => i is IndexItem { Kind: IndexItemKind.Ellipsis }));
        if (isLastAxis && last is IndexItem { Kind: IndexItemKind.Slice } slice && columns < 65536)
        {
            long start = slice.Start is null or Data { IsNull: true }
                ? 0
                : Indexing.End(slice.Start, columns) ?? throw c.CannotVerify(value, "[…] =");
            long rest = columns - start - turning.Irreps.Dim;
            if (start >= 0 && rest >= 0)
            {
                return Elementwise.Turned(x with { IsZero = false }, axis,
                    new Irreps([new MulIrrep((int)start, new Irrep(0, 1)), .. turning.Irreps, new MulIrrep((int)rest, new Irrep(0, 1))]));
            }
        }

        throw c.CannotVerify(value, "[…] =");
    }

    /// <summary>
    /// Whether an item between the brackets leaves one axis in the place of one, so that axes of the part are those of the whole.
    /// </summary>
    private static bool KeepsAxis(TorchCall c, Value item) => item switch
    {
        IndexItem { Kind: IndexItemKind.Slice or IndexItemKind.Ellipsis } or Group => true,
        _ => c.Machine.Tensor(item) is { HasMoreInFront: false, Axes.Length: 1 },
    };
}

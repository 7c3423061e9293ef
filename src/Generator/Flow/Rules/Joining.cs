using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Concatenation, stacking and splitting of tensors.</summary>
internal static class Joining
{
    public static TensorValue Concatenate(TorchCall c, IReadOnlyList<TensorValue> parts, long dim)
    {
        if (parts.Count == 0)
        {
            throw c.CannotVerify(null);
        }

        // The parts have the same number of axes: what is known of one holds for all. A tensor of shape [0] is passed over, though,
        // whatever axes the others have.
        if (parts.Any(MayBePassedOver) && !parts.All(p => p is { HasMoreInFront: false, Axes.Length: 1 }))
        {
            if (!parts.Any(p => p.Axes.Length >= 2))
            {
                return Open(c, parts);
            }

            parts = [.. parts.Where(p => p.HasMoreInFront || p.Axes.Length != 1)
                .Select(p => MayBePassedOver(p) ? p with { Axes = [] } : p)];
        }

        var known = parts.FirstOrDefault(p => !p.HasMoreInFront);
        int? axis = dim < 0 ? -(int)dim - 1 : known is null ? null : known.Axes.Length - 1 - (int)dim;
        if (axis is not { } place || place < 0 || parts.Any(p => place >= p.Axes.Length && !p.HasMoreInFront))
        {
            return Open(c, parts);
        }

        if (parts.Any(p => p.Written is not null))
        {
            return ConcatenateWritten(c, parts, place);
        }

        bool alongIrreps = parts.Any(p => p.FromLast(place)?.Turns == true)
            || parts.Where(p => !p.IsZero).Select(p => p.Parity).Distinct().Count() > 1;
        if (alongIrreps)
        {
            return Columns(c, parts, place);
        }

        var result = parts[0] with { Memory = [] };
        foreach (var part in parts.Skip(1))
        {
            var rows = Elementwise.Add(c, Sized(result, place, Extent.One), Sized(part, place, Extent.One), isChoice: true);
            result = rows with { IsZero = result.IsZero && part.IsZero };
        }

        Extent? extent = Extent.Of(0);
        foreach (var part in parts)
        {
            extent = part.FromLast(place) is { } a && extent?.Known is { } sum && a.Extent.Known is { } more ? Extent.Of(sum + more) : null;
        }

        return place < result.Axes.Length ? Sized(result, place, extent ?? c.Machine.Fresh()) : result;
    }

    /// <summary>An unknown number of tensors of one kind along a plain axis: an unknown number of rows of that kind.</summary>
    public static TensorValue ConcatenateAll(TorchCall c, TensorValue each, long dim)
    {
        if (each.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        if (each.Resolve(dim) is not { } axis)
        {
            return Shapes.IsScalar(each) ? Reductions.Unshaped(each) with { IsZero = each.IsZero } : throw c.AxisNotKnown(each);
        }

        return each.Axes[axis].Turns
            ? throw c.CannotVerify(each, $"{c.Name} of a list whose length is not known")
            : each with { Axes = each.Axes.SetItem(axis, Axis.Plain(c.Machine.Fresh())), Memory = [] };
    }

    /// <summary>The same along a new axis.</summary>
    public static TensorValue StackAll(TorchCall c, TensorValue each, long dim)
    {
        if (each.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        var stacked = Shapes.Unsqueeze(c, each, dim) with { Memory = [] };
        return stacked.Axes.Length == each.Axes.Length + 1 && stacked.Resolve(dim) is { } axis
            ? stacked with { Axes = stacked.Axes.SetItem(axis, Axis.Plain(c.Machine.Fresh())) }
            : stacked;
    }

    /// <summary>Scalars of one parity, whose axes are not known.</summary>
    private static TensorValue Open(TorchCall c, IReadOnlyList<TensorValue> parts) =>
        parts.All(Shapes.IsScalar) && parts.All(p => p.Parity == parts[0].Parity)
        ? Reductions.Unshaped(parts[0])
        : throw c.AxisNotKnown(parts.FirstOrDefault(p => p.Turns) ?? parts[0]);

    /// <summary>Whether a tensor may have the shape [0].</summary>
    private static bool MayBePassedOver(TensorValue x) =>
        x.Axes is [] ? x.HasMoreInFront : x.Axes is [var only] && only.Extent.Known is not > 0;

    /// <summary>The same tensor with another extent, and no runs, at one place.</summary>
    private static TensorValue Sized(TensorValue x, int place, Extent extent) =>
        x.FromLast(place) is null ? x : x with { Axes = x.Axes.SetItem(x.Axes.Length - 1 - place, Axis.Plain(extent)) };

    /// <summary>Side by side along an axis that carries irreps: irreps after irreps.</summary>
    private static TensorValue Columns(TorchCall c, IReadOnlyList<TensorValue> parts, int place)
    {
        var irreps = new List<MulIrrep>();
        TensorValue? result = null;
        foreach (var part in parts)
        {
            if (part.Weight != 0)
            {
                throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
            }

            var axis = part.FromLast(place) ?? throw c.AxisNotKnown(part);
            if (axis.Irreps is { } own)
            {
                irreps.AddRange(own);
            }
            else
            {
                irreps.Add(axis.Extent.Known is { } count and < int.MaxValue
                    ? new MulIrrep((int)count, new Irrep(0, part.Parity))
                    : throw c.CannotVerify(parts.FirstOrDefault(p => p.Turns), $"{c.Name} of columns whose number is not known"));
            }

            var rows = Sized(part with { Parity = 1 }, place, Extent.One);
            result = result is null ? rows : Elementwise.Add(c, result, rows, isChoice: true);
        }

        return Elementwise.Turned(
            result! with { IsZero = parts.All(p => p.IsZero), Memory = [] }, result.Axes.Length - 1 - place, new Irreps(irreps));
    }

    private static TensorValue ConcatenateWritten(TorchCall c, IReadOnlyList<TensorValue> parts, int place)
    {
        var because = parts.First(p => p.Written is not null).Written!.Because;
        var written = parts.Select(p => ComponentRules.AsComponents(c, p, place, because)).ToList();
        if (written.Any(p => p.Written!.Axis < 0 || p.Axes.Length - 1 - p.Written.Axis != place))
        {
            throw new NoProofException(because);
        }

        var rows = written.Select(p => p with { Written = null, Axes = p.Axes.SetItem(p.Written!.Axis, Axis.Plain(1)) })
            .Aggregate((a, b) => Elementwise.Add(c, a, b, isChoice: true));
        int axis = rows.Axes.Length - 1 - place;
        return ComponentRules.Concatenate(c, written, axis, rows.Axes.RemoveAt(axis));
    }

    public static TensorValue Stack(TorchCall c, IReadOnlyList<TensorValue> parts, long dim)
    {
        if (parts.Count == 0)
        {
            throw c.CannotVerify(null);
        }

        if (parts.Any(p => p.Written is not null) || parts.Where(p => !p.IsZero).Select(p => p.Parity).Distinct().Count() > 1)
        {
            // Numbers become entries of the new axis: components of a vector, even and odd scalars.
            return Concatenate(c, [.. parts.Select(p => NewAxis(c, p, dim))], dim);
        }

        if (parts.Skip(1).Any(p => IsInverted(p, parts[0]))
            && parts.Skip(1).All(p => IsInverted(p, parts[0]) || p.Irreps == parts[0].Irreps))
        {
            return Frame(c, parts, dim);
        }

        var same = parts.Aggregate((a, b) => Elementwise.Add(c, a, b, isChoice: true) with { IsZero = a.IsZero && b.IsZero });
        var stacked = Shapes.Unsqueeze(c, same, dim);
        int axis = stacked.HasMoreInFront && stacked.Axes.IsEmpty ? -1 : stacked.Resolve(dim) ?? -1;
        return (axis < 0 ? stacked : stacked with { Axes = stacked.Axes.SetItem(axis, Axis.Plain(parts.Count)) }) with { Memory = [] };
    }

    /// <summary>Whether two tensors carry the same irreps but for the parity of all of them.</summary>
    private static bool IsInverted(TensorValue x, TensorValue of) =>
        x.Irreps is { } own && of.Irreps is { } other && own == Elementwise.Inverted(other);

    /// <summary>
    /// Vectors and pseudovectors one after the other, as a frame and its cross product: along the new axis lie even scalars for
    /// what has the parity of the first and odd ones for the rest, beside the axis that all of them have. For each of them the
    /// signs of both axes are its own.
    /// </summary>
    private static TensorValue Frame(TorchCall c, IReadOnlyList<TensorValue> parts, long dim)
    {
        var alike = parts.Select(
            p => IsInverted(p, parts[0]) ? p with { Axes = [.. p.Axes.Select(a => a.Turns ? Axis.Of(parts[0].Irreps!) : a)] } : p);
        var signs = parts.Select(p => new MulIrrep(1, new Irrep(0, IsInverted(p, parts[0]) ? -1 : 1)));
        var stacked = Shapes.Unsqueeze(c, alike.Aggregate((a, b) => Elementwise.Add(c, a, b, isChoice: true)), dim);
        return stacked.Axes.Length > parts[0].Axes.Length && stacked.Resolve(dim) is { } axis
            ? stacked with
            {
                Axes = stacked.Axes.SetItem(axis, Axis.Of(new Irreps(signs).Simplify())),
                IsZero = false,
                Memory = [],
            }
            : throw c.CannotVerify(parts[0]);
    }

    /// <summary>
    /// A new axis of one entry. Of a single component it is the axis that its entry lies along: all parts of a stack get it at the same
    /// place, so that components that stood beside each other still do.
    /// </summary>
    private static TensorValue NewAxis(TorchCall c, TensorValue x, long dim)
    {
        long at = dim < 0 ? x.Axes.Length + dim + 1 : dim;
        return x.Written is { Axis: < 0 } written && at >= 0 && at <= x.Axes.Length && (dim < 0 || !x.HasMoreInFront)
            ? x with
            {
                Axes = x.Axes.Insert((int)at, Axis.Plain(1)),
                Written = written with
                {
                    Axis = (int)at,
                    Entries = [.. written.Entries
                        .Select(e => e.Rename(t => c.Machine.Shifted(t, x.Axes.Length - (int)at, added: true)))],
                },
            }
            : Shapes.Unsqueeze(c, x, dim);
    }

    /// <summary>hstack, vstack, dstack: what they do depends on the number of axes.</summary>
    public static TensorValue Stacks(TorchCall c, IReadOnlyList<TensorValue> parts)
    {
        if (parts.Count == 0 || parts.Any(p => p.HasMoreInFront))
        {
            return parts.All(Shapes.IsScalar) && parts.Select(p => p.Parity).Distinct().Count() == 1
                ? Reductions.Unshaped(parts[0])
                : throw c.CannotVerify(parts.FirstOrDefault(p => p.Turns));
        }

        bool matrices = parts.All(p => p.Axes.Length >= 2);
        return c.Name switch
        {
            "hstack" or "column_stack" when matrices => Concatenate(c, parts, 1),
            "hstack" when parts.All(p => p.Axes.Length == 1) => Concatenate(c, parts, 0),
            "vstack" or "row_stack" =>
                Concatenate(c, matrices ? parts : [.. parts.Select(p => p.Axes.Length == 1 ? Shapes.Unsqueeze(c, p, 0) : p)], 0),
            _ when parts.All(Shapes.IsScalar) && parts.Select(p => p.Parity).Distinct().Count() == 1 => Reductions.Unshaped(parts[0]),
            _ => throw c.CannotVerify(parts.FirstOrDefault(p => p.Turns)),
        };
    }

    /// <summary>The parts that split and chunk yield; null where their number is not known, and they are all alike.</summary>
    public static (IReadOnlyList<TensorValue>? Parts, TensorValue? Each) Split(
        TorchCall c, TensorValue x, int axis, IReadOnlyList<long>? sizes)
    {
        bool isPlain = !x.Axes[axis].Turns && x.Written?.Axis != axis;
        if (sizes is null)
        {
            return isPlain && x.Written is null
                ? (null, x with { Axes = x.Axes.SetItem(axis, Axis.Plain(c.Machine.Fresh())) })
                : throw c.CannotVerify(x, $"{c.Name} into parts of unknown size");
        }

        var parts = new List<TensorValue>();
        long start = 0;
        foreach (long size in sizes)
        {
            parts.Add(Indexing.Columns(c, x, axis, start, size));
            start += size;
        }

        return (parts, null);
    }

    /// <summary>The sizes of the parts.</summary>
    public static IReadOnlyList<long>? Sizes(TorchCall c, Extent extent)
    {
        Value? how = null;
        string by = "";
        string[] names =
        [
            "split_size", "split_sizes", "size", "sizes", "split_size_or_sections", "chunks", "sections", "indices_or_sections", "indices",
        ];
        foreach (string name in names)
        {
            if (c.Has(name))
            {
                (how, by) = (c[name], name);
            }
        }

        var numbers = c.Extents(how);
        if (numbers is null || numbers.Any(n => n?.Known is null or < 0) || c.Name is not ("split" or "chunk" or "tensor_split"))
        {
            return null;
        }

        bool isList = how is not Data;
        if (isList)
        {
            return c.Name == "split" ? [.. numbers.Select(n => n!.Known!.Value)] : null;
        }

        if (extent.Known is not { } total || numbers[0]!.Known is not (> 0 and var number))
        {
            return null;
        }

        long size = c.Name == "split" ? number : (total + number - 1) / number;
        long count = size == 0 ? 0 : (total + size - 1) / size;
        return count > 1024 || (c.Name == "tensor_split" && total % number != 0)
            ? null
            : [.. Enumerable.Range(0, (int)count).Select(i => Math.Min(size, total - (i * size)))];
    }
}

using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Axes that are moved, added, dropped, joined and cut. Plain axes may be treated in any way;
/// an axis of irreps must keep whole copies together.
/// </summary>
internal static class Shapes
{
    /// <summary>The same tensor with its axes in another order or number.</summary>
    /// <param name="c">The call.</param>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">Its axes from now on.</param>
    /// <param name="origin">For each of them, which axis it was; −1 for a new one.</param>
    public static TensorValue Rearranged(TorchCall c, TensorValue x, ImmutableArray<Axis> axes, IReadOnlyList<int> origin) =>
        x.Written is { } written
            ? ComponentRules.Moved(c, x, axes, written.Axis < 0 ? -1 : origin.ToList().IndexOf(written.Axis))
            : x with { Axes = axes };

    public static TensorValue Permute(TorchCall c, TensorValue x, IReadOnlyList<int> order) =>
        Rearranged(c, x, [.. order.Select(i => x.Axes[i])], order);

    public static TensorValue Swap(TorchCall c, TensorValue x, long first, long second)
    {
        if (x.Resolve(first) is not { } a || x.Resolve(second) is not { } b)
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        var order = Enumerable.Range(0, x.Axes.Length).ToList();
        (order[a], order[b]) = (b, a);
        return Permute(c, x, order);
    }

    /// <summary>Whether no rotation touches a tensor, though inversion may change its sign.</summary>
    public static bool IsScalar(TensorValue x) => !x.Turns && x.Written is null && x.Weight == 0;

    public static TensorValue Transpose(TorchCall c, TensorValue x)
    {
        switch (c.Name)
        {
            case "mT":
                return Swap(c, x, -1, -2);
            case "t" or "T" when !x.HasMoreInFront:
                return Permute(c, x, [.. Enumerable.Range(0, x.Axes.Length).Reverse()]);
            case "t" or "T":
                return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
            default:
                var (first, second) = (c.Nth(c.Count - 2), c.Nth(c.Count - 1));
                return first is Data { Extent.Known: { } a } && second is Data { Extent.Known: { } b }
                    ? Swap(c, x, a, b)
                    : IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }
    }

    public static TensorValue Permute(TorchCall c, TensorValue x, IReadOnlyList<Extent?> dims)
    {
        if (x.HasMoreInFront || dims.Count != x.Axes.Length || dims.Any(d => d?.Known is null))
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        var order = dims.Select(d => x.Resolve(d!.Known!.Value) ?? throw c.AxisNotKnown(x)).ToList();
        return order.Distinct().Count() == order.Count ? Permute(c, x, order) : throw c.CannotVerify(x);
    }

    public static TensorValue MoveDim(TorchCall c, TensorValue x, IReadOnlyList<Extent?> from, IReadOnlyList<Extent?> to)
    {
        if (x.HasMoreInFront || from.Count != to.Count || from.Concat(to).Any(d => d?.Known is null || x.Resolve(d.Known.Value) is null))
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        if (from.Select(d => x.Resolve(d!.Known!.Value)).Distinct().Count() != from.Count
            || to.Select(d => x.Resolve(d!.Known!.Value)).Distinct().Count() != to.Count)
        {
            throw c.CannotVerify(x);
        }

        var moved = from.Select(d => x.Resolve(d!.Known!.Value)!.Value).ToList();
        var order = new int?[x.Axes.Length];
        for (int i = 0; i < moved.Count; i++)
        {
            order[x.Resolve(to[i]!.Known!.Value)!.Value] = moved[i];
        }

        var rest = new Queue<int>(Enumerable.Range(0, x.Axes.Length).Where(i => !moved.Contains(i)));
        return Permute(c, x, [.. order.Select(o => o ?? rest.Dequeue())]);
    }

    public static TensorValue Unsqueeze(TorchCall c, TensorValue x, long dim)
    {
        long? at = dim < 0 ? x.Axes.Length + dim + 1 : x.HasMoreInFront ? null : dim;
        if (at is not (>= 0 and var index) || index > x.Axes.Length)
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        var origin = Enumerable.Range(0, x.Axes.Length).ToList();
        origin.Insert((int)index, -1);
        return Rearranged(c, x, x.Axes.Insert((int)index, Axis.Plain(1)), origin);
    }

    public static TensorValue Squeeze(TorchCall c, TensorValue x, Value? dim)
    {
        if (dim is null)
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        if (dim is not Data { Extent.Known: { } number } || x.Resolve(number) is not { } axis)
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        if (x.Axes[axis].Extent.Known is { } known)
        {
            return known != 1 ? x : Rearranged(c, x, x.Axes.RemoveAt(axis), [.. Enumerable.Range(0, x.Axes.Length).Where(i => i != axis)]);
        }

        // It may stay or go: of the axes up to it nobody knows how many there are.
        return x.Axes.Take(axis + 1).Any(a => a.Turns) || x.Written is not null
            ? throw c.AxisNotKnown(x)
            : x with { Axes = [.. x.Axes.Skip(axis + 1)], HasMoreInFront = true };
    }

    /// <summary>Neighbouring axes become one.</summary>
    public static TensorValue Flatten(TorchCall c, TensorValue x, long start, long end)
    {
        if (x.Resolve(start) is not { } first || x.Resolve(end) is not { } last || first > last)
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        if (first == last)
        {
            return x;
        }

        var joined = x.Axes.Skip(first).Take(last - first + 1).ToList();
        var extent = joined.Select(a => a.Extent).Aggregate((Extent?)Extent.One, (p, e) => p is null ? null : Extent.Product(p, e))
            ?? c.Machine.Fresh();
        Axis axis;
        if (x.Written is { } written && written.Axis >= first && written.Axis <= last)
        {
            throw new NoProofException(written.Because);
        }

        if (joined.All(a => !a.Turns))
        {
            axis = Views.Joined(joined, extent);
        }
        else if (joined.Take(joined.Count - 1).All(a => !a.Turns)
            && Extent.Quotient(extent, joined[joined.Count - 1].Extent)?.Known is > 0 and <= 4096 and var copies)
        {
            axis = Axis.Of((joined[joined.Count - 1].Irreps! * (int)copies).Simplify());
        }
        else
        {
            throw c.CannotVerify(x);
        }

        var axes = x.Axes.RemoveRange(first, last - first + 1).Insert(first, axis);
        return Rearranged(
            c, x, axes, [.. Enumerable.Range(0, axes.Length).Select(i => i < first ? i : i == first ? -1 : i + last - first)]);
    }

    internal static Extent? Product(IEnumerable<Extent?> extents) =>
        extents.Aggregate((Extent?)Extent.One, (p, e) => p is null || e is null ? null : Extent.Product(p, e));

    public static TensorValue Unflatten(TorchCall c, TensorValue x, long dim, IReadOnlyList<Extent?> sizes)
    {
        if (x.HasMoreInFront && IsScalar(x))
        {
            return Reductions.Unshaped(x);
        }

        int axis = x.Resolve(dim) ?? throw c.AxisNotKnown(x);
        if (sizes.FirstOrDefault(s => s?.Known == -1) is not null)
        {
            var others = Product(sizes.Where(s => s?.Known != -1));
            var open = others is null ? null : Extent.Quotient(x.Axes[axis].Extent, others);
            sizes = [.. sizes.Select(s => s?.Known == -1 ? open : s)];
        }

        if (!x.Axes[axis].Turns && x.Written?.Axis != axis)
        {
            var plain = x.Axes.RemoveAt(axis).InsertRange(axis, sizes.Select(s => Axis.Plain(s ?? c.Machine.Fresh())));
            return Rearranged(c, x, plain,
                [.. Enumerable.Range(0, plain.Length).Select(i => i < axis ? i : i < axis + sizes.Count ? -1 : i - sizes.Count + 1)]);
        }

        return Views.View(c, x, [.. x.Axes.Take(axis).Select(a => a.Extent), .. sizes, .. x.Axes.Skip(axis + 1).Select(a => a.Extent)]);
    }

    /// <summary>Axes of one entry are repeated; new axes stand in front.</summary>
    public static TensorValue Expand(TorchCall c, TensorValue x, IReadOnlyList<Extent?> sizes)
    {
        if (x.HasMoreInFront)
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        var axes = new List<Axis>();
        for (int i = 0; i < sizes.Count; i++)
        {
            var (size, axis) = (sizes[i], x.FromLast(sizes.Count - 1 - i));
            if (axis is null)
            {
                axes.Add(Repeated(size ?? c.Machine.Fresh()));
            }
            else if (size?.Known == -1 || size?.Equals(axis.Extent) == true)
            {
                axes.Add(axis);
            }
            else if (axis.Turns || x.Written?.Axis == x.Axes.IndexOf(axis))
            {
                axes.Add(size?.Known is > 0 and var n && n == axis.Extent.Known ? axis : throw c.CannotVerify(x));
            }
            else
            {
                axes.Add(axis.Extent.IsOne ? Repeated(size ?? c.Machine.Fresh()) : Axis.Plain(size ?? c.Machine.Fresh()));
            }
        }

        int added = sizes.Count - x.Axes.Length;
        return added < 0
            ? throw c.CannotVerify(x)
            : Rearranged(c, x, [.. axes], [.. Enumerable.Range(0, axes.Count).Select(i => i < added ? -1 : i - added)]);
    }

    /// <summary>An axis whose entries are all equal.</summary>
    public static Axis Repeated(Extent extent) =>
        extent.Known is > 1 and <= 65536 and var n ? new Axis(extent, null, [(int)n]) : Axis.Plain(extent);

    public static TensorValue Repeat(TorchCall c, TensorValue x, IReadOnlyList<Extent?> sizes)
    {
        if (x.HasMoreInFront)
        {
            return IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        if (x.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        var axes = new List<Axis>();
        int rank = Math.Max(sizes.Count, x.Axes.Length);
        for (int i = 0; i < rank; i++)
        {
            int place = rank - 1 - i;
            var axis = x.FromLast(place);
            var times = sizes.Count > place ? sizes[sizes.Count - 1 - place] : Extent.One;
            axes.Add(axis switch
            {
                null => times is null ? Axis.Plain(c.Machine.Fresh()) : Repeated(times),
                { Turns: true } =>
                    times?.Known is > 0 and <= 4096 and var n ? Axis.Of((axis.Irreps! * (int)n).Simplify()) : throw c.CannotVerify(x),
                { Extent.IsOne: true } => times is null ? Axis.Plain(c.Machine.Fresh()) : Repeated(times),
                _ => times is { IsOne: true }
                    ? axis
                    : Axis.Plain((times is null ? null : Extent.Product(axis.Extent, times)) ?? c.Machine.Fresh()),
            });
        }

        return x with { Axes = [.. axes], Memory = [] };
    }

    /// <summary>Each entry of an axis several times, one beside the other.</summary>
    public static TensorValue RepeatInterleave(TorchCall c, TensorValue x, Value repeats, Value? dim)
    {
        if (!IsScalar(x)
            && (dim is not Data { Extent.Known: { } d } || x.Resolve(d) is not { } t || x.Axes[t].Turns || x.Written is not null))
        {
            throw dim is null ? c.Mixes(x) : c.CannotVerify(x);
        }

        if (!c.Machine.IsInvariant(repeats))
        {
            throw c.ActsOnComponents(c.AsTensor(repeats));
        }

        if (dim is not Data { Extent.Known: { } number } || x.Resolve(number) is not { } axis)
        {
            return Reductions.Unshaped(x);
        }

        var (before, times) = (x.Axes[axis].Extent, (repeats as Data)?.Extent);
        var extent = (times is null ? null : Extent.Product(before, times)) ?? c.Machine.Fresh();
        bool short_ = times?.Known is > 0 and <= 4096 && before.Known is > 0 and <= 4096;
        return x with
        {
            Axes = x.Axes.SetItem(
                axis, short_ ? new Axis(extent, null, [.. Enumerable.Repeat((int)times!.Known!, (int)before.Known!)]) : Axis.Plain(extent)),
            Memory = [],
        };
    }
}

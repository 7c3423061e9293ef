using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Other extents for the same numbers in the same order.</summary>
internal static class Views
{
    private const int MostRuns = 65536;

    /// <summary>
    /// From the front: axes of the same extent stay, and within each of their entries numbers keep their order, too; if nothing behind
    /// them carries irreps, any shape will do there. From the back: axes of the same extent stay; the last axis that carries irreps may
    /// be cut between copies, or several whole rows may lie side by side. In front of it everything is plain, and any shape will do.
    /// </summary>
    public static TensorValue View(TorchCall c, TensorValue x, IReadOnlyList<Extent?> shape)
    {
        var extents = Deduce(c, x, shape);
        if (Shapes.IsScalar(x))
        {
            return x with { Axes = Kept(x, extents), HasMoreInFront = false };
        }

        if (x.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        int front = 0;
        while (!x.HasMoreInFront && front < Math.Min(x.Axes.Length, extents.Count) && x.Axes[front].Extent.Equals(extents[front]))
        {
            front++;
        }

        var behind = x with { Axes = [.. x.Axes.Skip(front)] };
        var rest = extents.Skip(front).ToList();
        ImmutableArray<Axis> axes = behind.Turns ? FromTheBack(c, behind, rest) : [.. rest.Select(Axis.Plain)];
        return x with { Axes = [.. x.Axes.Take(front), .. axes], HasMoreInFront = false };
    }

    private static ImmutableArray<Axis> FromTheBack(TorchCall c, TensorValue x, IReadOnlyList<Extent> extents)
    {
        var axes = new List<Axis>();
        int old = x.Axes.Length - 1, next = extents.Count - 1;
        while (old >= 0 && next >= 0 && x.Axes[old].Extent.Equals(extents[next]))
        {
            axes.Insert(0, x.Axes[old]);
            (old, next) = (old - 1, next - 1);
            if (x.Axes.Take(old + 1).All(a => !a.Turns))
            {
                return Done();
            }
        }

        // What is left ends in an axis of another extent.
        if (old < 0 || next < 0 || !x.Axes[old].Turns || x.Axes.Take(old).Any(a => a.Turns))
        {
            throw c.CannotVerify(x);
        }

        var irreps = x.Axes[old].Irreps!;
        if (extents[next].Known is not (> 0 and <= int.MaxValue and var last))
        {
            throw c.CannotVerify(x, $"{c.Name} to a last axis of unknown extent");
        }

        if (last % irreps.Dim == 0 && last / irreps.Dim <= 4096)
        {
            axes.Insert(0, Axis.Of((irreps * (int)(last / irreps.Dim)).Simplify()));
        }
        else if (irreps is [var entry] && irreps.Dim % last == 0 && last % entry.Irrep.Dim == 0)
        {
            axes.Insert(0, Axis.Of(new Irreps([new MulIrrep((int)last / entry.Irrep.Dim, entry.Irrep)])));
        }
        else
        {
            throw c.Mixes(x, $"rows of {last} do not hold whole irreps");
        }

        next--;
        return Done();

        ImmutableArray<Axis> Done() => [.. extents.Take(next + 1).Select(Axis.Plain), .. axes];
    }

    /// <summary>
    /// The axes of a view of scalars. From the back, as long as that is seen: one that stays as it is has its runs, one that several
    /// axes were joined to has those of the last of them over and over.
    /// </summary>
    private static ImmutableArray<Axis> Kept(TensorValue x, IReadOnlyList<Extent> extents)
    {
        var axes = extents.Select(Axis.Plain).ToArray();
        int old = x.Axes.Length - 1;
        for (int next = extents.Count - 1; next >= 0 && old >= 0; next--)
        {
            var joined = new List<Axis>();
            Extent? product = Extent.One;
            do
            {
                joined.Insert(0, x.Axes[old]);
                product = product is null ? null : Extent.Product(product, x.Axes[old].Extent);
                old--;
            }
            while (old >= 0 && product is { Known: { } soFar } && extents[next].Known is { } wanted && soFar < wanted);

            if (product is null || !product.Equals(extents[next]))
            {
                break;
            }

            axes[next] = Joined(joined, product);
        }

        return [.. axes];
    }

    /// <summary>
    /// One plain axis that was several: the entries of the last stand beside each other, once for each entry of the others.
    /// </summary>
    public static Axis Joined(IReadOnlyList<Axis> axes, Extent extent)
    {
        if (axes.Count == 1)
        {
            return axes[0];
        }

        var last = axes[axes.Count - 1];
        return last.Runs.IsDefault || extent.Known is not (> 0 and <= MostRuns and var known) || last.Extent.Known is not (> 0 and var own)
            ? Axis.Plain(extent)
            : new Axis(extent, null, [.. Enumerable.Range(0, (int)(known / own)).SelectMany(_ => last.Runs)]);
    }

    /// <summary>The extents of a shape; the one that is −1 follows from the number of entries, where that is known.</summary>
    private static IReadOnlyList<Extent> Deduce(TorchCall c, TensorValue x, IReadOnlyList<Extent?> shape)
    {
        int open = shape.ToList().FindIndex(e => e?.Known == -1);
        if (open < 0)
        {
            return [.. shape.Select(e => e ?? c.Machine.Fresh())];
        }

        Extent? rest = x.HasMoreInFront ? null : Shapes.Product(x.Axes.Select(a => (Extent?)a.Extent));
        var others = Shapes.Product(shape.Where((_, i) => i != open));
        var deduced = rest is not null && others is not null ? Extent.Quotient(rest, others) : null;
        return [.. shape.Select((e, i) => i == open ? deduced ?? c.Machine.Fresh() : e ?? c.Machine.Fresh())];
    }
}

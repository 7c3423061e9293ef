using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Tensors written out by components, such as hand-written cross products. Each entry is stored as a polynomial in the components;
/// <see cref="GeneratorTest"/> decides whether the entries together form irreps again.
/// </summary>
internal static class ComponentRules
{
    private const int MostEntries = 512;

    /// <summary>What is written out by hand has far less terms, in all entries together.</summary>
    private const int MostTerms = 16_384;

    /// <summary>Takes an axis apart.</summary>
    public static TensorValue TakeApart(TorchCall c, TensorValue x, int axis, Finding because)
    {
        if (x.Axes[axis].Extent.Known is not ({ } count and <= MostEntries) || x.Axes.Where((a, i) => i != axis && a.Turns).Any())
        {
            throw new NoProofException(because);
        }

        int atom = c.Machine.AtomOf(
            x, axis, new Atom(x.Axes[axis].Irreps ?? new Irreps([new MulIrrep((int)count, new Irrep(0, x.Parity))]), x.Origins));
        return x with
        {
            Axes = x.Axes.SetItem(axis, Axis.Plain(count)),
            Parity = 1,
            Weight = 0,
            Written = new Components(
                [.. Enumerable.Range(0, (int)count).Select(i => ComponentPolynomial.Of(new Variable(atom, i)))],
                axis, x.ToString(), because),
        };
    }

    /// <summary>Some entries of the axis that is taken apart.</summary>
    public static TensorValue Slice(TorchCall c, TensorValue x, int start, int count)
    {
        var written = Polynomials(x);
        return Settle(c, x with
        {
            Axes = x.Axes.SetItem(written.Axis, Axis.Plain(count)),
            Written = written with { Entries = [.. written.Entries.Skip(start).Take(count)] },
        });
    }

    /// <summary>One entry of the axis that is taken apart, which is dropped.</summary>
    public static TensorValue Single(TorchCall c, TensorValue x, int index)
    {
        var written = Polynomials(x);
        int place = x.Axes.Length - 1 - written.Axis;
        var entry = written.Entries[index].Rename(t => c.Machine.Shifted(t, place, added: false));
        return Settle(c, x with
        {
            Axes = x.Axes.RemoveAt(written.Axis),
            Written = written with { Entries = [entry], Axis = -1 },
        });
    }

    /// <summary>Of summands only the sum is known: whatever else is done with them is not.</summary>
    private static Components Polynomials(TensorValue x) =>
        x.Written is { Sum: null } written ? written : throw new NoProofException(x.Written!.Because);

    public static TensorValue Add(TorchCall c, TensorValue a, TensorValue b, double factor) =>
        Exact.Of(factor) is { } exactly ? Combine(c, a, b, (x, y) => ComponentPolynomial.Sum(x, y, exactly)) : throw c.CannotVerify(a);

    public static TensorValue Multiply(TorchCall c, TensorValue a, TensorValue b, double? number, bool isQuotient)
    {
        if (isQuotient)
        {
            // The reciprocal of a scalar is a scalar, too, but another one.
            b = b.IsInvariant ? b with { Identity = c.Machine.NextNumber() } : throw c.ActsOnComponents(b);
        }

        if (number is { } known && Exact.Of(known) is { } exactly && !(isQuotient && exactly.IsZero)
            && a.Written is not null != b.Written is not null)
        {
            var (x, factor) = a.Written is not null ? (a, b) : (b, a);
            Polynomials(x);
            if (factor is { Axes.IsEmpty: true, HasMoreInFront: false })
            {
                var times = isQuotient ? Exact.One / exactly : exactly;
                var entries = x.Written!.Entries.Select(e => e.Times(times) ?? throw new NoProofException(x.Written.Because));
                return Settle(c, x with { Memory = [], Written = x.Written with { Entries = [.. entries] } });
            }
        }

        return Combine(c, a, b, ComponentPolynomial.Product);
    }

    /// <summary>The sum or mean of all entries; the axis is dropped or keeps one entry.</summary>
    public static TensorValue Sum(TorchCall c, TensorValue x, bool keepDim, bool isMean)
    {
        var written = Polynomials(x);
        var factor = isMean ? Exact.One / Exact.Of(written.Entries.Length)!.Value : Exact.One;
        ComponentPolynomial? sum = ComponentPolynomial.Zero;
        foreach (var entry in written.Entries)
        {
            sum = ComponentPolynomial.Sum(sum, entry, factor) ?? throw new NoProofException(written.Because);
        }

        int place = x.Axes.Length - 1 - written.Axis;
        return Settle(c, x with
        {
            Axes = keepDim ? x.Axes.SetItem(written.Axis, Axis.Plain(1)) : x.Axes.RemoveAt(written.Axis),
            Written = written with
            {
                Entries = [keepDim ? sum : sum.Rename(t => c.Machine.Shifted(t, place, added: false))],
                Axis = keepDim ? written.Axis : -1,
            },
            Memory = [],
        });
    }

    /// <summary>Entries one after the other along an axis, as cat and stack put them.</summary>
    public static TensorValue Concatenate(TorchCall c, IReadOnlyList<TensorValue> parts, int axis, ImmutableArray<Axis> rows)
    {
        var entries = parts.SelectMany(p => p.Written!.Entries).ToImmutableArray();
        return Settle(c, new TensorValue(rows.Insert(axis, Axis.Plain(entries.Length)), 0)
        {
            HasMoreInFront = parts.Any(p => p.HasMoreInFront),
            Written = parts[0].Written! with { Entries = entries, Axis = axis },
        });
    }

    /// <summary>
    /// A tensor as polynomials along an axis: of its own components where it has any, one number for all entries where it is a scalar.
    /// </summary>
    public static TensorValue AsComponents(TorchCall c, TensorValue x, int? axisFromLast, Finding because)
    {
        if (x.Written is not null)
        {
            Polynomials(x);
            return x;
        }

        if (x.Axes.FirstOrDefault(a => a.Turns) is { } turning)
        {
            return TakeApart(c, x, x.Axes.IndexOf(turning), because);
        }

        if (axisFromLast is { } position && x.FromLast(position) is { Extent.IsOne: false })
        {
            return TakeApart(c, x, x.Axes.Length - 1 - position, because);
        }

        if (x.Weight != 0 || (axisFromLast is { } unknown && x.FromLast(unknown) is null && x.HasMoreInFront))
        {
            throw new NoProofException(because);
        }

        int atom = c.Machine.AtomOf(x, -1, new Atom(new Irreps([new MulIrrep(1, new Irrep(0, x.Parity))]), Exact.Zero));
        return x with
        {
            Parity = 1,
            Written = new Components(
                [x.IsZero ? ComponentPolynomial.Zero : ComponentPolynomial.Of(new Variable(atom, 0))],
                axisFromLast is { } at && x.FromLast(at) is not null ? x.Axes.Length - 1 - at : -1, x.ToString(), because),
        };
    }

    /// <summary>
    /// Two tensors elementwise. Broadcasting aligns axes from the last; an axis of one entry is repeated.
    /// </summary>
    private static TensorValue Combine(
        TorchCall c, TensorValue a, TensorValue b, Func<ComponentPolynomial, ComponentPolynomial, ComponentPolynomial?> combine)
    {
        var because = a.Written?.Because ?? b.Written?.Because
            ?? new Finding(EquivarianceRules.Product, c.At.Syntax, c.Name, a, b) { Origins = Reasons.From(a, b) };
        int? position = Position(a) ?? Position(b);
        var (x, y) = (AsComponents(c, a, position, because), AsComponents(c, b, position, because));
        int? p = Position(x), q = Position(y), at = p ?? q;
        if ((p is not null && q is not null && p != q) || (at is { } place && !(Fits(x, p, place) && Fits(y, q, place))))
        {
            throw new NoProofException(because);
        }

        var (u, v) = (x.Written!.Entries, y.Written!.Entries);
        int count = Math.Max(u.Length, v.Length);
        if ((u.Length != count && u.Length != 1) || (v.Length != count && v.Length != 1))
        {
            throw new NoProofException(because);
        }

        var entries = ImmutableArray.CreateBuilder<ComponentPolynomial>(count);
        for (int i = 0, terms = 0; i < count; i++)
        {
            var entry = combine(u[u.Length == 1 ? 0 : i], v[v.Length == 1 ? 0 : i]) ?? throw new NoProofException(because);
            entries.Add((terms += entry.Terms.Count) <= MostTerms ? entry : throw new NoProofException(because));
            c.Machine.Work(entry.Terms.Count);
        }

        int rank = Math.Max(x.Axes.Length, y.Axes.Length);
        var axes = Enumerable.Range(0, rank).Reverse().Select(i => i == at ? Axis.Plain(count) : Elementwise.Broadcast(c, x, y, i))
            .ToImmutableArray();
        return Settle(c, new TensorValue(axes, 0)
        {
            HasMoreInFront = x.HasMoreInFront || y.HasMoreInFront,
            Written = new Components(entries.ToImmutable(), at is { } last ? rank - 1 - last : -1, x.Written.Of, because),
        });

        static bool Fits(TensorValue t, int? own, int place) =>
            own is not null || (t.FromLast(place) is null ? !t.HasMoreInFront : t.FromLast(place)!.Extent.IsOne);
    }

    private static int? Position(TensorValue x)
    {
        int axis = x.Written is { } written
            ? written.Axis
            : x.Axes.FirstOrDefault(a => a.Turns) is { } turning ? x.Axes.IndexOf(turning) : -1;
        return axis < 0 ? null : x.Axes.Length - 1 - axis;
    }

    /// <summary>Plain axes were moved: what was a component at one place is one at another, and must not be taken for the same.</summary>
    public static TensorValue Moved(TorchCall c, TensorValue x, ImmutableArray<Axis> axes, int axis)
    {
        var renamed = new Dictionary<int, int>();
        int Rename(int tensor)
        {
            if (!renamed.TryGetValue(tensor, out int other))
            {
                renamed[tensor] = other = c.Machine.NextNumber();
                c.Machine.Atoms[other] = c.Machine.Atoms[tensor];
            }

            return other;
        }

        var written = Polynomials(x);
        return x with { Axes = axes, Written = written with { Axis = axis, Entries = [.. written.Entries.Select(e => e.Rename(Rename))] } };
    }

    /// <summary>
    /// One entry of a matrix both of whose axes carry irreps, which are dropped: the component of a tensor that
    /// D₁ ⊗ D₂ acts on, row after row.
    /// </summary>
    public static TensorValue Entry(TorchCall c, TensorValue x, int axis, int row, int column, Finding because)
    {
        var (rows, columns) = (x.Axes[axis].Irreps!, x.Axes[axis + 1].Irreps!);
        int place = x.Axes.Length - 1 - axis;
        int atom = c.Machine.Shifted(c.Machine.AtomOf(x, axis, new Atom(rows, Exact.Zero) { Columns = columns }), place, added: false);
        return Settle(c, x with
        {
            Axes = x.Axes.RemoveRange(axis, 2),
            Written = new Components([ComponentPolynomial.Of(new Variable(atom, (row * columns.Dim) + column))], -1, x.ToString(), because),
        });
    }

    /// <summary>What is stated of a tensor that was written out, if its entries carry that: components of any degree.</summary>
    public static TensorValue Settled(Machine machine, TensorValue x, Irreps irreps) =>
        x.Written is { Sum: null, Axis: >= 0 } written && written.Axis == x.Axes.Length - 1 && written.Entries.Length == irreps.Dim
        && new GeneratorTest(written.Entries, machine.Atoms).Carries(irreps)
            ? Machine.Carrying(irreps, x.Axes.RemoveAt(written.Axis)) with { HasMoreInFront = x.HasMoreInFront, Numbers = x.Numbers }
            : x;

    /// <summary>Looks whether the entries together are irreps again: scalars, vectors, or as many of them.</summary>
    private static TensorValue Settle(TorchCall c, TensorValue x)
    {
        var written = Polynomials(x);
        int count = written.Entries.Length;
        if (count is 0 or > MostEntries)
        {
            throw new NoProofException(written.Because);
        }

        if (written.Entries.All(e => e.Terms.Count == 0))
        {
            return x with { Written = null, Parity = 1, IsZero = true, Identity = c.Machine.NextNumber() };
        }

        c.Machine.Work(written.Entries.Sum(e => e.Terms.Count));
        var test = new GeneratorTest(written.Entries, c.Machine.Atoms);
        foreach (int parity in new[] { 1, -1 })
        {
            if (test.Carries(new Irreps([new MulIrrep(count, new Irrep(0, parity))])))
            {
                return x with { Written = null, Parity = parity, Identity = c.Machine.NextNumber() };
            }
        }

        foreach (int parity in new[] { -1, 1 })
        {
            var vectors = new Irreps([new MulIrrep(count / 3, new Irrep(1, parity))]);
            if (written.Axis >= 0 && count % 3 == 0 && test.Carries(vectors))
            {
                return x with { Written = null, Axes = x.Axes.SetItem(written.Axis, Axis.Of(vectors)), Identity = c.Machine.NextNumber() };
            }
        }

        return x;
    }
}

/// <summary>A tensor that polynomials of components are written in.</summary>
/// <param name="Irreps">What its components carry.</param>
/// <param name="Weight">How often the origin counts in it.</param>
internal sealed record Atom(Irreps Irreps, Exact Weight)
{
    /// <summary>Of a matrix whose rows carry <see cref="Irreps"/> what its columns carry.</summary>
    public Irreps? Columns { get; init; }

    public int Dim => Irreps.Dim * (Columns?.Dim ?? 1);
}

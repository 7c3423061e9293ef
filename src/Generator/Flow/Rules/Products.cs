using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Products that sum over axes. A sum over plain axes is a mixture of rows. A sum over two axes that carry the same irreps is their inner
/// product, which is invariant since D is orthogonal: Σ (Dx)ᵢ(Dy)ᵢ = Σ xᵢyᵢ; it is odd if all irreps differ in parity.
/// </summary>
internal static class Products
{
    /// <summary>The parity of the inner product along two axes; null where there is none.</summary>
    public static int? Contraction(Axis a, Axis b) =>
        a.Irreps is null && b.Irreps is null ? 1
        : a.Irreps is null || b.Irreps is null ? null
        : a.Irreps == b.Irreps ? 1
        : Elementwise.Inverted(a.Irreps) == b.Irreps ? -1 : null;

    /// <summary>
    /// Elementwise products along several axes of irreps: each entry is a product of components, but the sum over all of these axes is the inner
    /// product. Null if it is not.
    /// </summary>
    public static TensorValue? Summands(TorchCall c, TensorValue a, TensorValue b)
    {
        var places = Enumerable.Range(0, Math.Max(a.Axes.Length, b.Axes.Length)).Reverse().ToList();
        if (places.Count(i => a.FromLast(i)?.Turns == true) < 2)
        {
            return null; // those of one axis are followed one by one
        }

        int parity = a.Parity * b.Parity;
        var axes = new List<Axis>();
        foreach (int i in places)
        {
            var (x, y) = (a.FromLast(i), b.FromLast(i));
            if (x?.Turns != true && y?.Turns != true)
            {
                axes.Add(Elementwise.Broadcast(c, a, b, i) with { Runs = default });
                continue;
            }

            if (x is null || y is null || Contraction(x, y) is not { } sign)
            {
                return null;
            }

            parity *= sign;
            axes.Add(Axis.Plain(x.Extent));
        }

        var along = places.Select((place, i) => (place, i)).Where(p => a.FromLast(p.place)?.Turns == true).Select(p => p.i)
            .ToImmutableArray();
        var product =
            new TensorValue([.. axes], 0) { HasMoreInFront = a.HasMoreInFront || b.HasMoreInFront, Numbers = Elementwise.NumbersOf(a, b) };
        var sum = product with { Axes = [.. axes.Select((x, i) => along.Contains(i) ? Axis.Plain(1) : x)], Parity = parity };
        return Components.Summands(
            product, sum, along, new Finding(EquivarianceRules.Product, c.At.Syntax, c.Name, a, b) { Origins = Reasons.From(a, b) });
    }

    private static NoProofException NoContraction(TorchCall c, TensorValue a, TensorValue b)
    {
        var x = a.Turns ? a : b;
        return a.Weight != 0 || b.Weight != 0 ? new(Reasons.Origin(c.At.Syntax, c.Name))
            : a.Written is { } p ? new(p.Because)
            : b.Written is { } q ? new(q.Because)
            : a.Turns && b.Turns ? c.Wrong(EquivarianceRules.Product, c.Name, a, b)
            : c.Mixes(x, "use [Linear]");
    }

    private static void MustBeVectors(TorchCall c, TensorValue a, TensorValue b)
    {
        if (a.Weight != 0 || b.Weight != 0 || a.Written is not null || b.Written is not null)
        {
            throw NoContraction(c, a, b);
        }
    }

    private static TensorValue Unshaped(TensorValue a, TensorValue b) =>
        Reductions.Unshaped(a) with { Parity = a.Parity * b.Parity, Numbers = Elementwise.NumbersOf(a, b) };

    public static TensorValue MatMul(TorchCall c, TensorValue a, TensorValue b)
    {
        MustBeVectors(c, a, b);
        if (b.HasMoreInFront && b.Axes.Length < 2)
        {
            return Shapes.IsScalar(a) && Shapes.IsScalar(b)
                ? Unshaped(a, b)
                : throw c.CannotVerify(a.Turns ? a : b, $"{c.Name} of tensors whose axes are not known");
        }

        if (a.Axes.IsEmpty)
        {
            a = a.HasMoreInFront ? a with { Axes = [Axis.Plain(c.Machine.Fresh())] } : throw c.CannotVerify(b);
        }

        if (b.Axes.IsEmpty)
        {
            throw c.CannotVerify(a, $"{c.Name} with a number"); // which torch refuses, too
        }

        bool isVector = b.Axes.Length == 1;
        var (left, right) = (a.Axes[a.Axes.Length - 1], b.Axes[isVector ? 0 : b.Axes.Length - 2]);
        if (Contraction(left, right) is not { } parity)
        {
            throw NoContraction(c, a, b);
        }

        // Axes in front of the matrices are laid over each other: there irreps would be multiplied number by number.
        var (frontA, frontB) = (a.Axes.Take(Math.Max(0, a.Axes.Length - 2)).ToList(), b.Axes.Take(Math.Max(0, b.Axes.Length - 2)).ToList());
        if (frontA.Concat(frontB).Any(x => x.Turns))
        {
            throw c.CannotVerify(a.Turns ? a : b, $"{c.Name} of batches along irreps");
        }

        var front = new TensorValue([.. frontA], 0) { HasMoreInFront = a.HasMoreInFront };
        var other = new TensorValue([.. frontB], 0) { HasMoreInFront = b.HasMoreInFront };
        var axes = Enumerable.Range(0, Math.Max(frontA.Count, frontB.Count)).Reverse()
            .Select(i => Elementwise.Broadcast(c, front, other, i)).ToList();
        if (a.Axes.Length >= 2)
        {
            axes.Add(a.Axes[a.Axes.Length - 2]);
        }

        if (!isVector)
        {
            axes.Add(b.Axes[b.Axes.Length - 1]);
        }

        return Elementwise.Normal(new TensorValue([.. axes.Select(x => x with { Runs = default })], 0)
        {
            HasMoreInFront = a.HasMoreInFront || b.HasMoreInFront,
            Parity = a.Parity * b.Parity * parity,
            Numbers = Elementwise.NumbersOf(a, b),
        });
    }

    /// <summary>Σ over one axis of products number by number.</summary>
    public static TensorValue Along(TorchCall c, TensorValue a, TensorValue b, long dim)
    {
        MustBeVectors(c, a, b);
        if (dim >= 0)
        {
            int rank = Math.Max(a.Axes.Length, b.Axes.Length);
            if (a.HasMoreInFront || b.HasMoreInFront)
            {
                return Shapes.IsScalar(a) && Shapes.IsScalar(b) ? Unshaped(a, b) : throw c.AxisNotKnown(a.Turns ? a : b);
            }

            dim -= rank;
        }

        int place = dim < -64 || dim >= 0 ? throw c.CannotVerify(a.Turns ? a : b) : (int)-dim - 1;
        var (x, y) = (a.FromLast(place), b.FromLast(place));
        if (x is null || y is null || x.Extent.IsOne != y.Extent.IsOne || Contraction(x, y) is not { } parity)
        {
            return Shapes.IsScalar(a) && Shapes.IsScalar(b) ? Unshaped(a, b) : throw NoContraction(c, a, b);
        }

        TensorValue Rest(TensorValue t) => t with { Axes = t.Axes.RemoveAt(t.Axes.Length - 1 - place) };
        var rest = Elementwise.Multiply(c, Rest(a) with { Parity = 1 }, Rest(b) with { Parity = 1 }, null);
        return rest.Written is { } written
            ? throw new NoProofException(written.Because)
            : Elementwise.Normal(rest with { Parity = rest.Parity * parity * a.Parity * b.Parity });
    }

    /// <summary>Inner products of all last axes of a with all of b.</summary>
    public static TensorValue Inner(TorchCall c, TensorValue a, TensorValue b)
    {
        MustBeVectors(c, a, b);
        if (a.HasMoreInFront || b.HasMoreInFront || a.Axes.IsEmpty || b.Axes.IsEmpty
            || Contraction(a.Axes[a.Axes.Length - 1], b.Axes[b.Axes.Length - 1]) is not { } parity)
        {
            return Shapes.IsScalar(a) && Shapes.IsScalar(b) ? Unshaped(a, b) : throw NoContraction(c, a, b);
        }

        return Elementwise.Normal(new TensorValue([.. a.Axes.RemoveAt(a.Axes.Length - 1), .. b.Axes.RemoveAt(b.Axes.Length - 1)], 0)
        {
            Parity = a.Parity * b.Parity * parity,
            Numbers = Elementwise.NumbersOf(a, b),
        });
    }

    public static TensorValue Outer(TorchCall c, TensorValue a, TensorValue b)
    {
        MustBeVectors(c, a, b);
        return a.HasMoreInFront || b.HasMoreInFront || a.Axes.Length != 1 || b.Axes.Length != 1
            ? throw c.CannotVerify(a.Turns ? a : b)
            : Elementwise.Normal(new TensorValue([a.Axes[0], b.Axes[0]], 0)
            {
                Parity = a.Parity * b.Parity,
                Numbers = Elementwise.NumbersOf(a, b),
            });
    }

    public static TensorValue Einsum(TorchCall c, string equation, IReadOnlyList<TensorValue> operands)
    {
        string text = equation.Replace(" ", "");
        var sides = text.Split(["->"], StringSplitOptions.None);
        var inputs = sides[0].Split(',');
        if (sides.Length != 2 || inputs.Length != operands.Count || text.Contains('.') || operands.Any(o => o.Written is not null))
        {
            throw c.CannotVerify(null, $"einsum(\"{equation}\")");
        }

        if (operands.Any(o => o.Weight != 0))
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        var labels = new Dictionary<char, List<Axis?>>();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (operands[i].Axes.Length > inputs[i].Length || (operands[i].Axes.Length < inputs[i].Length && !operands[i].HasMoreInFront))
            {
                throw c.CannotVerify(operands[i], $"einsum(\"{equation}\")");
            }

            for (int j = 0; j < inputs[i].Length; j++)
            {
                if (!labels.TryGetValue(inputs[i][j], out var axes))
                {
                    labels[inputs[i][j]] = axes = [];
                }

                axes.Add(operands[i].FromLast(inputs[i].Length - 1 - j));
            }
        }

        int parity = operands.Aggregate(1, (p, o) => p * o.Parity);
        var result = new Dictionary<char, Axis>();
        foreach (var label in labels)
        {
            var axes = label.Value;
            if (axes.All(a => a is null or { Turns: false }))
            {
                result[label.Key] = Axis.Plain(axes.FirstOrDefault(a => a?.Extent.Known is > 1)?.Extent
                    ?? (axes is [{ } only] ? only.Extent : c.Machine.Fresh()));
                continue;
            }

            int kept = sides[1].Count(l => l == label.Key);
            if (axes is [{ } single] && kept == 1)
            {
                result[label.Key] = single;
            }
            else if (axes is [{ } first, { } second] && kept == 0 && Contraction(first, second) is { } sign)
            {
                parity *= sign;
            }
            else
            {
                throw NoContraction(c, operands.First(o => o.Turns), operands.LastOrDefault(o => o.Turns) ?? operands[0]);
            }
        }

        return sides[1].All(result.ContainsKey)
            ? Elementwise.Normal(new TensorValue([.. sides[1].Select(l => result[l])], 0)
            {
                Parity = parity,
                Numbers = operands.Aggregate(
                    operands[0].Numbers, (n, o) => Elementwise.NumbersOf(new TensorValue([], 0) { Numbers = n }, o)),
            })
            : throw c.CannotVerify(null, $"einsum(\"{equation}\")");
    }

    /// <summary>x × y of vectors and pseudovectors; its parity is the product of theirs.</summary>
    public static TensorValue Cross(TorchCall c, TensorValue a, TensorValue b, long dim)
    {
        MustBeVectors(c, a, b);
        if (Shapes.IsScalar(a) && Shapes.IsScalar(b))
        {
            return Elementwise.Together(c, a, b);
        }

        if (dim >= 0 && (a.HasMoreInFront || b.HasMoreInFront || a.Axes.Length != b.Axes.Length))
        {
            throw c.AxisNotKnown(a.Turns ? a : b);
        }

        int place = Math.Abs(dim) > 64 ? -1 : (int)(dim < 0 ? -dim - 1 : a.Axes.Length - 1 - dim);
        if (place < 0)
        {
            throw c.CannotVerify(a.Turns ? a : b);
        }

        if (a.FromLast(place)?.Irreps is not [{ Multiplicity: 1, Irrep: { L: 1 } p }]
            || b.FromLast(place)?.Irreps is not [{ Multiplicity: 1, Irrep: { L: 1 } q }])
        {
            throw c.Wrong(EquivarianceRules.FeatureAxis, c.Name, a.FromLast(place)?.Turns == true ? b : a,
                "the cross product is one of single vectors: its axis must carry 1o or 1e in both");
        }

        TensorValue Rows(TensorValue t) => t with { Axes = t.Axes.SetItem(t.Axes.Length - 1 - place, Axis.Plain(1)) };
        var rows = Elementwise.Multiply(c, Rows(a), Rows(b), null);
        return rows.Written is { } written
            ? throw new NoProofException(written.Because)
            : Elementwise.Turned(rows, rows.Axes.Length - 1 - place, new Irreps([new MulIrrep(1, new Irrep(1, p.Parity * q.Parity))]));
    }

    /// <summary>x Wᵀ + b over the last axis.</summary>
    public static TensorValue Linear(TorchCall c, TensorValue x, Extent output, bool hasBias)
    {
        if (x.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        if (x.Weight != 0)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        if (!x.Axes.IsEmpty && x.Axes[x.Axes.Length - 1].Turns)
        {
            throw c.Mixes(x, "use [Linear]");
        }

        if (hasBias && (x.Turns || x.Parity < 0))
        {
            throw c.Wrong(EquivarianceRules.Constant, x, x.Irreps?.ToString() ?? x.ToString());
        }

        return x.Axes.IsEmpty
            ? x with { Axes = [Axis.Plain(output)], HasMoreInFront = true, Memory = [], IsZero = false }
            : x with { Axes = x.Axes.SetItem(x.Axes.Length - 1, Axis.Plain(output)), Memory = [], IsZero = false };
    }

    /// <summary>softmax(q kᵀ / √d) v.</summary>
    public static TensorValue Attention(TorchCall c, TensorValue q, TensorValue k, TensorValue v, TensorValue? mask)
    {
        MustBeVectors(c, q, k);
        if (q.Axes.Length < 2 || k.Axes.Length < 2 || v.Axes.Length < 2
            || Contraction(q.Axes[q.Axes.Length - 1], k.Axes[k.Axes.Length - 1]) != 1
            || q.Parity * k.Parity < 0 || v.Written is not null || mask is { IsInvariant: false }
            || new[] { q, k, v }.Any(t => t.Axes.Take(t.Axes.Length - 1).Any(a => a.Turns)))
        {
            throw c.CannotVerify(v.Turns ? v : q);
        }

        // Weights that add up to one keep points points. Axes in front of the matrices are laid over each other.
        var front = new[] { k, v }.Aggregate(Front(q), (f, t) => Elementwise.Together(c, f, Front(t)));
        return v with
        {
            Axes = [.. front.Axes, Axis.Plain(q.Axes[q.Axes.Length - 2].Extent), v.Axes[v.Axes.Length - 1]],
            HasMoreInFront = front.HasMoreInFront,
            Memory = [],
            IsZero = false,
        };

        static TensorValue Front(TensorValue t) => new([.. t.Axes.Take(t.Axes.Length - 2)], 0) { HasMoreInFront = t.HasMoreInFront };
    }

    /// <summary>x·y / (|x| |y|) along an axis.</summary>
    public static TensorValue Cosine(TorchCall c, TensorValue a, TensorValue b, long dim)
    {
        var dot = Along(c, a, b, dim);
        Reductions.Norm(c, a, [dim], false, true);
        Reductions.Norm(c, b, [dim], false, true);
        return dot;
    }
}

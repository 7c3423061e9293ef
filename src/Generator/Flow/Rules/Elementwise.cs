using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Elementwise operations. A linear combination keeps irreps if all its terms carry the same; a product does if one factor is a number
/// per copy of an irrep; any other function may act only on scalars, and on odd ones only if it is odd or even itself.
/// </summary>
internal static class Elementwise
{
    /// <summary>A function with f(−x) = −f(x) where parity is −1, f(−x) = f(x) where it is 1, neither where it is 0.</summary>
    public static TensorValue Pointwise(TorchCall c, TensorValue x, int parity)
    {
        if (x.Weight != 0 || x.Written is not null || x.Axes.Any(a => a.Turns && a.Irreps!.Any(e => e.Irrep.L > 0)))
        {
            throw c.ActsOnComponents(x);
        }

        if (parity == 0 && (x.Parity < 0 || x.Turns))
        {
            throw c.Wrong(EquivarianceRules.OddNonlinearity, c.Name, x);
        }

        return x with
        {
            Axes = parity < 0 ? x.Axes : [.. x.Axes.Select(a => a.Turns ? Axis.Plain(a.Extent) : a)],
            Parity = parity < 0 ? x.Parity : 1,
            IsZero = false,
            Numbers = NumbersOf(c.Name, x),
            Memory = [],
        };
    }

    /// <summary>What a function of single numbers yields: most make floating-point numbers of whole ones.</summary>
    private static NumberKind NumbersOf(string function, TensorValue x) => function switch
    {
        "isnan" or "isinf" or "isfinite" or "isreal" or "isneginf" or "isposinf" or "signbit" or "logical_not" => NumberKind.Truth,
        "abs" or "absolute" or "bitwise_not" or "op_OnesComplement" or "floor" or "ceil" or "round" or "trunc" or "fix" or "sign" or "sgn"
            or "relu" => x.Numbers,
        _ => x.Numbers == NumberKind.Float ? NumberKind.Float : NumberKind.Unknown,
    };

    /// <summary>a + factor · b, or a choice between them.</summary>
    public static TensorValue Add(TorchCall c, TensorValue a, TensorValue b, double factor = 1, bool isChoice = false)
    {
        (a, b) = (Isotropy.Fitted(a, b), Isotropy.Fitted(b, a));
        var weight = isChoice || b.Origins.IsZero
            ? a.Origins
            : Exact.Of(factor) is { } times ? a.Origins + (times * b.Origins) : (Exact?)null;
        if (weight is not { IsTooLong: false } origins || (isChoice && a.Origins != b.Origins))
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        if (a.Written is not null || b.Written is not null)
        {
            return isChoice ? throw c.ActsOnComponents(a.Written is null ? b : a) : ComponentRules.Add(c, a, b, factor);
        }

        if (a.Parity != b.Parity && !a.IsZero && !b.IsZero && !a.Turns && !b.Turns)
        {
            throw Differ(c, a, b);
        }

        var axes = new List<Axis>();
        for (int i = Math.Max(a.Axes.Length, b.Axes.Length) - 1; i >= 0; i--)
        {
            axes.Add(AddAxis(c, a, b, i));
        }

        return new TensorValue([.. axes], 0)
        {
            HasMoreInFront = a.HasMoreInFront || b.HasMoreInFront,
            Parity = axes.Any(x => x.Turns) ? 1 : a.IsZero ? b.Parity : a.Parity,
            Origins = origins,
            IsZero = a.IsZero && b.IsZero,
            Numbers = NumbersOf(a, b),
        };
    }

    private static Axis AddAxis(TorchCall c, TensorValue a, TensorValue b, int place)
    {
        var (x, y) = (a.FromLast(place), b.FromLast(place));
        if (x?.Irreps is { } irreps && y?.Irreps is { } others)
        {
            return irreps == others ? x : throw Differ(c, a, b);
        }

        if (x?.Irreps is null && y?.Irreps is null)
        {
            return Broadcast(c, a, b, place);
        }

        // Zeros add nothing, whatever irreps they stand for, if they do not make the axis longer.
        var (axis, plain, other) = x?.Irreps is not null ? (x, y, b) : (y!, x, a);
        bool fits = plain is null ? !other.HasMoreInFront : plain.Extent.IsOne || plain.Extent.Known == axis.Irreps!.Dim;
        return other.IsZero && fits ? axis : throw Differ(c, a, b);
    }

    /// <summary>The plain axis that plain axes of two tensors make together, at a place counted from the last.</summary>
    public static Axis Broadcast(TorchCall c, TensorValue a, TensorValue b, int place) => Broadcast(c.Machine, a, b, place);

    /// <summary>The plain axes that plain axes of two tensors make together.</summary>
    public static TensorValue LaidOver(Machine machine, TensorValue a, TensorValue b) =>
        new([.. Enumerable.Range(0, Math.Max(a.Axes.Length, b.Axes.Length)).Reverse().Select(i => Broadcast(machine, a, b, i))], 0)
        {
            HasMoreInFront = a.HasMoreInFront || b.HasMoreInFront,
        };

    private static Axis Broadcast(Machine machine, TensorValue a, TensorValue b, int place)
    {
        var (x, y) = (a.FromLast(place), b.FromLast(place));
        if (x is null || y is null)
        {
            var (axis, other) = x is null ? (y!, a) : (x, b);
            return !other.HasMoreInFront ? axis : Axis.Plain(axis.Extent.Known is > 1 ? axis.Extent : machine.Fresh());
        }

        var extent = x.Extent.IsOne ? y.Extent
            : y.Extent.IsOne || x.Extent.Equals(y.Extent) || x.Extent.Known is > 1 ? x.Extent
            : y.Extent.Known is > 1 ? y.Extent
            : machine.Fresh();
        var runs = x.Extent.IsOne ? y.Runs
            : y.Extent.IsOne ? x.Runs
            : !x.Runs.IsDefault && !y.Runs.IsDefault && x.Runs.SequenceEqual(y.Runs) ? x.Runs : default;
        return new Axis(extent, null, runs);
    }

    private static NoProofException Differ(TorchCall c, TensorValue a, TensorValue b)
    {
        if (a.IsInvariant || b.IsInvariant)
        {
            var (x, other) = a.IsInvariant ? (b, a) : (a, b);
            if (x.Weight == 0 && Features(x, other) is { } features)
            {
                return c.Wrong(EquivarianceRules.Sum, c.Name, a, b,
                    a.IsInvariant ? Difference.Describe(features.Other, features.X) : Difference.Describe(features.X, features.Other));
            }

            return x.Weight != 0 ? new(Reasons.Origin(c.At.Syntax, c.Name)) : c.Wrong(EquivarianceRules.Constant, x, NotEven(x));
        }

        return c.Wrong(EquivarianceRules.Sum, c.Name, a, b,
            a.Irreps is { } p && b.Irreps is { } q ? Difference.Describe(p, q) : "they transform differently");
    }

    /// <summary>
    /// The irreps of two tensors of which the second is no constant by its looks: rows of several even scalars,
    /// and not as many as could be added to all columns.
    /// </summary>
    private static (Irreps X, Irreps Other)? Features(TensorValue x, TensorValue other) =>
        other.Axes.Length < 2 || other.FromLast(0)!.Extent.Known is not (> 1 and < int.MaxValue and var columns) ? null
        : x.Irreps is { } irreps ? irreps.Dim == columns ? null : (irreps, new Irreps([new MulIrrep((int)columns, new Irrep(0, 1))]))
        : x.FromLast(0)?.Extent.Known is > 0 and < int.MaxValue and var odd
            ? (new Irreps([new MulIrrep((int)odd, new Irrep(0, x.Parity))]), new Irreps([new MulIrrep((int)columns, new Irrep(0, 1))]))
        : null;

    private static string NotEven(TensorValue x) =>
        x.Irreps is { } irreps ? string.Join("+", irreps.Where(e => !e.Irrep.IsScalar)) : x.ToString();

    public static NumberKind NumbersOf(TensorValue a, TensorValue b) =>
        a.Numbers == NumberKind.Float || b.Numbers == NumberKind.Float
            ? NumberKind.Float
            : a.Numbers == b.Numbers ? a.Numbers : NumberKind.Unknown;

    /// <summary>a · b, or a / b.</summary>
    /// <param name="c">The call.</param>
    /// <param name="a">The first factor, or the dividend.</param>
    /// <param name="b">The second factor, or the divisor.</param>
    /// <param name="number">What the factor without axes, or the divisor, is, where it is a known number.</param>
    /// <param name="isQuotient">Whether b divides.</param>
    public static TensorValue Multiply(TorchCall c, TensorValue a, TensorValue b, double? number, bool isQuotient = false)
    {
        if (isQuotient && (b.Turns || b.Written is not null || b.Weight != 0))
        {
            throw c.ActsOnComponents(b);
        }

        if (a.Weight != 0 || b.Weight != 0)
        {
            // Only a known number of origins can be followed.
            var (points, factor) = a.Weight != 0 ? (a, b) : (b, a);
            return number is { } known && Exact.Of(known) is { } exactly && factor is { Axes.IsEmpty: true, HasMoreInFront: false }
                && points.Written is null && !(isQuotient && exactly.IsZero)
                && (isQuotient ? points.Origins / exactly : points.Origins * exactly) is { IsTooLong: false } weight
                ? points with { Origins = weight, IsZero = false, Memory = [] }
                : throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        if (a.Written is not null || b.Written is not null)
        {
            return ComponentRules.Multiply(c, a, b, number, isQuotient);
        }

        var axes = new List<Axis>();
        for (int i = Math.Max(a.Axes.Length, b.Axes.Length) - 1; i >= 0; i--)
        {
            var (x, y) = (a.FromLast(i), b.FromLast(i));
            if (x?.Irreps is null && y?.Irreps is null)
            {
                axes.Add(Broadcast(c, a, b, i));
                continue;
            }

            var (turning, other, factor) = x?.Irreps is not null ? (x, y, b) : (y!, x, a);
            if (!IsNumber(other, factor, turning.Irreps!))
            {
                if (factor.IsInvariant && (other is null || (other.Extent.Known is null && !other.Turns)))
                {
                    throw new NoProofException(Reasons.ColumnsNotKnown(c.At.Syntax, isQuotient));
                }

                return !isQuotient && Products.Summands(c, a, b) is { } summands ? summands
                    : isQuotient
                        ? throw c.ActsOnComponents(factor.IsInvariant ? a : b)
                        : ComponentRules.Multiply(c, a, b, number, isQuotient);
            }

            axes.Add(turning);
        }

        return Normal(new TensorValue([.. axes], 0)
        {
            HasMoreInFront = a.HasMoreInFront || b.HasMoreInFront,
            Parity = a.Parity * b.Parity,
            IsZero = (a.IsZero || b.IsZero) && !isQuotient,
            Numbers = NumbersOf(a, b),
        });
    }

    /// <summary>Whether a factor is one number for all components of each copy of the irreps that it multiplies.</summary>
    private static bool IsNumber(Axis? axis, TensorValue factor, Irreps irreps) => axis is null
        ? !factor.HasMoreInFront
        : !axis.Turns && (axis.Extent.IsOne || (axis.Extent.Known == irreps.Dim && axis.IsConstantWithin(irreps)));

    /// <summary>An odd tensor with irreps is a tensor with irreps of the other parity.</summary>
    public static TensorValue Normal(TensorValue x)
    {
        if (x.Parity > 0 || !x.Turns)
        {
            return x;
        }

        int axis = x.Axes.IndexOf(x.Axes.First(a => a.Turns));
        return Turned(x with { Parity = 1 }, axis, Inverted(x.Axes[axis].Irreps!));
    }

    /// <summary>The same irreps with the other parity.</summary>
    public static Irreps Inverted(Irreps irreps) =>
        new(irreps.Select(e => new MulIrrep(e.Multiplicity, new Irrep(e.Irrep.L, -e.Irrep.Parity))));

    /// <summary>A tensor one of whose axes carries other irreps: plain where these are scalars of one parity.</summary>
    public static TensorValue Turned(TensorValue x, int axis, Irreps irreps)
    {
        var carrying = Machine.Carrying(irreps, []);
        return Normal(x with { Axes = x.Axes.SetItem(axis, carrying.Axes[0]), Parity = x.Parity * carrying.Parity });
    }

    /// <summary>Any function of several invariant tensors, number by number.</summary>
    public static TensorValue Together(TorchCall c, params TensorValue[] tensors)
    {
        var result = new TensorValue([], 0) { Numbers = NumberKind.Unknown };
        foreach (var x in tensors)
        {
            if (!x.IsInvariant)
            {
                throw c.ActsOnComponents(x);
            }

            int rank = Math.Max(result.Axes.Length, x.Axes.Length);
            result = result with
            {
                Axes = [.. Enumerable.Range(0, rank).Reverse().Select(i => Broadcast(c, result, x, i))],
                HasMoreInFront = result.HasMoreInFront || x.HasMoreInFront,
            };
        }

        return result;
    }

    /// <summary>x to a power: a product of components where it is a small whole number.</summary>
    public static TensorValue Power(TorchCall c, TensorValue x, double? exponent)
    {
        if (x.IsInvariant)
        {
            return x with { IsZero = false, Memory = [], Numbers = NumberKind.Unknown };
        }

        if (exponent is not { } n || n != Math.Floor(n))
        {
            return Pointwise(c, x, 0);
        }

        if (n is 2 or 3 && x.Weight == 0 && (x.Turns || x.Written is not null))
        {
            var square = Multiply(c, x, x, null);
            return n == 2 ? square : Multiply(c, square, x, null);
        }

        return n == 1 ? x with { Memory = [] } : Pointwise(c, x, n % 2 == 0 ? 1 : -1);
    }

    /// <summary>A choice between two tensors by an invariant condition that is the same for all components.</summary>
    public static TensorValue Choose(TorchCall c, TensorValue condition, TensorValue a, TensorValue b)
    {
        if (!condition.IsInvariant)
        {
            throw c.ActsOnComponents(condition);
        }

        var chosen = Add(c, a, b, isChoice: true);
        for (int i = 0; i < chosen.Axes.Length; i++)
        {
            if (chosen.FromLast(i) is { Turns: true } axis && !IsNumber(condition.FromLast(i), condition, axis.Irreps!))
            {
                throw c.ActsOnComponents(chosen);
            }
        }

        int rank = Math.Max(chosen.Axes.Length, condition.Axes.Length);
        return chosen with
        {
            Axes = [.. Enumerable.Range(0, rank).Reverse()
                .Select(i => chosen.FromLast(i) is { Turns: true } turning ? turning : Broadcast(c, chosen, condition, i))],
            HasMoreInFront = chosen.HasMoreInFront || condition.HasMoreInFront,
            Memory = [],
        };
    }
}

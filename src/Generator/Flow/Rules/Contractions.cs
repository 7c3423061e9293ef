using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Products of matrices that are added to something, and sums over several axes of two tensors.</summary>
internal static class Contractions
{
    /// <summary>
    /// β x + α (a b): addmm and addmv of x, a and b, addr of two vectors. TorchSharp's baddbmm takes a, b and x, whatever its
    /// parameters are called; what its addbmm does is not followed.
    /// </summary>
    public static TensorValue AddProduct(TorchCall c)
    {
        string name = c.Name.TrimEnd('_');
        if (name == "addbmm")
        {
            throw c.CannotVerify(null);
        }

        var (x, a, b) = name == "baddbmm" ? (c.X(2), c.X(0), c.X(1)) : (c.X(0), c.X(1), c.X(2));
        var product = name == "addr" ? Products.Outer(c, a, b) : Products.MatMul(c, a, b);

        // A number times the product is of its kind; of points it must be known how many they are.
        _ = c["alpha"] is Data ? true : throw c.CannotVerify(null);
        double? factor = c["beta"] is Data beta ? TorchCall.Number(beta) : throw c.CannotVerify(null);
        factor ??= x is { Weight: 0, Written: null } ? 1 : throw c.CannotVerify(x, $"{c.Name} with a factor that is not constant");
        return Elementwise.Add(c, product, x, factor.Value);
    }

    /// <summary>Σ over pairs of axes; what is left of both stands one after the other.</summary>
    public static TensorValue TensorDot(TorchCall c, TensorValue a, TensorValue b)
    {
        if (a.Weight != 0 || b.Weight != 0)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }

        var pairs = Pairs(c);
        if (a.Written is not null || b.Written is not null || a.HasMoreInFront || b.HasMoreInFront
            || pairs is null || pairs.Any(p => a.Resolve(p.A) is null || b.Resolve(p.B) is null))
        {
            return Shapes.IsScalar(a) && Shapes.IsScalar(b)
                ? Reductions.Unshaped(a) with { Parity = a.Parity * b.Parity, Numbers = Elementwise.NumbersOf(a, b) }
                : throw c.CannotVerify(a.Turns ? a : b);
        }

        int parity = a.Parity * b.Parity;
        var (first, second) = (pairs.Select(p => a.Resolve(p.A)!.Value).ToList(), pairs.Select(p => b.Resolve(p.B)!.Value).ToList());
        foreach (var (i, j) in first.Zip(second, (i, j) => (i, j)))
        {
            parity *= Products.Contraction(a.Axes[i], b.Axes[j]) ?? throw c.Wrong(EquivarianceRules.Product, c.Name, a, b);
        }

        var rest = a.Axes.Where((_, i) => !first.Contains(i)).Concat(b.Axes.Where((_, j) => !second.Contains(j)));
        return first.Distinct().Count() != first.Count || second.Distinct().Count() != second.Count
            ? throw c.CannotVerify(a.Turns ? a : b)
            : Elementwise.Normal(new TensorValue([.. rest.Select(x => x with { Runs = default })], 0)
            {
                Parity = parity,
                Numbers = Elementwise.NumbersOf(a, b),
            });
    }

    /// <summary>
    /// The axes that are summed over: two lists, or a list of pairs. With a number of axes TorchSharp's tensordot throws.
    /// </summary>
    private static List<(long A, long B)>? Pairs(TorchCall c)
    {
        if (c.Has("dims1"))
        {
            var (one, two) = (c.Extents(c["dims1"]), c.Extents(c["dims2"]));
            return one is null || two is null || one.Count != two.Count || one.Concat(two).Any(e => e?.Known is null)
                ? null
                : [.. one.Zip(two, (x, y) => (x!.Known!.Value, y!.Known!.Value))];
        }

        switch (c["dims"])
        {
            case { } value when c.Machine.State.Content(value) is Sequence { IsListed: true } list:
                var pairs = list.Elements.Select(c.Machine.Look).Select(Pair).ToList();
                return pairs.Any(p => p is null) ? null : [.. pairs.Select(p => p!.Value)];
            default:
                return null;
        }

        static (long, long)? Pair(Value value) =>
            value is Group { Elements: [Data { Extent.Known: { } x }, Data { Extent.Known: { } y }] } ? (x, y) : null;
    }
}

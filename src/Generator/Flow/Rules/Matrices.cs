using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Functions of matrices M, which become D M Dᵀ where both of their axes carry irreps, M Dᵀ where one does.</summary>
internal static class Matrices
{
    /// <summary>tr D M Dᵀ = tr M, again because D is orthogonal.</summary>
    public static TensorValue Trace(TorchCall c, TensorValue x)
    {
        MustBeKnown(c, x);
        if (x.Axes.Length != 2)
        {
            return Shapes.IsScalar(x) ? new TensorValue([], 0) { Parity = x.Parity, Numbers = Sums(x) } : throw c.CannotVerify(x);
        }

        return Products.Contraction(x.Axes[0], x.Axes[1]) is { } sign
            ? new TensorValue([], 0) { Parity = x.Parity * sign, IsZero = x.IsZero, Numbers = Sums(x) }
            : throw c.Mixes(x, "only the trace over two axes of the same irreps is invariant");
    }

    /// <summary>
    /// The entries on the diagonal of two axes, along a new last one. Of two axes that carry the same irreps single ones are
    /// components, but their sum is the trace.
    /// </summary>
    public static TensorValue Diagonal(TorchCall c, TensorValue x)
    {
        MustBeKnown(c, x);
        long offset = c.Whole("offset");
        if (x.Resolve(c.Whole("dim1")) is not { } first || x.Resolve(c.Whole("dim2")) is not { } second || first == second)
        {
            return Shapes.IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);
        }

        var (a, b) = (x.Axes[first], x.Axes[second]);
        var rest = x.Axes.RemoveAt(Math.Max(first, second)).RemoveAt(Math.Min(first, second));
        if (!a.Turns && !b.Turns)
        {
            return x with { Axes = rest.Add(Axis.Plain(offset == 0 && a.Extent.Equals(b.Extent) ? a.Extent : c.Machine.Fresh())) };
        }

        if (offset != 0 || rest.Any(r => r.Turns) || Products.Contraction(a, b) is not { } sign)
        {
            throw c.Mixes(x, "only the sum of a diagonal over two axes of the same irreps is invariant");
        }

        var trace = x with { Axes = rest.Add(Axis.Plain(1)), Parity = x.Parity * sign, IsZero = false, Memory = [] };
        var because = Reasons.CannotVerify(c.At.Syntax, $"{c.Name}, whose entries are components and only their sum is none,", x);
        var diagonal = x with { Axes = rest.Add(Axis.Plain(a.Extent)), Parity = 1, IsZero = false };
        return Components.Summands(diagonal, trace, [rest.Length], because);
    }

    /// <summary>
    /// det(A M Bᵀ) = det A · det M · det B, where rotations have the determinant 1, and inversion that of the signs of all components.
    /// Of a matrix with n rows, det(−M) = (−1)ⁿ det M.
    /// </summary>
    public static TensorValue Determinant(TorchCall c, TensorValue x)
    {
        MustBeKnown(c, x);
        if (x.Axes.Length < 2)
        {
            return x.IsInvariant ? Reductions.Unshaped(x) : throw c.CannotVerify(x);
        }

        var rows = x.Axes.Take(x.Axes.Length - 2).ToList();
        var (a, b) = (x.Axes[x.Axes.Length - 2], x.Axes[x.Axes.Length - 1]);
        if (rows.Any(r => r.Turns))
        {
            throw c.CannotVerify(x);
        }

        long? extent = a.Extent.Known ?? b.Extent.Known;
        int ofAll = x.Parity > 0 ? 1
            : extent is { } n ? n % 2 == 0 ? 1 : -1
            : throw c.CannotVerify(x, $"{c.Name} of odd numbers in a matrix whose size is not known");
        return new TensorValue([.. rows.Select(r => Axis.Plain(r.Extent))], 0)
        {
            HasMoreInFront = x.HasMoreInFront,
            Parity = ofAll * Sign(a) * Sign(b),
            Numbers = NumberKind.Float,
        };

        static int Sign(Axis axis) =>
            axis.Irreps is not { } irreps || irreps.Sum(e => e.Irrep.Parity < 0 ? (long)e.Dim : 0) % 2 == 0 ? 1 : -1;
    }

    /// <summary>Singular values: those of A M Bᵀ are those of M for orthogonal A and B, and those of −M, too.</summary>
    public static TensorValue SingularValues(TorchCall c, TensorValue x)
    {
        MustBeKnown(c, x);
        if (x.Axes.Length < 2)
        {
            return Shapes.IsScalar(x) ? Reductions.Unshaped(x) with { Parity = 1, Numbers = NumberKind.Float } : throw c.CannotVerify(x);
        }

        var rows = x.Axes.Take(x.Axes.Length - 2).ToList();
        var (a, b) = (x.Axes[x.Axes.Length - 2].Extent, x.Axes[x.Axes.Length - 1].Extent);
        var count = a.Equals(b) ? a : a.Known is { } m && b.Known is { } n ? Extent.Of(Math.Min(m, n)) : c.Machine.Fresh();
        return rows.Any(r => r.Turns)
            ? throw c.CannotVerify(x)
            : new TensorValue([.. rows.Select(r => Axis.Plain(r.Extent)), Axis.Plain(count)], 0)
            {
                HasMoreInFront = x.HasMoreInFront,
                Numbers = NumberKind.Float,
            };
    }

    /// <summary>
    /// Eigenvalues of symmetric matrices. Torch reads only one half of the matrix, and whether it equals the other half is
    /// not known, so only invariants are accepted.
    /// </summary>
    public static TensorValue Eigenvalues(TorchCall c, TensorValue x)
    {
        _ = c["UPLO"];
        return !x.IsInvariant ? throw c.CannotVerify(x)
            : x.Axes.Length < 2 ? Reductions.Unshaped(x) with { Numbers = NumberKind.Float }
            : x with { Axes = x.Axes.RemoveAt(x.Axes.Length - 1), Memory = [], IsZero = false, Numbers = NumberKind.Float };
    }

    /// <summary>What sums of numbers are: truth values are counted.</summary>
    private static NumberKind Sums(TensorValue x) => x.Numbers == NumberKind.Float ? NumberKind.Float : NumberKind.Unknown;

    private static void MustBeKnown(TorchCall c, TensorValue x)
    {
        if (x.Written is { } written)
        {
            throw new NoProofException(written.Because);
        }

        if (x.Weight != 0)
        {
            throw new NoProofException(Reasons.Origin(c.At.Syntax, c.Name));
        }
    }
}

using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>The irreps that ordinary tensor operations yield, and what is wrong where they break equivariance.</summary>
/// <param name="report">Receives what is wrong.</param>
/// <param name="doubt">Receives what is not wrong but not proven either.</param>
internal sealed class TensorRules(Action<Finding> report, Action<SyntaxNode> doubt)
{
    /// <summary>A function of every single column.</summary>
    public IrrepsValue Pointwise(Effect effect, string name, IrrepsValue x, SyntaxNode at)
    {
        if (x is not Known known)
        {
            return x is Invariant ? x : IrrepsValue.Unknown;
        }

        if (known.Irreps.Where(e => e.Irrep.L > 0).Select(e => (MulIrrep?)e).FirstOrDefault() is { } vector)
        {
            return Report(EquivarianceRules.Nonlinearity, at, [known], name, vector);
        }

        return effect switch
        {
            Effect.Even => IrrepsValue.Of(new Irreps(known.Irreps.Select(e => new MulIrrep(e.Multiplicity, new Irrep(0, 1)))), at.GetLocation()) with { IsStacked = known.IsStacked },
            Effect.Neither when known.NonScalar is { } odd => Report(EquivarianceRules.OddNonlinearity, at, [known], name, odd),
            _ => known,
        };
    }

    public IrrepsValue Add(string name, IrrepsValue x, IrrepsValue y, SyntaxNode at)
    {
        switch (x, y)
        {
            case (Nothing, _):
                return y;
            case (_, Nothing):
                return x;
            case (Known a, Known b) when a.Irreps == b.Irreps:
                return a.IsStacked ? a : b;
            case (Known a, Known b) when Broadcast(a, b) is { } wide:
                return wide;
            case (Known a, Known b):
                return Report(EquivarianceRules.Sum, at, [a, b], name, a, b, Difference.Describe(a.Irreps, b.Irreps));
            case (Known a, Invariant b):
                return AddInvariant(a, b, at);
            case (Invariant a, Known b):
                return AddInvariant(b, a, at);
            case (Invariant a, Invariant b):
                return new Invariant(a.IsSingle && b.IsSingle);
            default:
                return IrrepsValue.Unknown;
        }
    }

    public IrrepsValue AddConstant(IrrepsValue x, SyntaxNode at) =>
        x is Known { NonScalar: { } entry } known ? Report(EquivarianceRules.Constant, at, [known], known, entry) : x is Nothing ? new Invariant() : x;

    private IrrepsValue AddInvariant(Known x, Invariant y, SyntaxNode at) => y.IsSingle || x.NonScalar is not null ? AddConstant(x, at) : Widened(x);

    public IrrepsValue Multiply(string name, IrrepsValue x, IrrepsValue y, SyntaxNode at)
    {
        switch (x, y)
        {
            case (Invariant a, Invariant b):
                return new Invariant(a.IsSingle && b.IsSingle);
            case (Known a, Invariant b):
                return Scale(a, b, at);
            case (Invariant a, Known b):
                return Scale(b, a, at);
            case (Known a, Known { IsSingleScalar: true } b):
                return Flip(a, b, at);
            case (Known { IsSingleScalar: true } a, Known b):
                return Flip(b, a, at);
            case (Known { IsInvariant: true } a, Known b) when a.Irreps.Dim == b.Irreps.Dim && b.Irreps.All(e => e.Irrep.L == 0):
                return b;
            case (Known a, Known { IsInvariant: true } b) when a.Irreps.Dim == b.Irreps.Dim && a.Irreps.All(e => e.Irrep.L == 0):
                return a;
            case (Known { ScalarParity: { } p } a, Known { ScalarParity: { } q } b) when a.Irreps.Dim == b.Irreps.Dim:
                return IrrepsValue.Of(new Irreps([new MulIrrep(a.Irreps.Dim, new Irrep(0, p * q))]), at.GetLocation()) with { IsStacked = a.IsStacked || b.IsStacked };
            case (Known a, Known b):
                // Wrong as it stands, but the sum of all these products is the inner product.
                return new Misuse(a, b, new Finding(EquivarianceRules.Product, at, [a.Origin, b.Origin], name, a, b));
            default:
                return IrrepsValue.Unknown;
        }
    }

    /// <summary>The squares of all columns: wrong as they stand where there are vectors, but their sum is the squared length.</summary>
    public IrrepsValue Square(string name, IrrepsValue x, SyntaxNode at) =>
        x is Known known && known.Irreps.Where(e => e.Irrep.L > 0).Select(e => (MulIrrep?)e).FirstOrDefault() is { } vector
            ? new Misuse(known, known, new Finding(EquivarianceRules.Nonlinearity, at, [known.Origin], name, vector))
            : Pointwise(Effect.Even, name, x, at);

    /// <summary>The sum of the products of all columns: an inner product if both sides hold the same irreps, up to one parity.</summary>
    public IrrepsValue InnerProduct(Known x, Known y, bool keepAxis, SyntaxNode at)
    {
        var a = x.Irreps;
        var b = y.Irreps;
        if (a.Count != b.Count || a.Zip(b, (p, q) => p.Multiplicity == q.Multiplicity && p.Irrep.L == q.Irrep.L).Contains(false))
        {
            return IrrepsValue.Unknown;
        }

        var parities = a.Zip(b, (p, q) => p.Irrep.Parity * q.Irrep.Parity).Distinct().ToList();
        return parities.Count == 1 ? Scalar(parities[0], keepAxis, at) : IrrepsValue.Unknown;
    }

    /// <summary>A single scalar: in a column of its own, or instead of the last axis.</summary>
    public static IrrepsValue Scalar(int parity, bool keepAxis, SyntaxNode at) =>
        keepAxis ? IrrepsValue.Of(new Irrep(0, parity), at.GetLocation()) : parity > 0 ? new Invariant() : IrrepsValue.Unknown;

    public IrrepsValue Columns(Known x, int start, int end, SyntaxNode at)
    {
        int dim = x.Irreps.Dim;
        if (start < 0 || end > dim || start > end)
        {
            return Report(EquivarianceRules.Slice, at, [x], start, end - 1, $"are not all there: {x} has columns 0 to {dim - 1}");
        }

        var entries = new List<MulIrrep>();
        for (int i = 0; i < x.Irreps.Count; i++)
        {
            var (entry, slice) = (x.Irreps[i], x.Irreps.Slices[i]);
            int from = Math.Max(start, slice.Offset), to = Math.Min(end, slice.End);
            if (from >= to)
            {
                continue;
            }

            if ((from - slice.Offset) % entry.Irrep.Dim != 0 || (to - slice.Offset) % entry.Irrep.Dim != 0)
            {
                return Report(EquivarianceRules.Slice, at, [x], start, end - 1, $"cut through {entry}, which lies in columns {slice.Offset} to {slice.End - 1} of {x}");
            }

            entries.Add(new MulIrrep((to - from) / entry.Irrep.Dim, entry.Irrep));
        }

        return IrrepsValue.Of(new Irreps(entries), at.GetLocation()) with { IsStacked = x.IsStacked };
    }

    /// <summary>Something that mixes columns.</summary>
    public IrrepsValue MixColumns(string name, IrrepsValue x, SyntaxNode at, string advice = "only even scalars may be mixed freely") =>
        x is Known { NonScalar: not null } known
            ? Report(EquivarianceRules.FeatureAxis, at, [known], name, known, advice)
            : x.IsInvariant ? new Invariant() : IrrepsValue.Unknown;

    /// <summary>An operation that E3Gen does not know: wrong or right where vectors go in, invariant where all is invariant.</summary>
    public IrrepsValue CannotVerify(string name, IEnumerable<IrrepsValue> tensors, SyntaxNode at)
    {
        bool invariant = true;
        foreach (var x in tensors)
        {
            if (x is Known { NonScalar: not null } known)
            {
                return Report(EquivarianceRules.CannotVerify, at, [known], name, known);
            }

            invariant &= x.IsInvariant;
        }

        return invariant ? new Invariant() : IrrepsValue.Unknown;
    }

    /// <summary>A last axis that was moved away: wrong in most places.</summary>
    public static IrrepsValue MovedAxis(string name, IrrepsValue x, SyntaxNode at) => x switch
    {
        Known { NonScalar: not null } known => new Misuse(known, null, new Finding(EquivarianceRules.CannotVerify, at, [known.Origin], name, known)),
        { IsInvariant: true } => new Invariant(),
        _ => IrrepsValue.Unknown,
    };

    public IrrepsValue Report(DiagnosticDescriptor rule, SyntaxNode at, IEnumerable<Known> values, params object[] arguments)
    {
        report(new Finding(rule, at, values.Select(v => v.Origin), arguments));
        return IrrepsValue.Unknown;
    }

    /// <summary>Multiplication by invariants: by one of a row it keeps irreps, by one of a column it may not.</summary>
    private IrrepsValue Scale(Known x, Invariant factor, SyntaxNode at)
    {
        if (!factor.IsSingle && x.NonScalar is not null)
        {
            doubt(at);
        }

        return factor.IsSingle ? x : Widened(x);
    }

    /// <summary>Irreps after an operation with invariants of unknown number: a single column may have become several.</summary>
    private static IrrepsValue Widened(Known x) => x.Irreps.Dim > 1 ? x : x.IsInvariant ? new Invariant() : IrrepsValue.Unknown;

    private static Known Flip(Known x, Known scalar, SyntaxNode at)
    {
        bool stacked = x.IsStacked || scalar.IsStacked;
        return scalar.ScalarParity > 0
            ? x with { IsStacked = stacked }
            : IrrepsValue.Of(new Irreps(x.Irreps.Select(e => new MulIrrep(e.Multiplicity, new Irrep(e.Irrep.L, -e.Irrep.Parity)))), at.GetLocation()) with { IsStacked = stacked };
    }

    /// <summary>One scalar a row added to scalars of the same kind.</summary>
    private static Known? Broadcast(Known a, Known b) =>
        a.ScalarParity is null || a.ScalarParity != b.ScalarParity ? null : a.IsSingleScalar ? b : b.IsSingleScalar ? a : null;
}

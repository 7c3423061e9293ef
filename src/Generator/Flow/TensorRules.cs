using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Operations;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>The irreps that ordinary tensor operations yield, and what is wrong where they break equivariance.</summary>
/// <param name="report">Receives what is wrong: rule, place, message arguments.</param>
internal sealed class TensorRules(Action<DiagnosticDescriptor, Location, object[]> report)
{
    public IrrepsValue Pointwise(Effect effect, string name, IrrepsValue x, Location location)
    {
        if (!x.IsKnown)
        {
            return IrrepsValue.Unknown;
        }

        var irreps = x.Irreps!;
        if (irreps.FirstOrDefault(e => e.Irrep.L > 0) is { Multiplicity: > 0 } vector)
        {
            report(EquivarianceRules.Nonlinearity, location, [name, vector]);
            return IrrepsValue.Unknown;
        }

        if (effect == Effect.Neither && irreps.FirstOrDefault(e => e.Irrep.Parity < 0) is { Multiplicity: > 0 } odd)
        {
            report(EquivarianceRules.OddNonlinearity, location, [name, odd]);
            return IrrepsValue.Unknown;
        }

        return effect == Effect.Even ? IrrepsValue.Of(new Irreps(irreps.Select(e => new MulIrrep(e.Multiplicity, new Irrep(0, 1)))), location) : x;
    }

    public IrrepsValue Add(string name, IrrepsValue x, IrrepsValue y, Location location)
    {
        if (!x.IsKnown || !y.IsKnown)
        {
            return IrrepsValue.Unknown;
        }

        if (x.Irreps == y.Irreps)
        {
            return x;
        }

        // A row of single scalars may be broadcast over other scalars, nothing else.
        report(EquivarianceRules.Sum, location, [name, x, y, Difference.Describe(x.Irreps!, y.Irreps!)]);
        return IrrepsValue.Unknown;
    }

    public IrrepsValue AddConstant(IrrepsValue x, Location location)
    {
        if (x.IsKnown && x.Irreps!.FirstOrDefault(e => !e.Irrep.IsScalar) is { Multiplicity: > 0 } entry)
        {
            report(EquivarianceRules.Constant, location, [x, entry]);
            return IrrepsValue.Unknown;
        }

        return x;
    }

    public IrrepsValue Multiply(string name, IrrepsValue x, IrrepsValue y, Location location)
    {
        if (!x.IsKnown || !y.IsKnown)
        {
            return IrrepsValue.Unknown;
        }

        if (SingleScalar(y) is { } parityY)
        {
            return Flip(x, parityY, location);
        }

        if (SingleScalar(x) is { } parityX)
        {
            return Flip(y, parityX, location);
        }

        if (x.Irreps!.Lmax() == 0 && y.Irreps!.Lmax() == 0 && x.Irreps!.Dim == y.Irreps!.Dim)
        {
            return x.Irreps!.IsScalar ? y : y.Irreps!.IsScalar ? x : IrrepsValue.Unknown;
        }

        report(EquivarianceRules.Product, location, [name, x, y]);
        return IrrepsValue.Unknown;
    }

    public IrrepsValue Columns(IrrepsValue x, int start, int end, Location location)
    {
        if (!x.IsKnown)
        {
            return IrrepsValue.Unknown;
        }

        var entries = new List<MulIrrep>();
        for (int i = 0; i < x.Irreps!.Count; i++)
        {
            var (entry, slice) = (x.Irreps[i], x.Irreps.Slices[i]);
            int from = Math.Max(start, slice.Offset), to = Math.Min(end, slice.Offset + slice.Length);
            if (from >= to)
            {
                continue;
            }

            if ((from - slice.Offset) % entry.Irrep.Dim != 0 || (to - slice.Offset) % entry.Irrep.Dim != 0)
            {
                report(EquivarianceRules.Slice, location, [start, end - 1, entry, slice.Offset, slice.Offset + slice.Length - 1, x]);
                return IrrepsValue.Unknown;
            }

            entries.Add(new MulIrrep((to - from) / entry.Irrep.Dim, entry.Irrep));
        }

        return IrrepsValue.Of(new Irreps(entries), location);
    }

    public IrrepsValue FeatureAxis(string name, IrrepsValue x, Location location)
    {
        if (x.IsKnown && x.Irreps!.Any(e => !e.Irrep.IsScalar))
        {
            string advice = name is "norm" or "normalize" or "layer_norm" ? "use [Norm] or [LayerNorm], or state the result with .AssumeIrreps(\"…\")" : "only even scalars may be mixed freely";
            report(EquivarianceRules.FeatureAxis, location, [name, x, advice]);
        }

        return IrrepsValue.Unknown;
    }

    public IrrepsValue CannotVerify(string name, IrrepsValue x, Location location)
    {
        if (x.IsKnown && x.Irreps!.Any(e => !e.Irrep.IsScalar))
        {
            report(EquivarianceRules.CannotVerify, location, [name, x, Suggestion.Of(Suggestion.Assume, Describe.Sum(x.Irreps!))]);
        }

        return IrrepsValue.Unknown;
    }

    /// <summary>Parity of a row that holds one scalar; null for anything else.</summary>
    private static int? SingleScalar(IrrepsValue x) => x.Irreps is [{ Multiplicity: 1, Irrep: { L: 0 } irrep }] ? irrep.Parity : null;

    private static IrrepsValue Flip(IrrepsValue x, int parity, Location location) =>
        parity > 0 ? x : IrrepsValue.Of(new Irreps(x.Irreps!.Select(e => new MulIrrep(e.Multiplicity, new Irrep(e.Irrep.L, -e.Irrep.Parity)))), location);
}

internal static class IrrepsExtensions
{
    /// <summary>The largest l; 0 where there are no irreps.</summary>
    public static int Lmax(this Irreps irreps) => irreps.Count == 0 ? 0 : irreps.Max(e => e.Irrep.L);
}

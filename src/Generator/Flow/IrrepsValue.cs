using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>
/// What is known of a tensor's last axis at a point of a method. The lattice, from below: not yet assigned (no entry in the state) &lt; known irreps &lt; conflict of two &lt; unknown.
/// </summary>
/// <param name="Irreps">The irreps; null where nothing is known.</param>
/// <param name="Origin">Where the value got them.</param>
/// <param name="Other">The other irreps that the value can have, where ways of the control flow disagree.</param>
internal sealed record IrrepsValue(Irreps? Irreps, Location? Origin = null, Irreps? Other = null)
{
    public static readonly IrrepsValue Unknown = new((Irreps?)null);

    public bool IsKnown => Irreps is not null && Other is null;

    public bool IsConflict => Other is not null;

    /// <summary>Known irreps, ignoring how they are cut into entries: two values that lie in memory alike are alike.</summary>
    public static IrrepsValue Of(Irreps irreps, Location? origin = null) => new(irreps.RemoveZeroMultiplicities().Simplify(), origin);

    /// <summary>The value where two ways of the control flow meet.</summary>
    public static IrrepsValue Join(IrrepsValue a, IrrepsValue b) => (a, b) switch
    {
        _ when a.SameAs(b) => a,
        ({ IsKnown: true }, { IsKnown: true }) => a with { Other = b.Irreps },
        ({ IsConflict: true }, { IsKnown: true }) when a.Irreps == b.Irreps || a.Other == b.Irreps => a,
        ({ IsKnown: true }, { IsConflict: true }) when b.Irreps == a.Irreps || b.Other == a.Irreps => b,
        _ => Unknown,
    };

    public bool SameAs(IrrepsValue other) => Irreps == other.Irreps && Other == other.Other;

    public override string ToString() => Irreps?.ToString() ?? "?";
}

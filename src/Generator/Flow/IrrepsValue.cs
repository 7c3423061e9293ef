using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>
/// What is known of a value at a point of a method. For tensors the lattice, from below: nothing (null or zeros, which fit everywhere), known irreps or invariants,
/// a conflict of two, unknown. Tuples and arrays hold a value for each element; a misuse is a value that is wrong wherever it goes, with few exceptions.
/// </summary>
internal abstract record IrrepsValue
{
    public static readonly IrrepsValue Unknown = new Unknown();

    public static readonly IrrepsValue Nothing = new Nothing();

    /// <summary>Known irreps, ignoring how they are cut into entries: two values that lie in memory alike are alike.</summary>
    public static Known Of(Irreps irreps, Location? origin = null) => new(irreps.Simplify(), origin);

    /// <summary>Whether no rotation or inversion changes it, however its columns are mixed.</summary>
    public bool IsInvariant => this is Invariant or Flow.Nothing or Known { Irreps.IsScalar: true };

    /// <summary>The value where two ways of the control flow meet.</summary>
    public static IrrepsValue Join(IrrepsValue a, IrrepsValue b) => (a, b) switch
    {
        _ when a.SameAs(b) => a,
        (Misuse, _) => a,
        (_, Misuse) => b,
        (Flow.Nothing, _) => b,
        (_, Flow.Nothing) => a,
        (Known x, Known y) when x.Irreps == y.Irreps => x with { IsStacked = true },
        (Known x, Known y) => new Conflict(x, y),
        ({ IsInvariant: true }, { IsInvariant: true }) => new Invariant(),
        (Conflict x, Known y) when x.Contains(y) => x,
        (Known x, Conflict y) when y.Contains(x) => y,
        (Conflict x, Conflict y) when x.Contains(y.First) && x.Contains(y.Second) => x,
        (Group x, Group y) when x.Elements.Length == y.Elements.Length => new Group([.. x.Elements.Zip(y.Elements, Join)]),
        _ => Unknown,
    };

    /// <summary>Equal but for where the irreps come from.</summary>
    public virtual bool SameAs(IrrepsValue other) => Equals(other);
}

/// <summary>Not known.</summary>
internal sealed record Unknown : IrrepsValue;

/// <summary>Null or zeros: carries whatever irreps are wanted.</summary>
internal sealed record Nothing : IrrepsValue;

/// <summary>A tensor whose last axis carries these irreps.</summary>
/// <param name="Irreps">The irreps, simplified.</param>
/// <param name="Origin">Where the value got them.</param>
/// <param name="IsStacked">Whether there may be several row axes. Otherwise rows × columns is assumed, and axis 1 is the last one.</param>
internal sealed record Known(Irreps Irreps, Location? Origin, bool IsStacked = false) : IrrepsValue
{
    /// <summary>The first entry that rotations or inversion change; null where there is none.</summary>
    public MulIrrep? NonScalar => Irreps.Where(e => !e.Irrep.IsScalar).Select(e => (MulIrrep?)e).FirstOrDefault();

    /// <summary>The parity of the columns where they are scalars of one kind; null for anything else.</summary>
    public int? ScalarParity => Irreps is [{ Irrep: { L: 0 } irrep }] ? irrep.Parity : null;

    /// <summary>Whether a row holds one scalar.</summary>
    public bool IsSingleScalar => Irreps is [{ Multiplicity: 1, Irrep.L: 0 }];

    public bool Equals(Known? other) => other is not null && Irreps == other.Irreps && IsStacked == other.IsStacked;

    public override int GetHashCode() => Irreps.GetHashCode();

    public override string ToString() => Irreps.ToString();
}

/// <summary>Even scalars, nobody knows how many: constants, parameters, lengths, and all that is computed from such values alone.</summary>
/// <param name="IsSingle">Whether it is one number.</param>
internal sealed record Invariant(bool IsSingle = false) : IrrepsValue;

/// <summary>Irreps that depend on the way taken to this point.</summary>
internal sealed record Conflict(Known First, Known Second) : IrrepsValue
{
    public bool Contains(Known value) => First.Irreps == value.Irreps || Second.Irreps == value.Irreps;

    public override bool SameAs(IrrepsValue other) => other is Conflict conflict && Contains(conflict.First) && Contains(conflict.Second);
}

/// <summary>A tuple or an array.</summary>
internal sealed record Group(ImmutableArray<IrrepsValue> Elements) : IrrepsValue
{
    public override bool SameAs(IrrepsValue other) =>
        other is Group group && group.Elements.Length == Elements.Length && Elements.Zip(group.Elements, (a, b) => a.SameAs(b)).All(same => same);
}

/// <summary>The extents of a tensor's axes.</summary>
internal sealed record Shape(Known Tensor) : IrrepsValue;

/// <summary>
/// Components multiplied with components, or a last axis moved elsewhere: not equivariant as it stands, unless what follows is the sum of the products, or the second
/// factor of a matrix product. It is reported where it is used in any other way.
/// </summary>
/// <param name="Left">The tensor, or the left factor.</param>
/// <param name="Right">The right factor; null for a tensor whose last axis was moved.</param>
/// <param name="Finding">What to report.</param>
internal sealed record Misuse(Known Left, Known? Right, Finding Finding) : IrrepsValue
{
    public override bool SameAs(IrrepsValue other) => other is Misuse misuse && misuse.Finding.At == Finding.At;
}

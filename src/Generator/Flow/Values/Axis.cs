using System.Collections.Immutable;

namespace E3Gen.Generator.Flow.Values;

/// <summary>
/// One axis of a tensor. It is either plain, i.e. unaffected by rotations (rows, channels and samples are the same for the
/// proof), or it carries irreps: then a rotation acts on the tensor by the matrix D of these irreps along this axis.
/// </summary>
/// <param name="Extent">How many entries it has.</param>
/// <param name="Irreps">
/// The irreps that it carries, never scalars alone: an axis of even scalars is plain,
/// one of odd scalars is plain in a tensor that is odd. Null: plain.
/// </param>
/// <param name="Runs">
/// Of a plain axis: lengths of neighbouring entries that are equal, as expand and repeat_interleave make them;
/// one entry each where it is default.
/// </param>
internal sealed record Axis(Extent Extent, Irreps? Irreps = null, ImmutableArray<int> Runs = default)
{
    public bool Turns => Irreps is not null;

    public static Axis Plain(Extent extent) => new(extent);

    public static Axis Plain(long extent) => new(Extent.Of(extent));

    public static Axis Of(Irreps irreps) => new(Extent.Of(irreps.Dim), irreps);

    public bool SameAs(Axis other) =>
        Extent.Equals(other.Extent) && Irreps == other.Irreps
            && (Runs.IsDefault ? other.Runs.IsDefault : !other.Runs.IsDefault && Runs.SequenceEqual(other.Runs));

    /// <summary>
    /// Whether the entries are equal within each copy of the irreps, so that multiplication by them is
    /// multiplication of each copy by a number.
    /// </summary>
    public bool IsConstantWithin(Irreps irreps)
    {
        if (Extent.IsOne)
        {
            return true;
        }

        if (Runs.IsDefault || Extent.Known != irreps.Dim)
        {
            return irreps.All(e => e.Irrep.Dim == 1);
        }

        var ends = new HashSet<int>();
        int end = 0;
        foreach (var entry in irreps)
        {
            for (int copy = 0; copy < entry.Multiplicity; copy++)
            {
                ends.Add(end += entry.Irrep.Dim);
            }
        }

        int at = 0;
        return Runs.All(run => (at += run) > 0 && ends.Contains(at));
    }
}

using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Multiples of the unit matrix. They are invariants, and at the same time tensors of any irreps X ⊗ X with this number of components,
/// since D 1 Dᵀ = 1: they may be added to such tensors.
/// </summary>
internal static class Isotropy
{
    /// <summary>The unit matrix; of more columns than rows it is none.</summary>
    public static TensorValue Unit(TensorValue x) =>
        x is { HasMoreInFront: false, Axes: [{ Extent.Known: > 1 and var rows }, { Extent.Known: { } columns }] } && rows == columns
            ? Claim(x)
            : x;

    /// <summary>
    /// A multiple of the unit matrix as what it is added to, where that carries the same irreps along its last two axes and nothing
    /// else.
    /// </summary>
    public static TensorValue Fitted(TensorValue x, TensorValue other)
    {
        if (!x.IsUnit || !x.IsInvariant || x.Axes.Length < 2 || other.Axes.Length < 2 || other.Written is not null || other.Parity < 0)
        {
            return x;
        }

        var (rows, columns) = (other.FromLast(1)!, other.FromLast(0)!);
        return rows.Irreps is { } irreps && irreps == columns.Irreps && other.Axes.Count(a => a.Turns) == 2
            && Enumerable.Range(0, 2).All(i => x.FromLast(i)!.Extent.Known == irreps.Dim)
            ? x with { Axes = [.. x.Axes.Take(x.Axes.Length - 2), rows, columns] }
            : x;
    }

    /// <summary>A product or quotient: s · 1 times a number for each matrix.</summary>
    public static TensorValue Scaled(TensorValue result, TensorValue a, TensorValue b, bool isQuotient = false) =>
        result.Written is null && ((a.IsUnit && IsNumber(b)) || (b.IsUnit && IsNumber(a) && !isQuotient)) ? Claim(result) : result;

    /// <summary>A sum of multiples.</summary>
    public static TensorValue Sum(TensorValue result, TensorValue a, TensorValue b) =>
        a.IsUnit && b.IsUnit && !result.Turns && result.Written is null ? Claim(result) : result;

    /// <summary>The same numbers, with whatever axes in front of the matrix.</summary>
    public static TensorValue Kept(TensorValue result, TensorValue x) => x.IsUnit ? Claim(result) : result;

    /// <summary>A new axis in front of the matrix.</summary>
    public static TensorValue InFront(TensorValue result, TensorValue x, long dim) =>
        x.IsUnit && result.Axes.Length == x.Axes.Length + 1 && (dim >= 0 ? !x.HasMoreInFront && dim <= x.Axes.Length - 2 : dim <= -3)
            ? Claim(result)
            : result;

    private static TensorValue Claim(TensorValue x) => x with { UnitOf = TensorValue.Claimed };

    private static bool IsNumber(TensorValue x) =>
        !x.Turns && x.Written is null && Enumerable.Range(0, 2).All(i => x.FromLast(i) is { } axis ? axis.Extent.IsOne : !x.HasMoreInFront);
}

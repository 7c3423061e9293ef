namespace E3Gen.Polynomials;

/// <summary>
/// One term of a polynomial: <c>result[k,w] += Scale · Σ C[i,j,…,k] · a[i,u] · b[j,v] · W[u,v,w] …</c>, summed over the components and over the
/// multiplicity indices that the result does not have.
/// </summary>
/// <param name="Factors">The segments that are multiplied. An operand may occur more than once.</param>
/// <param name="Result">The segment that is added to.</param>
/// <param name="Coefficients">The tensor C, with an axis for each slot whose segment has an irrep: factors in order, then the result.</param>
/// <param name="Scale">The constant in front (normalisation).</param>
/// <param name="Pairs">Over which pairs of u and v the sum runs.</param>
public sealed record Path(EquatableArray<Slot> Factors, Slot Result, Coefficients Coefficients, Surd Scale, Pairs Pairs = Pairs.All);

/// <summary>Where a path touches an operand.</summary>
/// <param name="Operand">Index of the operand: among the inputs for a factor, among the outputs for the result.</param>
/// <param name="Segment">Index of its segment.</param>
/// <param name="Indices">
/// The multiplicity indices, slowest first; equal letters of a path are one index. The letters <c>uv</c> may stand for one axis, which then counts pairs.
/// </param>
public readonly record struct Slot(int Operand, int Segment, string Indices);

/// <summary>Over which pairs of the multiplicity indices u and v a path runs.</summary>
public enum Pairs
{
    /// <summary>Over all of them.</summary>
    All,

    /// <summary>
    /// Over those with u &lt; v. The letters <c>uv</c> side by side count these pairs: (0,1), (0,2), …, (1,2), …
    /// </summary>
    Ascending,
}

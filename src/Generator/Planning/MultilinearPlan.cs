using E3Gen.Generator.Model;

namespace E3Gen.Generator.Planning;

/// <summary>
/// What every equivariant operation is: a multilinear form over the segments of its operands, a sum over paths of
/// <c>Scale · Σ C[i,j,…,k] · a[u,i] · b[v,j] · … · W[u,v,w] · result[w,k]</c>.
/// The operation is the gradient of the form by its result operand. Its derivative by an argument is the gradient of the same form by that argument,
/// with the cotangent in the old result's place: the same list with the roles permuted, and so is every higher derivative. Nothing is derived by hand.
/// </summary>
/// <param name="Operands">Arguments, weights and result. Every path has one slot for each.</param>
/// <param name="Paths">The terms of the form.</param>
/// <param name="Result">Index of the operand that is computed; the others are given.</param>
public sealed record MultilinearPlan(EquatableArray<Operand> Operands, EquatableArray<PlanPath> Paths, int Result)
{
    /// <summary>The derivative by an argument: takes the cotangent of the old result and the other arguments, yields the cotangent of that argument.</summary>
    public MultilinearPlan DerivativeBy(int operand) => this with { Result = operand };
}

/// <summary>One operand: a row of numbers cut into segments.</summary>
/// <param name="Name">Name in formulas.</param>
/// <param name="Segments">Its segments, in memory order.</param>
public sealed record Operand(string Name, EquatableArray<Segment> Segments)
{
    public int Dimension => Segments.Sum(s => s.Length);
}

/// <summary>A contiguous block of an operand, laid out multiplicities first (e3nn's mul_ir; a weight block has one component).</summary>
/// <param name="Offset">First column.</param>
/// <param name="Multiplicities">Extents of the multiplicity axes: one for features, as many as the mode has for weights.</param>
/// <param name="Irrep">How the components transform; null for weights.</param>
public sealed record Segment(int Offset, EquatableArray<int> Multiplicities, Irrep? Irrep)
{
    public int Multiplicity => Multiplicities.Aggregate(1, (product, m) => product * m);

    public int Components => Irrep?.Dim ?? 1;

    public int Length => Multiplicity * Components;
}

/// <summary>One term of the form.</summary>
/// <param name="Slots">For each operand the segment that this path touches and the names of its multiplicity indices.</param>
/// <param name="Coupling">The coefficients that tie the components together.</param>
/// <param name="Scale">The constant in front (normalisation).</param>
public sealed record PlanPath(EquatableArray<Slot> Slots, Coupling Coupling, Surd Scale);

/// <summary>Where a path touches an operand.</summary>
/// <param name="Segment">Index of the segment.</param>
/// <param name="Indices">The multiplicity indices, slowest first; equal letters in a path are one index. Two letters on the one axis of a feature segment count its copies as pairs.</param>
public readonly record struct Slot(int Segment, string Indices);

/// <summary>
/// The coefficient tensor of a path over the component indices of its feature operands, in order of the operands: the identity for two,
/// the Wigner 3j symbol in the real basis for three.
/// </summary>
/// <param name="Degrees">The l of each feature operand.</param>
public sealed record Coupling(EquatableArray<int> Degrees);

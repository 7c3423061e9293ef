using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>
/// The paths of a symmetric contraction that lead to one irrep of the result and multiply one number of factors ν. Their weights lie together:
/// [elements, paths, copies].
/// </summary>
/// <param name="Output">Index of the irrep of the result.</param>
/// <param name="Degree">Number of factors ν.</param>
/// <param name="Paths">The paths.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ContractionBlock(int Output, int Degree, params ContractionPath[] Paths);

/// <summary>One way to couple factors: <c>z[k] += W Σ Values · x[i1] … x[iν]</c>.</summary>
/// <param name="Terms">For each term k and the components i1 ≤ … ≤ iν of the whole argument: ν + 1 numbers.</param>
/// <param name="Values">The coefficient of each term; like terms are collected.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ContractionPath(int[] Terms, double[] Values);

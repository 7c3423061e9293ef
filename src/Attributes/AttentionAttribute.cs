using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Dot-product attention over the incoming edges of each node, as in the SE(3)-transformer (Fuchs, Worrall, Fischer and Welling, arXiv:2006.10503) and in e3nn's
/// equivariant transformer. The method takes <c>Tensor queries</c> [N, keys], <c>Tensor keys</c> [E, keys], <c>Tensor values</c> [E, values], <c>Graph graph</c> and, if it declares
/// one more, <c>Tensor cutoff</c> [E]. It returns [N, values]. For the edges e that arrive at node n and each head h
/// <c>s[e,h] = √(H/D) Σ q[n] k[e]</c>, <c>α[e,h] = c[e] exp(s[e,h]) / Σ_e′ c[e′] exp(s[e′,h])</c>, <c>y[n,h] = Σ_e α[e,h] v[e,h]</c>. The first sum runs over the components of the
/// copies that belong to the head: of D components in all, each of the H heads has the same share of the copies of every entry, one after the other. Queries and keys of unit variance give
/// scores s of unit variance.
/// </summary>
/// <remarks>
/// Scores are scalar products of equal irreps, so they do not depend on the frame. The largest score of a node is subtracted before exponentials are
/// taken. A node without edges, or whose edges all have a cutoff of zero, gets zeros. The cutoffs c, which go to zero where an edge leaves the
/// graph (see <c>Cutoff</c>), make the result smooth as long as another edge stays; the only edge of a node has α = 1 up to the end, so multiply the values by c as well where that matters.
/// </remarks>
/// <param name="keys">Irreps of queries and keys.</param>
/// <param name="values">Irreps of the values and the result.</param>
public sealed class AttentionAttribute([StringSyntax("Irreps")] string keys, [StringSyntax("Irreps")] string values) : OperationAttribute
{
    /// <summary>Irreps of queries and keys.</summary>
    public string Keys { get; } = keys;

    /// <summary>Irreps of the values and the result.</summary>
    public string Values { get; } = values;

    /// <summary>Number of heads, which must divide every multiplicity.</summary>
    public int Heads { get; set; } = 1;
}

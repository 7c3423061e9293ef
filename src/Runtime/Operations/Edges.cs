using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>What a network computes of its edges before the first layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Edges
{
    /// <summary>[edges, 3] → [edges]. An edge shorter than 1e-12 has the length zero with derivatives of zero.</summary>
    /// <param name="vectors">Edge vectors.</param>
    public static Tensor Lengths(Tensor vectors) => Pointwise.Length(vectors.square().sum(1));

    /// <summary>
    /// Lengths in functions over 0 … radius, scaled so that components have a mean square near one: by √number where the sum of their squares is near one (e3nn's soft_one_hot_linspace),
    /// Chebyshev's polynomials, with mean squares near ½, by √2.
    /// </summary>
    /// <param name="lengths">[edges].</param>
    /// <param name="radius">End of the interval.</param>
    /// <param name="number">Number of functions.</param>
    /// <param name="basis">The functions.</param>
    /// <param name="vanish">Whether they vanish at the ends of the interval.</param>
    /// <returns>[edges, number].</returns>
    public static Tensor Expand(Tensor lengths, double radius, int number, RadialBasisKind basis, bool vanish)
    {
        using Scalar scale = Math.Sqrt(basis == RadialBasisKind.Chebyshev ? 2 : number);
        return RadialBasis.Of(basis, lengths, 0, radius, number, vanish).mul(scale);
    }

    /// <summary>Multiplies what edges carry by a cutoff of their length.</summary>
    /// <param name="edges">[edges, columns].</param>
    /// <param name="lengths">[edges].</param>
    /// <param name="radius">The cutoff radius.</param>
    /// <param name="cutoff">The function.</param>
    /// <param name="power">Exponent of a polynomial one.</param>
    public static Tensor Attenuate(Tensor edges, Tensor lengths, double radius, CutoffKind cutoff, int power = 6)
    {
        using Scalar unit = radius;
        return edges.mul(Cutoff.Of(cutoff, lengths.div(unit), power).unsqueeze(1));
    }

    /// <summary>One row an edge, of rows for edges or for pairs of opposite edges.</summary>
    /// <param name="rows">[edges, …] or [pairs, …].</param>
    /// <param name="graph">The graph.</param>
    public static Tensor PerEdge(Tensor rows, Graph graph) =>
        rows.size(0) == graph.EdgeCount ? rows : rows.index_select(0, graph.PairOfEdge);

    /// <summary>The features of a node without features: the scalar 1.</summary>
    /// <param name="positions">[nodes, 3].</param>
    /// <returns>[nodes, 1].</returns>
    public static Tensor Ones(Tensor positions) => ones(positions.size(0), 1, positions.dtype, positions.device);
}

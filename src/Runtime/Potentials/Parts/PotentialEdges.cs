using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>What potentials compute of their edges. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PotentialEdges
{
    private static readonly Scalar One = 1;

    /// <summary>Lengths in Bessel functions that end smoothly at the cutoff radius.</summary>
    /// <param name="basis">The functions.</param>
    /// <param name="expanded">What is expanded: the lengths, or a transform of them: [rows].</param>
    /// <param name="lengths">Lengths: [rows].</param>
    /// <param name="radius">The cutoff radius.</param>
    /// <param name="power">p of the polynomial cutoff.</param>
    /// <returns>[rows, functions].</returns>
    public static Tensor Radial(BesselBasis basis, Tensor expanded, Tensor lengths, double radius, int power)
    {
        ArgumentNullException.ThrowIfNull(basis);
        using var scope = NewDisposeScope();
        using Scalar unit = radius;
        return basis.forward(expanded).mul(Cutoff.Polynomial(lengths.div(unit), power).unsqueeze(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>MACE's density of neighbours, <c>1 + Σ tanh(d²)</c> over the edges of a node.</summary>
    /// <param name="d">A learnt number for each edge, or for each pair of opposite edges: [E, 1] or [P, 1].</param>
    /// <param name="graph">The graph.</param>
    /// <returns>[N, 1].</returns>
    public static Tensor Density(Tensor d, Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        using var scope = NewDisposeScope();
        Tensor edges = Edges.PerEdge(d.square().tanh(), graph);
        return ones([graph.NodeCount, 1], edges.dtype, edges.device).index_add(0, graph.Destination, edges, One).MoveToOuterDisposeScope();
    }
}

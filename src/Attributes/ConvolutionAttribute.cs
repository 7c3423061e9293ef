using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// One fused message-passing step: for each edge the weighted tensor product (mode uvu) of the source node's features with the edge's
/// attributes, summed over the incoming edges of each node. Paths are in e3nn's order (nodes outer, edges inner, l ascending); the output
/// is sorted and simplified. The method takes <c>Tensor nodes</c> [N, nodes], <c>Tensor edges</c> [E, edges], <c>Tensor weights</c>
/// [E, weights] and <c>Graph graph</c>, and returns [N, out].
/// </summary>
/// <param name="nodes">Irreps of the node features.</param>
/// <param name="edges">Irreps of the edge attributes.</param>
public sealed class ConvolutionAttribute([StringSyntax("Irreps")] string nodes, [StringSyntax("Irreps")] string edges) : OperationAttribute
{
    /// <summary>Irreps of the node features.</summary>
    public string Nodes { get; } = nodes;

    /// <summary>Irreps of the edge attributes.</summary>
    public string Edges { get; } = edges;

    /// <summary>Output irreps to keep (multiplicities are ignored); by default, every irrep that a path reaches.</summary>
    [StringSyntax("Irreps")]
    public string? Keep { get; set; }
}

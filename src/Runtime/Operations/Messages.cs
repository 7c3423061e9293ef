using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Sums over the edges that arrive at each node, and over the nodes of each graph.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Messages
{
    private static readonly Scalar One = 1.0;

    /// <summary>[edges, ...] → [nodes, ...]; nodes without edges get zeros.</summary>
    /// <param name="messages">One message an edge.</param>
    /// <param name="graph">The graph.</param>
    public static Tensor Sum(Tensor messages, Graph graph) => Sum(messages, graph.Destination, graph.NodeCount);

    /// <summary>[nodes, columns] → [graphs, columns].</summary>
    /// <param name="nodes">One row a node.</param>
    /// <param name="graph">The graph.</param>
    public static Tensor SumNodes(Tensor nodes, Graph graph) =>
        graph.Batch is { } batch ? Sum(nodes, batch, graph.GraphCount) : nodes.sum(0, keepdim: true);

    private static Tensor Sum(Tensor rows, Tensor targets, long count)
    {
        var shape = rows.shape;
        shape[0] = count;
        return zeros(shape, rows.dtype, rows.device).index_add(0, targets, rows, One);
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>A convolution is gather, tensor product and sum over incoming edges; the products are e3nn's (see their tests).</summary>
public sealed class ConvolutionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Convolutions module = new();
    private readonly Generator random = new(5);

    public static IEnumerable<object[]> Declarations =>
        from declaration in new (string Name, int Nodes, int Edges, int Weights)[]
        {
            ("Kept", 23, 9, 37),
            ("Copies", 15, 22, 82),
            ("Scalars", 8, 5, 12),
        }
        select new object[] { declaration.Name, declaration.Nodes, declaration.Edges, declaration.Weights };

    public void Dispose()
    {
        random.Dispose();
        module.Dispose();
        scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void ItIsGatherProductAndSum(string name, int nodes, int edges, int weights)
    {
        // Unsorted, with repeated edges and an edge from a node to itself; nodes 8 … 10 receive nothing, nodes 9 and 10 send nothing either.
        Tensor source = cat([randint(0, 9, [40], generator: random), tensor(new long[] { 2, 2, 5 })]);
        Tensor destination = cat([randint(0, 8, [40], generator: random), tensor(new long[] { 4, 4, 5 })]);
        Compare(name, source, destination, 11, nodes, edges, weights);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void GraphsMayHaveOneEdgeOrNoneOrNoNodes(string name, int nodes, int edges, int weights)
    {
        Tensor none = zeros(0, ScalarType.Int64);
        Compare(name, tensor(new long[] { 1 }), tensor(new long[] { 0 }), 2, nodes, edges, weights);
        Compare(name, none, none, 5, nodes, edges, weights);
        Compare(name, none, none, 0, nodes, edges, weights);
    }

    private void Compare(string name, Tensor source, Tensor destination, int nodeCount, int nodeColumns, int edgeColumns, int weightColumns)
    {
        long edgeCount = source.size(0);
        Tensor Random(long rows, long columns) => randn([rows, columns], ScalarType.Float64, generator: random).requires_grad_(true);
        Tensor nodes = Random(nodeCount, nodeColumns), edges = Random(edgeCount, edgeColumns), weights = Random(edgeCount, weightColumns);
        Tensor[] leaves = [nodes, edges, weights];

        // By hand, in the caller's order of edges.
        Tensor messages = new Operation(module, name + "Messages").Call(nodes.index_select(0, source), edges, weights);
        Tensor expected = zeros(nodeCount, messages.size(1), ScalarType.Float64).index_add(0, destination, messages, 1);
        Tensor cotangent = randn(expected.shape, ScalarType.Float64, generator: random);
        Tensor[] expectedGradients = Gradients(expected, cotangent, leaves);

        using var graph = Graph.FromEdges(source, destination, nodeCount);
        Tensor order = graph.EdgePermutation!;
        Tensor result = new Operation(module, name).Call(nodes, edges.index_select(0, order), weights.index_select(0, order), graph);

        Near.Equal(expected, result, 1e-12); // zeros on graphs without edges
        foreach (var (e, a) in expectedGradients.Zip(Gradients(result, cotangent, leaves))) Near.Equal(e, a, 1e-12, "gradient");
    }

    private static Tensor[] Gradients(Tensor result, Tensor cotangent, Tensor[] leaves)
    {
        (result * cotangent).sum().backward();
        Tensor[] gradients = [.. leaves.Select(leaf => leaf.grad!.clone())];
        foreach (Tensor leaf in leaves) leaf.grad!.zero_();
        return gradients;
    }
}

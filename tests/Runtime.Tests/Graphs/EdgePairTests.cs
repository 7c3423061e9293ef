using E3Gen.Runtime.Tests.CpuKernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Graphs;

/// <summary>Opposite edges, against a search through all of them.</summary>
public sealed class EdgePairTests
{
    public static IEnumerable<object[]> Graphs => SmallGraphs.Names.Select(n => new object[] { n });

    [Theory]
    [MemberData(nameof(Graphs))]
    public void EveryEdgeHasOnePair(string name)
    {
        using var scope = NewDisposeScope();
        using Graph graph = SmallGraphs.Of(name);
        HasOnePairForEachEdge(graph);
    }

    /// <summary>Cells so small that an atom has many images of itself and of its neighbours; edges in any order; the same edge several times.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ManyEdgesBetweenTwoNodes(bool selfEdges)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(4);
        Tensor cell = eye(3) * 0.6 + 0.05 * rand([3, 3], generator: random);
        using Graph images = Graph.FromPositions(rand([2, 3], generator: random), 1.4, cell: cell, selfEdges: selfEdges);
        Assert.True(images.EdgeCount > 100);
        HasOnePairForEachEdge(images);

        Tensor order = randperm(images.EdgeCount, generator: random), some = cat([order, order.narrow(0, 0, 40)]);
        Tensor Of(Tensor rows) => rows.index_select(0, some);
        using Graph shuffled = Graph.FromEdges(Of(images.Source), Of(images.Destination), 2, shifts: Of(images.Shifts!));
        HasOnePairForEachEdge(shuffled);
        using Graph open = Graph.FromEdges(Of(images.Source), Of(images.Destination), 2);
        HasOnePairForEachEdge(open);
    }

    /// <summary>Many edges between two nodes, without shifts: each finds its opposite at once.</summary>
    [Fact]
    public void ParallelEdgesArePairedInTheirOrder()
    {
        using var scope = NewDisposeScope();
        const int Edges = 100_000;
        Tensor there = zeros(Edges, ScalarType.Int64), back = ones(Edges, ScalarType.Int64);
        using Graph graph = Graph.FromEdges(cat([there, back]), cat([back, there]), 2);
        Assert.Equal(Edges, graph.PairCount);
        Assert.Equal(Enumerable.Range(0, Edges).Select(e => (long)e), Read(graph.PairOfEdge)[..Edges]);
        Assert.Equal(Enumerable.Range(0, Edges).Select(e => (long)e), Read(graph.PairOfEdge)[Edges..]);
    }

    private static void HasOnePairForEachEdge(Graph graph)
    {
        long[] pairs = Read(graph.PairOfEdge), firsts = Read(graph.EdgeOfPair), source = Read(graph.Source), destination = Read(graph.Destination);
        double[] shifts = graph.Shifts is null ? new double[3 * graph.EdgeCount] : graph.Shifts.to(float64).data<double>().ToArray();

        Assert.Equal(graph.PairCount, firsts.Length);
        Assert.Equal(firsts.Order(), firsts);
        for (int p = 0; p < firsts.Length; p++)
        {
            int[] edges = [.. Enumerable.Range(0, pairs.Length).Where(e => pairs[e] == p)];
            Assert.Equal(firsts[p], edges[0]);
            Assert.True(edges.Length == 1 || (edges.Length == 2 && Opposite(edges[0], edges[1])), $"pair {p}: edges {string.Join(", ", edges)}");
        }

        // No two single edges could have been a pair.
        int[] single = [.. Enumerable.Range(0, pairs.Length).Where(e => pairs.Count(p => p == pairs[e]) == 1)];
        Assert.DoesNotContain(single, a => single.Any(b => a < b && Opposite(a, b)));

        bool Opposite(int a, int b) =>
            source[a] == destination[b] && source[b] == destination[a] && Enumerable.Range(0, 3).All(c => shifts[(3 * a) + c] == -shifts[(3 * b) + c]);
    }

    [Fact]
    public void AGraphOfPositionsIsAllPairs()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using Graph open = Graph.FromPositions(rand([30, 3], ScalarType.Float64, generator: random), 0.5);
        using Graph periodic = Graph.FromPositions(rand([5, 3], ScalarType.Float32, generator: random), 1.3, cell: eye(3) + 0.1f * rand([3, 3], generator: random));
        Assert.Equal(open.EdgeCount, 2 * open.PairCount);
        Assert.Equal(periodic.EdgeCount, 2 * periodic.PairCount);
        Assert.True(open.PairCount > 30 && periodic.PairCount > 30);
    }

    [Fact]
    public void PairsAreThoseOfTheGraphsDevice() => Assert.Equal(DeviceType.CPU, SmallGraphs.Usual().to(CPU).PairOfEdge.device_type);

    private static long[] Read(Tensor tensor) => tensor.data<long>().ToArray();
}

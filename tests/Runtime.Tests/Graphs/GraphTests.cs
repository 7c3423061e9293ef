using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Graphs;

public sealed class GraphTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static Tensor Longs(params long[] values) => tensor(values, dtype: ScalarType.Int64);

    private static long[] Array(Tensor? x) => x!.numel() == 0 ? [] : x.data<long>().ToArray();

    /// <summary>A graph is what it was made of at that moment, whatever happens to the caller's tensors.</summary>
    [Fact]
    public void TheCallersTensorsAreHisOwn()
    {
        using var scope = NewDisposeScope();
        Tensor positions = tensor(new double[] { 0, 0, 0, 0.5, 0, 0, 0, 0.5, 0 }).view(3, 3), cell = eye(3, dtype: ScalarType.Float64), batch = tensor(new long[] { 0, 0, 1 });
        Tensor source = tensor(new long[] { 0, 1 }), destination = tensor(new long[] { 1, 0 }), shifts = ones(2, 3);
        using Graph periodic = Graph.FromPositions(positions, 0.9, batch, cell), edges = Graph.FromEdges(source, destination, 3, batch, shifts);
        foreach (Graph graph in new[] { periodic, edges })
        {
            Tensor[] parts = [graph.Source, graph.Destination, graph.Offsets, graph.Batch!, graph.Shifts!];
            Tensor[] before = [.. parts.Select(p => p.clone())];
            foreach (Tensor mine in new[] { positions, cell, batch, source, destination, shifts })
            {
                mine.fill_(7);
            }

            Assert.All(parts.Zip(before), pair => Assert.True(pair.First.eq(pair.Second).all().item<bool>()));
        }
    }

    /// <summary>Shifts of a joined graph lose no digits, whichever graph is first.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, ScalarType.Float64)]
    [InlineData(ScalarType.Float64, ScalarType.Float32)]
    public void JoinedGraphsHaveTheWidestShifts(ScalarType first, ScalarType second)
    {
        using var scope = NewDisposeScope();
        Tensor cell = eye(3, dtype: ScalarType.Float64) * (1 + 1e-9);
        Graph Of(ScalarType type) => Graph.FromPositions(zeros(1, 3, type), 1.1, cell: cell);
        using Graph joined = Graph.Concat([Of(first), Of(second)]);
        Assert.Equal(ScalarType.Float64, joined.Shifts!.dtype);
        Assert.Equal(1 + 1e-9, joined.Shifts.max().item<double>());
    }

    /// <summary>Cells without neighbours, and isolated atoms, are graphs like others.</summary>
    [Fact]
    public void GraphsWithoutEdges()
    {
        using var scope = NewDisposeScope();
        Tensor positions = tensor(new float[] { 0, 0, 0, 5, 5, 5 }).view(2, 3);
        Graph[] graphs =
        [
            Graph.FromPositions(positions, 1, cell: eye(3) * 10), Graph.FromPositions(positions, 1), Graph.FromPositions(positions, 1, tensor(new long[] { 0, 1 })),
            Graph.FromPositions(zeros(0, 3), 1), Graph.FromPositions(zeros(0, 3), 1, cell: eye(3)), Graph.FromPositions(zeros(0, 3), 1, zeros(0, ScalarType.Int64), cell: eye(3).expand(2, 3, 3)),
        ];
        foreach (Graph graph in graphs)
        {
            Assert.Equal(0, graph.EdgeCount);
            Assert.Equal(0, graph.PairCount);
            Assert.Equal([0], graph.PairOfEdge.shape);
            Assert.Equal([0, 3], graph.EdgeVectors(zeros(graph.NodeCount, 3)).shape);
            var (moved, strained) = graph.Strain(zeros(graph.NodeCount, 3), zeros(3, 3));
            Assert.Equal(0, strained.PairCount);
            strained.Dispose();
            graph.Dispose();
        }
    }

    [Fact]
    public void EdgesAreSortedByDestinationAndKeepTheirOrderWithin()
    {
        Tensor shifts = arange(15, dtype: ScalarType.Float32).reshape(5, 3);
        using Graph graph = Graph.FromEdges(Longs(3, 0, 2, 1, 3), Longs(2, 1, 2, 0, 1), 5, shifts: shifts);
        Assert.Equal([3, 1, 4, 0, 2], Array(graph.EdgePermutation));
        Assert.Equal([1, 0, 3, 3, 2], Array(graph.Source));
        Assert.Equal([0, 1, 1, 2, 2], Array(graph.Destination));
        Assert.Equal([0, 1, 3, 5, 5, 5], Array(graph.Offsets));
        Assert.Equal([9f, 3, 12, 0, 6], graph.Shifts!.select(1, 0).contiguous().data<float>().ToArray());
        Assert.Equal((5, 5, 1), (graph.NodeCount, graph.EdgeCount, graph.GraphCount));
        Assert.Null(graph.Batch);
    }

    [Fact]
    public void ShortIntegersAndRandomEdgesGiveTheSameAsAStableSort()
    {
        var random = new Random(3);
        int[] Draw() => [.. Enumerable.Range(0, 500).Select(_ => random.Next(40))];
        int[] source = Draw(), destination = Draw();
        using Graph graph = Graph.FromEdges(tensor(source), tensor(destination), 40);
        int[] order = [.. Enumerable.Range(0, 500).OrderBy(e => destination[e])];
        Assert.Equal(order.Select(e => (long)e), Array(graph.EdgePermutation));
        Assert.Equal(order.Select(e => (long)source[e]), Array(graph.Source));
        Assert.Equal(Enumerable.Range(0, 41).Select(n => (long)destination.Count(d => d < n)), Array(graph.Offsets));
    }

    [Fact]
    public void EmptyGraphsWork()
    {
        foreach (Func<Graph> make in new Func<Graph>[]
        {
            () => Graph.FromPositions(zeros(0, 3), 1),
            () => Graph.FromPositions(zeros(0, 3), 1, cell: eye(3)),
            () => Graph.FromEdges(Longs(), Longs(), 0),
            () => Graph.Concat([Graph.FromPositions(zeros(0, 3), 1)]),
        })
        {
            using Graph graph = make();
            Assert.Equal((0, 0, 1), (graph.NodeCount, graph.EdgeCount, graph.GraphCount));
            Assert.Equal([0], Array(graph.Offsets));
            Assert.Equal([0, 3], graph.EdgeVectors(zeros(0, 3)).shape);
        }
        using Graph noMolecule = Graph.FromPositions(zeros(0, 3), 1, batch: Longs());
        Assert.Equal(0, noMolecule.GraphCount);
        using Graph lonely = Graph.FromPositions(zeros(1, 3), 1);
        Assert.Equal([0, 0], Array(lonely.Offsets));
    }

    [Fact]
    public void GraphsSideBySideKeepTheirEdges()
    {
        Tensor first = rand(6, 3, dtype: ScalarType.Float64) * 2, second = rand(4, 3, dtype: ScalarType.Float64) * 2;
        using Graph a = Graph.FromPositions(first, 1.5, Longs(0, 0, 0, 0, 1, 1)), b = Graph.FromPositions(second, 1.5, cell: eye(3) * 2.5);
        using Graph nothing = Graph.FromPositions(zeros(0, 3), 1);
        using Graph both = Graph.Concat([a, nothing, b]);
        Assert.Equal((10, a.EdgeCount + b.EdgeCount, 4), (both.NodeCount, both.EdgeCount, both.GraphCount));
        Assert.Equal([0, 0, 0, 0, 1, 1, 3, 3, 3, 3], Array(both.Batch));
        Assert.Equal([.. Array(a.Offsets)[..6], .. Array(b.Offsets).Select(e => e + a.EdgeCount)], Array(both.Offsets));
        Assert.Equal([.. Array(a.Source), .. Array(b.Source).Select(n => n + 6)], Array(both.Source));
        Assert.Equal([.. Array(a.Destination), .. Array(b.Destination).Select(n => n + 6)], Array(both.Destination));
        Near.Equal(cat([a.EdgeVectors(first), b.EdgeVectors(second)]), both.EdgeVectors(cat([first, second])), 0);
        Assert.Null(both.EdgePermutation);

        using Graph c = Graph.FromEdges(Longs(0, 1, 0), Longs(1, 0, 0), 2);
        using Graph mixed = Graph.Concat([c, b, c]);
        long e = b.EdgeCount;
        Assert.Equal([1, 2, 0, .. Enumerable.Range(3, (int)e).Select(i => (long)i), e + 4, e + 5, e + 3], Array(mixed.EdgePermutation));
        Assert.Throws<ArgumentException>(() => Graph.Concat([]));
    }

    [Fact]
    public void EdgeVectorsPointFromDestinationToSourceAndCanBeDifferentiated()
    {
        Tensor positions = tensor(new double[,] { { 0, 0, 0 }, { 1, 2, 3 } });
        Tensor shifts = tensor(new double[,] { { 0, 0, 0 }, { 10, 0, 0 } });
        using Graph graph = Graph.FromEdges(Longs(1, 1), Longs(0, 0), 2, shifts: shifts);
        Assert.Equal([1.0, 2, 3, 11, 2, 3], graph.EdgeVectors(positions).data<double>().ToArray());
        GradientCheck.First(x => graph.EdgeVectors(x[0]).pow(3), [positions]);
        GradientCheck.Second(x => graph.EdgeVectors(x[0]).pow(3), [positions]);
        Assert.Equal(ScalarType.Float32, graph.EdgeVectors(positions.to_type(ScalarType.Float32)).dtype);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => graph.EdgeVectors(zeros(3, 3))).Message);
    }

    [Fact]
    public void TensorsOutliveTheScopeAndEndWithTheGraph()
    {
        Graph graph, copy;
        Tensor shifts;
        using (NewDisposeScope())
        {
            Tensor positions = rand(10, 3);
            using Graph temporary = Graph.FromPositions(positions, 1, zeros(10, dtype: ScalarType.Int64), eye(3) * 3);
            shifts = zeros(1, 3);
            graph = Graph.Concat([temporary, Graph.FromEdges(Longs(0), Longs(0), 1, Longs(0), shifts)]);
            copy = graph.to(CPU);
        }
        Assert.True(shifts.IsInvalid);
        Tensor[] tensors = [graph.Source, graph.Destination, graph.Offsets, graph.Batch!, graph.Shifts!, graph.EdgePermutation!];
        Assert.All(tensors, t => Assert.False(t.IsInvalid));
        graph.Dispose();
        Assert.All(tensors, t => Assert.True(t.IsInvalid));
        Assert.Equal(11, copy.Batch!.shape[0]);
        copy.Dispose();
    }

    [Fact]
    public void TheCallersTensorsStayTheCallers()
    {
        Tensor batch = Longs(0, 1), source = Longs(0), shifts = ones(1, 3);
        Graph.FromEdges(source, source, 2, batch, shifts).Dispose();
        Graph.FromPositions(rand(2, 3), 1, batch).Dispose();
        Assert.Equal([0, 1], Array(batch));
        Assert.Equal([0], Array(source));
        Assert.Equal(3, shifts.sum().item<float>());
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Graphs;

public sealed class NeighborSearchTests : IDisposable
{
    private static readonly double[,] NoCell = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static Tensor Uniform(int atoms, double low, double high, int seed)
    {
        using var generator = new Generator((ulong)seed);
        return rand([atoms, 3], dtype: ScalarType.Float64, generator: generator) * (high - low) + low;
    }

    private static double[] Doubles(Tensor x) => x.to_type(ScalarType.Float64).contiguous().data<double>().ToArray();

    [Theory]
    [InlineData(1, 5.0, 1)]
    [InlineData(2, 1.0, 2)]
    [InlineData(60, 4.0, 3)]
    [InlineData(300, 8.0, 4)]
    [InlineData(300, 30.0, 5)]
    [InlineData(300, 0.5, 6)]
    public void OpenClustersHaveTheEdgesOfBruteForce(int atoms, double side, int seed)
    {
        foreach (ScalarType type in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            Tensor positions = Uniform(atoms, -side, side, seed).to_type(type);
            using Graph graph = Graph.FromPositions(positions, 1.7);
            Assert.Null(graph.Shifts);
            Assert.Equal(BruteForce.Edges(Doubles(positions), 1.7, NoCell, (0, 0, 0)), BruteForce.Edges(graph, NoCell));
            AssertSorted(graph);
        }
    }

    public static TheoryData<string, double[,], double, int> Cells => new()
    {
        { "large cube", new double[,] { { 9, 0, 0 }, { 0, 9, 0 }, { 0, 0, 9 } }, 2.5, 40 },
        { "cube of two bins", new double[,] { { 4, 0, 0 }, { 0, 4, 0 }, { 0, 0, 4 } }, 1.9, 30 },
        { "just the cutoff", new double[,] { { 2, 0, 0 }, { 0, 2, 0 }, { 0, 0, 2 } }, 2.0, 8 },
        { "smaller than the cutoff", new double[,] { { 1.1, 0, 0 }, { 0, 0.9, 0 }, { 0, 0, 1.3 } }, 2.3, 3 },
        { "triclinic", new double[,] { { 5, 0.3, 0.1 }, { 2.4, 4.5, -0.2 }, { -1.9, 1.7, 5.5 } }, 2.2, 40 },
        { "very oblique", new double[,] { { 3, 0, 0 }, { 2.9, 1.1, 0 }, { 2.8, 0.5, 1.2 } }, 1.5, 12 },
        { "left-handed", new double[,] { { 0, 3, 0 }, { 3, 0, 0 }, { 0, 0, 3 } }, 1.6, 15 },
        { "thin slab", new double[,] { { 8, 0, 0 }, { 0, 8, 0 }, { 0.4, 0.2, 0.7 } }, 1.8, 20 },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void PeriodicCellsHaveTheEdgesOfBruteForce(string name, double[,] cell, double cutoff, int atoms)
    {
        // Atoms also lie outside of the cell, up to two of its edges away.
        Tensor positions = Uniform(atoms, -1.5, 2.5, name.Length).matmul(tensor(cell));
        // Atoms are up to 4 cells apart; the rest is what the cutoff reaches: cutoff/height, where 1/height is the length of a reciprocal
        // vector.
        double[] reciprocal = linalg.inv(tensor(cell)).square().sum([0L]).sqrt().data<double>().ToArray();
        int Images(int axis) => 4 + (int)Math.Ceiling(cutoff * reciprocal[axis]);
        foreach ((bool a, bool b, bool c) in Enumerable.Range(0, 8).Select(i => ((i & 1) != 0, (i & 2) != 0, (i & 4) != 0)))
        {
            using Graph graph = Graph.FromPositions(positions, cutoff, cell: tensor(cell), periodic: (a, b, c));
            (int, int, int) images = (a ? Images(0) : 0, b ? Images(1) : 0, c ? Images(2) : 0);
            HashSet<BruteForce.Edge> expected = BruteForce.Edges(Doubles(positions), cutoff, cell, images);
            Assert.True(expected.SetEquals(BruteForce.Edges(graph, cell)), $"{name}, periodic along {(a, b, c)}");
            AssertSorted(graph);
            AssertVectors(graph, positions, cutoff);
        }
    }

    [Fact]
    public void AllDirectionsArePeriodicByDefault()
    {
        using Graph graph = Graph.FromPositions(zeros(1, 3), 1.01, cell: eye(3));
        Assert.Equal(6, graph.EdgeCount);
        Assert.Equal(6, graph.EdgeVectors(zeros(1, 3)).abs().sum().item<float>());
    }

    [Fact]
    public void RowsOfOpenDirectionsAreIgnored()
    {
        Tensor positions = Uniform(20, 0, 3, 1);
        Tensor cell = tensor(new double[,] { { 3, 0, 0 }, { double.NaN, 0, 0 }, { 0, 0, 0 } });
        using Graph graph = Graph.FromPositions(positions, 1.4, cell: cell, periodic: (true, false, false));
        double[,] any = { { 3, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        Assert.Equal(BruteForce.Edges(Doubles(positions), 1.4, any, (2, 0, 0)), BruteForce.Edges(graph, any));
    }

    [Fact]
    public void EdgesAreThoseOfE3nn()
    {
        foreach (string run in new[] { "gp2101_rackers.cloud", "gp2101_rackers.water_tetramer", "gp2101_attr.batch" })
        {
            SafetensorsFile file = Reference.File("networks");
            Tensor At(string field) => file.Get("run." + run, field);
            bool batched = file.Names.Contains($"run.{run}/batch");
            using Graph graph = Graph.FromPositions(At("pos"), batched ? 2.5 : 3.5, batched ? At("batch") : null);
            using Graph expected = Graph.FromEdges(At("edge_src"), At("edge_dst"), graph.NodeCount);
            Assert.Equal(BruteForce.Edges(expected, NoCell), BruteForce.Edges(graph, NoCell));
        }
    }

    [Fact]
    public void MoleculesOfABatchDoNotSeeEachOther()
    {
        Tensor positions = Uniform(30, 0, 2, 8);
        long[] molecule = [.. Enumerable.Repeat(0L, 7), .. Enumerable.Repeat(2L, 13), .. Enumerable.Repeat(3L, 10)];
        Tensor cells = eye(3, dtype: ScalarType.Float64) * tensor(new[] { 2.0, 1, 3, 2.5 }).reshape(4, 1, 1);
        foreach (bool periodic in new[] { false, true })
        {
            using Graph graph = Graph.FromPositions(positions, 1.2, tensor(molecule), periodic ? cells : null);
            Assert.Equal(4, graph.GraphCount);
            Assert.Equal(molecule, graph.Batch!.data<long>().ToArray());
            long edges = 0;
            foreach ((int start, int count, double side) in new[] { (0, 7, 2.0), (7, 13, 3), (20, 10, 2.5) })
            {
                using Graph alone = Graph.FromPositions(positions.narrow(0, start, count), 1.2, cell: periodic ? eye(3) * side : null);
                Tensor mine = graph.Destination.ge(start).logical_and(graph.Destination.lt(start + count)).nonzero().squeeze(1);
                Assert.Equal(alone.Source.add(start), graph.Source.index_select(0, mine));
                Assert.Equal(alone.Destination.add(start), graph.Destination.index_select(0, mine));
                if (periodic) Near.Equal(alone.Shifts!, graph.Shifts!.index_select(0, mine), 0);
                edges += alone.EdgeCount;
            }
            Assert.Equal(edges, graph.EdgeCount);
        }
    }

    [Fact]
    public void ThePairAtTheCutoffIsNotJoined()
    {
        Tensor positions = tensor(new double[,] { { 0, 0, 0 }, { 2, 0, 0 }, { 0, 1.9999, 0 } });
        using Graph graph = Graph.FromPositions(positions, 2);
        Assert.Equal([2, 0], graph.Source.data<long>().ToArray());
        Assert.Equal([0, 2], graph.Destination.data<long>().ToArray());
    }

    [Fact]
    public void SelfEdgesAreAddedOnRequest()
    {
        Tensor positions = tensor(new double[,] { { 0, 0, 0 }, { 1, 0, 0 }, { 9, 0, 0 } });
        using Graph graph = Graph.FromPositions(positions, 2, selfEdges: true);
        Assert.Equal([0, 1, 0, 1, 2], graph.Source.data<long>().ToArray());
        Assert.Equal([0, 0, 1, 1, 2], graph.Destination.data<long>().ToArray());
        Assert.Equal([0, 2, 4, 5], graph.Offsets.data<long>().ToArray());
        Assert.Equal(0, graph.EdgeVectors(positions)[0].abs().sum().item<double>());
    }

    /// <summary>How many others an atom looks at does not grow with their number: the search takes linear time.</summary>
    [Theory]
    [InlineData(6_000)]
    [InlineData(60_000)]
    public void AtomsLookAtFewOthers(int atoms)
    {
        int most = Bins(Uniform(atoms, 0, Math.Cbrt(atoms / 0.1), 1), 3.0).MostTogether;
        Assert.True(most < 30, $"{most} atoms of {atoms} are together; at this density a bin has 2.7");
    }

    [Fact]
    public void FarAwayAtomsCostNothing()
    {
        // A grid of bins over this box would have 10²⁷ of them, or one for all atoms.
        Tensor positions = cat([Uniform(20_000, 0, 50, 1), tensor(new double[,] { { 3e9, -3e9, 3e9 } })]);
        Assert.True(Bins(positions, 2.0).MostTogether < 30);
        using Graph graph = Graph.FromPositions(positions, 2.0);
        Assert.Equal(graph.EdgeCount, graph.Offsets[20_000].item<long>());
    }

    private static AtomBins Bins(Tensor positions, double cutoff) => new(Doubles(positions), 0, (int)positions.size(0), Cell.Open, cutoff);

    private static void AssertSorted(Graph graph)
    {
        long[] source = graph.Source.data<long>().ToArray(), destination = graph.Destination.data<long>().ToArray();
        long[] offsets = graph.Offsets.data<long>().ToArray();
        Assert.Equal(graph.NodeCount + 1, offsets.Length);
        Assert.Equal(0, offsets[0]);
        Assert.Equal(graph.EdgeCount, offsets[^1]);
        for (int n = 0; n < graph.NodeCount; n++)
        {
            for (long e = offsets[n]; e < offsets[n + 1]; e++)
            {
                Assert.Equal(n, destination[e]);
                Assert.True(e == offsets[n] || source[e - 1] <= source[e], "sources of a node rise");
            }
        }
    }

    private static void AssertVectors(Graph graph, Tensor positions, double cutoff)
    {
        if (graph.EdgeCount == 0) return;
        Tensor vectors = graph.EdgeVectors(positions);
        Assert.InRange(vectors.square().sum([1L]).max().item<double>(), 0, cutoff * cutoff * (1 + 1e-12));
        // Every edge has its reverse: the vectors cancel.
        Near.Equal(zeros(3, dtype: ScalarType.Float64), vectors.sum([0L]), 1e-10);
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Graphs;

public sealed class GraphErrorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static Tensor Longs(params long[] values) => tensor(values, dtype: ScalarType.Int64);

    private static void Refused(string because, Action make) => Assert.Contains(because, Assert.ThrowsAny<ArgumentException>(make).Message);

    private static Tensor Positions(params double[] values) => tensor(values).reshape(-1, 3);

    [Fact]
    public void BadPositions()
    {
        Refused("Atom 1 has the position (1, NaN, 0)", () => Graph.FromPositions(Positions(0, 0, 0, 1, double.NaN, 0), 1));
        Refused("Atom 0 has the position", () => Graph.FromPositions(Positions(double.PositiveInfinity, 0, 0), 1));
        Refused("Float64 [3, 2]", () => Graph.FromPositions(zeros(3, 2, dtype: ScalarType.Float64), 1));
        Refused("[3]", () => Graph.FromPositions(zeros(3), 1));
        Refused("Int64 [2, 3]", () => Graph.FromPositions(zeros(2, 3, dtype: ScalarType.Int64), 1));
        Refused("Float16", () => Graph.FromPositions(zeros(2, 3, dtype: ScalarType.Float16), 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void BadCutoffs(double cutoff) => Refused("cutoff", () => Graph.FromPositions(zeros(1, 3), cutoff));

    [Fact]
    public void AtomsAtTheSamePlaceAreNamed()
    {
        Refused("Atoms 1 and 3 are at the same place", () => Graph.FromPositions(Positions(0, 0, 0, 1, 2, 3, 2, 0, 0, 1, 2, 3), 1));
        Tensor cell = eye(3) * 2;
        Refused("Atoms 0 and 1 are at the same place (or images of each other)", () => Graph.FromPositions(Positions(0.1, 0, 0, 2.1, 4, -2), 1, cell: cell));
        // Another molecule may well be there; so may an atom of the same one that is near.
        Graph.FromPositions(Positions(1, 2, 3, 1, 2, 3), 1, Longs(0, 1)).Dispose();
        using Graph near = Graph.FromPositions(Positions(1, 2, 3, 1, 2, 3 + 1e-9), 1);
        Assert.Equal(2, near.EdgeCount);
    }

    /// <summary>What counts as the same place depends on the two atoms, not on others.</summary>
    [Fact]
    public void AnAtomThatIsFarAwayMakesNoOthersCoincide()
    {
        using Graph graph = Graph.FromPositions(Positions(0, 0, 0, 1, 0, 0, 1e15, 0, 0), 1.5);
        Assert.Equal(2, graph.EdgeCount);
        Refused("Atoms 0 and 1 are at the same place", () => Graph.FromPositions(Positions(1e15, 0, 0, 1e15, 0, 0), 1));
    }

    [Fact]
    public void BadPeriodicDirections()
    {
        Tensor positions = rand(3, 3), cells = eye(3).expand(2, 3, 3);
        Refused("Float32 [2, 3]; expected bool", () => Graph.FromBatch(positions, 1, Longs(0, 0, 1), cells, zeros(2, 3)));
        Refused("Bool [2]; expected bool", () => Graph.FromBatch(positions, 1, Longs(0, 0, 1), cells, tensor(new[] { true, true })));
        Refused("3 molecules for 2 graphs", () => Graph.FromBatch(positions, 1, Longs(0, 0, 1), cells, ones(3, 3, ScalarType.Bool)));
        Refused("Lattice vector 0 of the cell", () => Graph.FromBatch(positions, 1, Longs(0, 0, 1), zeros(2, 3, 3), ones(2, 3, ScalarType.Bool)));
    }

    [Fact]
    public void NumbersThatDoNotFit()
    {
        using Graph graph = Graph.FromPositions(rand(3, 3), 1, cell: eye(3));
        Tensor whole = zeros(3, 3, ScalarType.Int64);
        Refused("Positions are Int64; expected a floating-point tensor", () => graph.EdgeVectors(whole));
        Refused("Positions are Int64; expected a floating-point tensor", () => graph.Strain(whole, zeros(3, 3)));
        Refused("batch[1] = 3000000000 is too large", () => Graph.FromPositions(rand(2, 3), 1, Longs(0, 3_000_000_000)));
        Refused("expected bool of shape", () => Graph.FromBatch(rand(2, 3), 1, null, eye(3), zeros(0, 3, ScalarType.Bool)));
        Assert.Throws<ArgumentNullException>(() => Graph.Concat(null!));
        using Graph none = Graph.FromPositions(zeros(0, 3), 1, zeros(0, ScalarType.Int64), cell: zeros(0, 3, 3));
        Assert.Equal(0, none.GraphCount);
    }

    /// <summary>A mistake in units ends before it takes all memory.</summary>
    [Fact]
    public void TooManyNeighboursAreRefused()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused("check the units", () => Graph.FromPositions(rand(400, 3) * 0.05, 2, cell: eye(3) * 0.05));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000_000);
    }

    /// <summary>No member of a disposed graph reaches its freed tensors.</summary>
    [Fact]
    public void ADisposedGraphSaysSo()
    {
        Graph graph = Graph.FromPositions(rand(4, 3), 1, cell: eye(3));
        graph.Dispose();
        graph.Dispose();
        Action[] uses =
        [
            () => _ = graph.Source, () => _ = graph.Destination, () => _ = graph.Offsets, () => _ = graph.Batch, () => _ = graph.Shifts, () => _ = graph.EdgePermutation, () => _ = graph.Device,
            () => _ = graph.PairCount, () => _ = graph.PairOfEdge, () => _ = graph.EdgeOfPair, () => graph.EdgeVectors(rand(4, 3)), () => graph.to(CPU), () => graph.Strain(rand(4, 3), zeros(3, 3)),
            () => Graph.Concat([graph]),
        ];
        Assert.All(uses, use => Assert.Equal("E3Gen.Graph", Assert.Throws<ObjectDisposedException>(use).ObjectName));
    }

    [Fact]
    public void BadBatches()
    {
        Tensor positions = rand(3, 3);
        Refused("batch[1] = 2 but batch[2] = 1", () => Graph.FromPositions(positions, 1, Longs(0, 2, 1)));
        Refused("batch[0] = -1 is negative", () => Graph.FromPositions(positions, 1, Longs(-1, 0, 0)));
        Refused("expected int64 of shape [3]", () => Graph.FromPositions(positions, 1, Longs(0, 0)));
        Refused("Float32 [3]", () => Graph.FromPositions(positions, 1, zeros(3)));
        Refused("different molecules", () => Graph.FromEdges(Longs(0, 1), Longs(0, 2), 3, Longs(0, 0, 1)));
    }

    [Fact]
    public void BadCells()
    {
        Tensor positions = rand(3, 3);
        Tensor Cell(params double[] rows) => tensor(rows).reshape(3, 3);
        Refused("linearly dependent", () => Graph.FromPositions(positions, 1, cell: Cell(1, 0, 0, 0, 1, 0, 1, 1, 0)));
        Refused("linearly dependent", () => Graph.FromPositions(positions, 1, cell: Cell(1, 1, 0, 2, 2, 0, 0, 0, 1), periodic: (true, true, false)));
        Refused("Lattice vector 1 of the cell is (0, 0, 0)", () => Graph.FromPositions(positions, 1, cell: Cell(1, 0, 0, 0, 0, 0, 0, 0, 1)));
        Refused("Lattice vector 2", () => Graph.FromPositions(positions, 1, cell: Cell(1, 0, 0, 0, 1, 0, 0, 0, double.NaN)));
        Refused("[3, 2]", () => Graph.FromPositions(positions, 1, cell: zeros(3, 2)));
        Refused("2 cells for 1 graphs", () => Graph.FromPositions(positions, 1, cell: eye(3).repeat(2, 1, 1)));
        Refused("2 cells for 3 graphs", () => Graph.FromPositions(positions, 1, Longs(0, 1, 2), eye(3).repeat(2, 1, 1)));
        Refused("pass cell", () => Graph.FromPositions(positions, 1, periodic: (true, true, true)));
        Refused("check the units", () => Graph.FromPositions(positions, 1, cell: eye(3) * 1e-3));
        Refused("check the units", () => Graph.FromPositions(positions, 1, cell: eye(3) * 1e-30));
        Refused("Atom 2 is", () => Graph.FromPositions(Positions(0, 0, 0, 0.5, 0, 0, 1e12, 0, 0), 0.1, cell: eye(3)));
    }

    [Fact]
    public void BadEdges()
    {
        Refused("source[1] = 3 is no node: there are 3", () => Graph.FromEdges(Longs(0, 3), Longs(0, 1), 3));
        Refused("destination[0] = -1 is no node", () => Graph.FromEdges(Longs(0), Longs(-1), 3));
        Refused("expected int64 of shape [2]", () => Graph.FromEdges(Longs(0, 1), Longs(0), 3));
        Refused("expected int64 of shape [edges]", () => Graph.FromEdges(zeros(2, 2, dtype: ScalarType.Int64), Longs(0), 3));
        Refused("Float32", () => Graph.FromEdges(zeros(2), Longs(0, 1), 3));
        Refused("need floating-point [2, 3]", () => Graph.FromEdges(Longs(0, 1), Longs(0, 1), 3, shifts: zeros(2, 2)));
        Refused("need floating-point [2, 3]", () => Graph.FromEdges(Longs(0, 1), Longs(0, 1), 3, shifts: Longs(1, 2, 3, 4, 5, 6).reshape(2, 3)));
        Refused("nodeCount", () => Graph.FromEdges(Longs(), Longs(), -1));
    }
}

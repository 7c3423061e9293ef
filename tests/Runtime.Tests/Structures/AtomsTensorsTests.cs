using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Structures;

/// <summary>Structures as tensors and graphs.</summary>
public sealed class AtomsTensorsTests
{
    private static readonly Atoms
        Molecule = new([8, 1, 1], [0, 0, 0, 0.76, 0.59, 0, -0.76, 0.59, 0]),
        Crystal = new([29], [0.1, 0.2, 0.3], [2.5, 0, 0, 0, 2.5, 0, 0, 0, 2.5]),
        Slab = new([6, 6], [0, 0, 0, 0, 0, 1.4], [2, 0, 0, 0, 3, 0, 0, 0, 0], (true, true, false));

    [Fact]
    public void TensorsHoldWhatTheStructureHolds()
    {
        using var scope = NewDisposeScope();
        Tensor positions = Molecule.PositionTensor();
        Assert.Equal([3, 3], positions.shape);
        Assert.Equal(float32, positions.dtype);
        Assert.Equal(0.76f, positions[1, 0].item<float>());
        Assert.Equal([8, 1, 1], Molecule.AtomicNumberTensor().data<long>().ToArray());

        Atoms[] batch = [Molecule, Crystal];
        Assert.Equal([0.1, 0.2, 0.3], batch.PositionTensor(float64)[3].data<double>().ToArray());
        Assert.Equal([8, 1, 1, 29], batch.AtomicNumberTensor().data<long>().ToArray());
    }

    [Fact]
    public void GraphsUseCellAndPeriodicDirections()
    {
        using Graph molecule = Molecule.ToGraph(1.2), crystal = Crystal.ToGraph(2.6), slab = Slab.ToGraph(2.1);
        Assert.Equal((4, null), (molecule.EdgeCount, molecule.Shifts));
        Assert.Equal(6, crystal.EdgeCount);
        Assert.Equal(2 + 2 * 2, slab.EdgeCount);       // the pair, and two images of each along a
        using Graph exact = Crystal.ToGraph(2.6, float64);
        Assert.Equal(float64, exact.Shifts!.dtype);
    }

    [Fact]
    public void BatchesMixPeriodicities()
    {
        Atoms[] batch = [Molecule, Crystal, Slab, Molecule];
        using Graph graph = batch.ToGraph(2.6, float64);
        Assert.Equal((4, 9), (graph.GraphCount, graph.NodeCount));
        Assert.Equal([0, 0, 0, 1, 2, 2, 3, 3, 3], graph.Batch!.data<long>().ToArray());
        using Tensor positions = batch.PositionTensor(float64), lengths = graph.EdgeVectors(positions).norm(1);
        double[] together = [.. lengths.data<double>().Order()];
        double[] alone = [.. batch.SelectMany(a =>
        {
            using Graph one = a.ToGraph(2.6, float64);
            using Tensor p = a.PositionTensor(float64), l = one.EdgeVectors(p).norm(1);
            return l.data<double>().ToArray();
        }).Order()];
        Assert.Equal(alone, together);
        using Graph single = new[] { Molecule }.ToGraph(2.6);
        Assert.NotNull(single.Batch);
    }

    [Fact]
    public void MistakesAreErrors()
    {
        Assert.Throws<ArgumentException>(() => Array.Empty<Atoms>().ToGraph(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Molecule.ToGraph(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Molecule.ToGraph(double.NaN));
        Assert.Contains("same place", Assert.Throws<ArgumentException>(() => new Atoms([1, 1], new double[6]).ToGraph(2)).Message);
        Atoms read = Assert.Single(Files.Xyz.Read("2\n\nH 0 0 0\nH 0 0 0\n"));
        Assert.StartsWith("test.xyz, frame 0, line 1: Atoms 0 and 1 are at the same place", Assert.Throws<ArgumentException>(() => read.ToGraph(2)).Message);
        using Graph empty = new Atoms([], []).ToGraph(2);
        Assert.Equal(0, empty.NodeCount);
    }
}

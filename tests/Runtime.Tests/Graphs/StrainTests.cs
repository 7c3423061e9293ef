using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Graphs;

/// <summary>A network whose output is an energy for each molecule or crystal.</summary>
[MessagePassingNetwork(
    Hidden = "4x0e + 3x0o + 3x1o + 2x1e + 2x2e", Output = "0e", EdgeHarmonics = "0e + 1o + 2e", Layers = 2, MaxRadius = 2.2, NumberOfBasis = 5, RadialNeurons = 12, NumNeighbors = 6, ReduceOutput = true,
    NumNodes = 5)]
public sealed partial class EnergyNetwork;

/// <summary>Forces, and derivatives with respect to strain and cell, of a network, against differences of energies of structures that are built anew.</summary>
public sealed class StrainTests : IDisposable
{
    private const double Cutoff = 2.2;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly EnergyNetwork network;

    public StrainTests()
    {
        manual_seed(5);
        network = new EnergyNetwork();
        network.to(float64);
    }

    public void Dispose()
    {
        network.Dispose();
        scope.Dispose();
    }

    /// <summary>A structure of two parts: one that the test is about, and a molecule beside it.</summary>
    /// <param name="Cell">Lattice vectors; null for none.</param>
    private sealed record Structure(Tensor Positions, Tensor? Cell, (bool A, bool B, bool C) Periodic)
    {
        public static Structure Of(string kind)
        {
            using var random = new Generator(7);
            Tensor positions = rand([5, 3], float64, generator: random) * 2.4;
            Tensor triclinic = tensor(new[] { 2.9, 0.2, -0.1, 0.7, 2.6, 0.3, -0.4, 0.9, 3.1 }).view(3, 3);
            return kind switch
            {
                "open" => new(positions, null, default),
                "slab" => new(positions, triclinic, (true, true, false)),
                _ => new(positions, triclinic, (true, true, true)),
            };
        }

        public Graph Graph(Tensor positions, Tensor? cell) =>
            cell is null ? E3Gen.Graph.FromPositions(positions, Cutoff) : E3Gen.Graph.FromPositions(positions, Cutoff, cell: cell, periodic: Periodic);
    }

    private double Energy(Structure s, Tensor positions, Tensor? cell)
    {
        using var graph = s.Graph(positions, cell);
        return network.forward(positions, graph).sum().item<double>();
    }

    /// <summary>The derivative along a line to fourth order in the step.</summary>
    private static double Slope(Func<double, double> f, double h = 1e-3) => ((8 * (f(h) - f(-h))) - (f(2 * h) - f(-2 * h))) / (12 * h);

    private static void Near(double expected, Tensor tensor, params long[] index) =>
        Assert.Equal(expected, tensor[[.. index.Select(i => TensorIndex.Single(i))]].item<double>(), 1e-7 * Math.Max(1, Math.Abs(expected)));

    private static Tensor Unit(long row, long column)
    {
        Tensor unit = zeros(3, 3, float64);
        unit[row, column] = 1;
        return unit;
    }

    [Theory]
    [InlineData("open", Backend.Cpu)]
    [InlineData("slab", Backend.Cpu)]
    [InlineData("triclinic", Backend.Cpu)]
    [InlineData("triclinic", Backend.Portable)]
    public void Forces_and_stress_are_derivatives_of_the_energy(string kind, Backend backend)
    {
        using var use = Backends.Use(backend);
        var s = Structure.Of(kind);
        Tensor positions = s.Positions.clone().requires_grad_(true), strain = zeros(3, 3, float64, requires_grad: true);
        using Graph plain = s.Graph(positions, s.Cell);
        var (moved, graph) = plain.Strain(positions, strain);
        using (graph)
        {
            Tensor energy = network.forward(moved, graph).sum();
            var gradients = autograd.grad([energy], [positions, strain], retain_graph: true, create_graph: true);
            Assert.Equal(Energy(s, s.Positions, s.Cell), energy.item<double>(), 1e-12);
            Assert.True(gradients[1].abs().max().item<double>() > 1e-2);
            Assert.True((gradients[1] - gradients[1].t()).abs().max().item<double>() < 1e-10, "Rotations leave the energy alone.");

            foreach (var (atom, axis) in new[] { (0L, 0L), (2L, 1L), (4L, 2L) })
            {
                Near(Slope(h => Energy(s, Displaced(s.Positions, atom, axis, h), s.Cell)), gradients[0], atom, axis);
            }

            for (long i = 0; i < 3; i++)
            {
                for (long j = 0; j < 3; j++)
                {
                    Tensor deformation = Unit(i, j);
                    Near(Slope(h => Energy(s, Deformed(s.Positions, h, deformation), s.Cell is null ? null : Deformed(s.Cell, h, deformation))), gradients[1], i, j);
                }
            }

            // Second derivatives, which training on stresses takes.
            Tensor second = autograd.grad([gradients[1][0, 1]], [strain])[0];
            Near(Slope(h => Stress(s, h * Unit(1, 2))[0, 1].item<double>()), second, 1, 2);
            Near(Slope(h => Stress(s, h * Unit(2, 2))[0, 1].item<double>()), second, 2, 2);
        }
    }

    private Tensor Stress(Structure s, Tensor at)
    {
        Tensor strain = at.clone().requires_grad_(true);
        using Graph plain = s.Graph(s.Positions, s.Cell);
        var (moved, graph) = plain.Strain(s.Positions, strain);
        using (graph)
        {
            return autograd.grad([network.forward(moved, graph).sum()], [strain])[0];
        }
    }

    /// <summary>Who deforms positions and cell himself gets the same: derivatives pass through the shifts of periodic images.</summary>
    [Theory]
    [InlineData("slab")]
    [InlineData("triclinic")]
    public void Derivatives_with_respect_to_the_cell(string kind)
    {
        var s = Structure.Of(kind);
        Tensor cell = s.Cell!.clone().requires_grad_(true);
        using Graph graph = s.Graph(s.Positions, cell);
        Assert.True(graph.Shifts!.requires_grad);
        Tensor gradient = autograd.grad([network.forward(s.Positions, graph).sum()], [cell])[0];
        for (long i = 0; i < 3; i++)
        {
            for (long j = 0; j < 3; j++)
            {
                Tensor unit = Unit(i, j);
                double expected = Slope(h => Energy(s, s.Positions, s.Cell + (h * unit)));
                Near(kind == "slab" && i == 2 ? 0 : expected, gradient, i, j);
            }
        }

        Tensor strain = zeros(3, 3, float64, requires_grad: true), one = eye(3, dtype: ScalarType.Float64) + strain;
        using Graph strained = s.Graph(s.Positions.matmul(one), s.Cell!.matmul(one));
        Tensor byHand = autograd.grad([network.forward(s.Positions.matmul(one), strained).sum()], [strain])[0];
        Assert.True((byHand - Stress(s, zeros(3, 3, float64))).abs().max().item<double>() < 1e-10);
    }

    /// <summary>Each structure of a batch has a strain, a cell and periodic directions of its own.</summary>
    [Fact]
    public void Strains_of_a_batch()
    {
        Structure[] parts = [Structure.Of("triclinic"), Structure.Of("open"), Structure.Of("slab")];
        Tensor positions = cat([.. parts.Select(p => p.Positions)]), batch = arange(3, ScalarType.Int64).repeat_interleave(5);
        Tensor cells = stack([.. parts.Select(p => p.Cell ?? zeros(3, 3, float64))]);
        Tensor periodic = tensor(new[] { true, true, true, false, false, false, true, true, false }).view(3, 3);
        Tensor strain = zeros(3, 3, 3, float64, requires_grad: true);
        using Graph plain = Graph.FromBatch(positions, Cutoff, batch, cells, periodic);
        var (moved, graph) = plain.Strain(positions, strain);
        using (graph)
        {
            Tensor energies = network.forward(moved, graph);
            Tensor gradient = autograd.grad([energies.sum()], [strain])[0];
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(Energy(parts[i], parts[i].Positions, parts[i].Cell), energies[i].item<double>(), 1e-12);
                Assert.True((gradient[i] - Stress(parts[i], zeros(3, 3, float64))).abs().max().item<double>() < 1e-10, $"structure {i}");
            }
        }

        using Graph joined = Graph.Concat(parts.Select(p => p.Graph(p.Positions, p.Cell)));
        Assert.Equal(joined.EdgeCount, plain.EdgeCount);
        Assert.True((joined.EdgeVectors(positions) - plain.EdgeVectors(positions)).abs().max().item<double>() == 0);
    }

    /// <summary>Derivatives pass through joined graphs, copies on another device, and graphs of edges with shifts.</summary>
    [Fact]
    public void Derivatives_pass_through_whatever_is_made_of_a_graph()
    {
        var s = Structure.Of("triclinic");
        Tensor cell = s.Cell!.clone().requires_grad_(true);
        using Graph graph = s.Graph(s.Positions, cell);
        using Graph joined = Graph.Concat([graph, graph]), copy = graph.to(CPU), edges = Graph.FromEdges(graph.Source, graph.Destination, 5, shifts: graph.Shifts);
        Tensor Of(Graph g, Tensor positions) => autograd.grad([network.forward(positions, g).sum()], [cell], retain_graph: true)[0];
        Tensor expected = Of(graph, s.Positions);
        Assert.True((Of(joined, cat([s.Positions, s.Positions])) - (2 * expected)).abs().max().item<double>() < 1e-10);
        Assert.True((Of(copy, s.Positions) - expected).abs().max().item<double>() < 1e-10);
        Assert.True((Of(edges, s.Positions) - expected).abs().max().item<double>() < 1e-10);
    }

    /// <summary>A strained graph has the opposite edges of the graph that it was made of, and outlives it.</summary>
    [Fact]
    public void A_strained_graph_stands_on_its_own()
    {
        var s = Structure.Of("triclinic");
        Graph plain = s.Graph(s.Positions, s.Cell);
        var (moved, graph) = plain.Strain(s.Positions, 0.01 * rand(3, 3, float64));
        long edges = plain.EdgeCount;
        plain.Dispose();
        Assert.Equal(edges, 2 * graph.PairCount);
        Tensor vectors = graph.EdgeVectors(moved), first = vectors.index_select(0, graph.EdgeOfPair).index_select(0, graph.PairOfEdge);
        Assert.True((vectors.abs() - first.abs()).abs().max().item<double>() < 1e-14);
        graph.Dispose();
        Assert.Throws<ObjectDisposedException>(() => graph.Source);
    }

    /// <summary>Which edges are opposite is a matter of the crystal as it was, not of a strain that makes shifts equal or no numbers.</summary>
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    public void A_strain_does_not_change_which_edges_are_opposite(double size)
    {
        var s = Structure.Of("triclinic");
        using Graph plain = s.Graph(s.Positions, s.Cell), same = s.Graph(s.Positions, s.Cell);
        var (_, strained) = plain.Strain(s.Positions, size * eye(3, dtype: ScalarType.Float64));
        using (strained)
        {
            Assert.True(strained.PairOfEdge.eq(same.PairOfEdge).all().item<bool>());
            Assert.True(plain.PairOfEdge.eq(same.PairOfEdge).all().item<bool>());
        }
    }

    /// <summary>A graph that a validation made serves training.</summary>
    [Fact]
    public void A_graph_made_in_inference_mode_has_derivatives()
    {
        var s = Structure.Of("triclinic");
        Graph graph;
        using (inference_mode())
        {
            graph = s.Graph(s.Positions.clone(), s.Cell);
        }

        using (graph)
        {
            Tensor x = s.Positions.clone().requires_grad_(true);
            Assert.Equal([5, 3], autograd.grad([network.forward(x, graph).sum()], [x])[0].shape);
        }
    }

    [Fact]
    public void Bad_strains()
    {
        var s = Structure.Of("triclinic");
        using Graph graph = s.Graph(s.Positions, s.Cell);
        Assert.Contains("Float64 [2, 3, 3]; expected floating-point [3, 3] or [1, 3, 3]", Assert.Throws<ArgumentException>(() => graph.Strain(s.Positions, zeros(2, 3, 3, float64))).Message);
        Assert.Contains("Int64 [3, 3]", Assert.Throws<ArgumentException>(() => graph.Strain(s.Positions, zeros(3, 3, ScalarType.Int64))).Message);
        Assert.Contains("a graph of 5 nodes needs [5, 3]", Assert.Throws<ArgumentException>(() => graph.Strain(zeros(4, 3), zeros(3, 3))).Message);
    }

    private static Tensor Displaced(Tensor positions, long atom, long axis, double h)
    {
        Tensor moved = positions.clone();
        moved[atom, axis] += h;
        return moved;
    }

    private static Tensor Deformed(Tensor rows, double h, Tensor deformation) => rows.matmul(eye(3, dtype: ScalarType.Float64) + (h * deformation));
}

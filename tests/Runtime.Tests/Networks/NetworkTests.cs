using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Networks;

/// <summary>No node features, no node attributes, no hidden layers in network or radial network, exact constants.</summary>
[MessagePassingNetwork(Output = "2x0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 0, MaxRadius = 2, RadialLayers = 0, NumberOfBasis = 4)]
public sealed partial class MinimalNetwork;

/// <summary>A network whose author wrote the base class and a constructor.</summary>
[MessagePassingNetwork(
    Input = "3x0e",
    Hidden = "4x0e + 2x1o",
    Output = "0e",
    EdgeHarmonics = "0e + 1o",
    Layers = 1,
    MaxRadius = 2,
    RadialNeurons = 8,
    ReduceOutput = true)]
public sealed partial class OwnNetwork : nn.Module<Tensor, Tensor, Graph, Tensor>
{
    public OwnNetwork(double scale)
        : base(nameof(OwnNetwork))
    {
        RegisterComponents();
        using var noGrad = no_grad();
        foreach (var parameter in parameters()) parameter.mul_(scale);
    }
}

/// <summary>What holds for whole networks on any graph.</summary>
public sealed class NetworkTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(37);
    private readonly SmallWaterNetwork network = new();
    private readonly AttributedNetwork pooled = new();

    public NetworkTests()
    {
        network.to(ScalarType.Float64);
        pooled.to(ScalarType.Float64);
    }

    public void Dispose()
    {
        network.Dispose();
        pooled.Dispose();
        random.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void NodesMayBeRenumbered()
    {
        var (positions, nodes) = Molecule(7);
        Tensor order = tensor(new long[] { 3, 0, 6, 2, 5, 1, 4 });
        Tensor expected = Water(positions, nodes).index_select(0, order);
        Near.Relative(expected, Water(positions.index_select(0, order), nodes.index_select(0, order)), 1e-11);
    }

    [Fact]
    public void ABatchIsItsMoleculesOneByOne()
    {
        var (first, firstNodes) = Molecule(5);
        var (second, secondNodes) = Molecule(3);
        Tensor positions = cat([first, second]), nodes = cat([firstNodes, secondNodes]);
        Tensor batch = tensor(new long[] { 0, 0, 0, 0, 0, 1, 1, 1 });
        Near.Relative(cat([Water(first, firstNodes), Water(second, secondNodes)]), Water(positions, nodes, batch), 1e-11);

        Tensor attributes = randn([8, 5], ScalarType.Float64, generator: random);
        Tensor Pooled(Tensor p, Tensor a, Tensor? b = null) => pooled.forward(p, a, Graph.FromPositions(p, 2.5, b));
        Near.Relative(cat([Pooled(first, attributes[..5]), Pooled(second, attributes[5..])]), Pooled(positions, attributes, batch), 1e-11, "pooled");
    }

    [Fact]
    public void NodesMayBeAloneOrMissing()
    {
        Tensor none = zeros(0, ScalarType.Int64);
        var (positions, nodes) = Molecule(4);
        Tensor alone = network.forward(positions, nodes, Graph.FromEdges(none, none, 4));
        Assert.Equal([4L, 70], alone.shape);
        Assert.True(alone.isfinite().all().item<bool>());
        Near.Relative(network.forward(positions[2..3], nodes[2..3], Graph.FromEdges(none, none, 1)), alone[2..3], 1e-12);

        Assert.Equal([0L, 70], network.forward(positions[..0], nodes[..0], Graph.FromEdges(none, none, 0)).shape);
        Assert.Equal([1L, 5], pooled.forward(positions[..0], zeros(0, 5, ScalarType.Float64), Graph.FromEdges(none, none, 0)).shape);
    }

    [Fact]
    public void DistantNodesDoNotMatter()
    {
        var (positions, nodes) = Molecule(5);
        Tensor far = cat([positions, tensor(new[] { 50.0, 0, 0 }).unsqueeze(0)]), farNodes = cat([nodes, nodes[..1]]);
        Near.Relative(Water(positions, nodes), Water(far, farNodes)[..5], 1e-12);
    }

    [Fact]
    public void EdgesOfANodeToItselfHaveFiniteDerivatives()
    {
        var (positions, nodes) = Molecule(4);
        positions.requires_grad_(true);
        var graph = Graph.FromPositions(positions, 3.5, selfEdges: true);
        Assert.True((graph.Source == graph.Destination).any().item<bool>());
        Tensor energy = network.forward(positions, nodes, graph).square().sum();
        Tensor force = autograd.grad([energy], [positions], retain_graph: true, create_graph: true)[0];
        Assert.True(force.isfinite().all().item<bool>(), "forces");
        Assert.True(force.abs().max().item<double>() < 1e6, "An edge without direction must not make huge forces.");
        force.square().sum().backward();
        Assert.True(positions.grad!.isfinite().all().item<bool>(), "derivatives of forces");
        Assert.All(
            network.parameters().Where(p => p.grad is not null),
            p => Assert.True(p.grad!.isfinite().all().item<bool>(), "derivatives of forces by parameters"));
    }

    [Fact]
    public void TheSmallestNetworkWorks()
    {
        using var minimal = new MinimalNetwork();
        minimal.to(ScalarType.Float64);
        Assert.Equal(
            ["layers.0.fc.layer0.weight", "layers.0.lin1.weight", "layers.0.lin2.weight", "layers.0.sc.weight"],
            minimal.state_dict().Keys.Order());
        Tensor positions = tensor(new double[,] { { 0, 0, 0 }, { 0.5, 0.7, 0 } });
        Tensor result = minimal.forward(positions, Graph.FromPositions(positions, 2));
        Assert.Equal([2L, 5], result.shape);
        Near.Relative(result[0, 2..], -result[1, 2..], 1e-12, "vectors seen from both ends");
        Equivariance.Assert(minimal, positions, Graph.FromPositions(positions, 2), "2x0e + 1o", 1e-12);
    }

    [Fact]
    public void AuthorsMayWriteTheConstructor()
    {
        using OwnNetwork zero = new(0), one = new(1);
        Assert.Equal(one.state_dict().Keys.Order(), zero.state_dict().Keys.Order());
        Assert.Equal(2 * 5, one.state_dict().Count); // of each layer sc, lin1, lin2 and the two layers of fc
        Tensor positions = randn(4, 3);
        var graph = Graph.FromPositions(positions, 2);
        Assert.Equal(0f, zero.forward(positions, randn(4, 3), graph).abs().sum().item<float>());
        Assert.Equal([1L, 1], one.forward(positions, randn(4, 3), graph).shape);
    }

    private (Tensor Positions, Tensor Nodes) Molecule(long atoms) =>
        (randn([atoms, 3], ScalarType.Float64, generator: random) * 1.5, randn([atoms, 2], ScalarType.Float64, generator: random));

    private Tensor Water(Tensor positions, Tensor nodes, Tensor? batch = null) =>
        network.forward(positions, nodes, Graph.FromPositions(positions, 3.5, batch));
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Networks;

/// <summary>e3nn's v2106 networks, with its checkpoints.</summary>
public sealed class V2106Tests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    private static SafetensorsFile Data => Reference.File("networks");

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData("a", ScalarType.Float64)]
    [InlineData("a", ScalarType.Float32)]
    [InlineData("b", ScalarType.Float64)]
    public void SimpleNetworksAreE3nns(string run, ScalarType type)
    {
        using var network = Loaded(new SimpleNetwork(), "v2106_simple", type);
        Compare(network, $"v2106_simple.{run}", type, ["x"], (positions, features, graph) => network.forward(positions, features[0], graph));
    }

    [Fact]
    public void NetworksWithAttributesAreE3nns()
    {
        const ScalarType type = ScalarType.Float64;
        using var network = Loaded(new NetworkWithAttributes(), "v2106_attr", type);
        Compare(network, "v2106_attr.a", type, ["node_input", "node_attr", "edge_attr"], (positions, features, graph) =>
            network.forward(positions, features[0], features[1], features[2].index_select(0, graph.EdgePermutation ?? arange(graph.EdgeCount)), graph));
    }

    [Fact]
    public void TheFactorOfAnUpdateIsZeroAtFirst()
    {
        using var network = new SimpleNetwork();
        Assert.Equal(3, network.named_parameters().Count(p => p.name.EndsWith("alpha.weight") && p.parameter.abs().sum().item<float>() == 0));
    }

    /// <summary>Features of nodes, energies that neighbours of a cutoff leave and enter smoothly, and every element of O(3).</summary>
    [Fact]
    public void AnotherBasisAndCutoffAreEquivariantAndSmooth()
    {
        using var network = new BesselNetwork();
        network.to(ScalarType.Float64);
        foreach (var (name, parameter) in network.named_parameters().Where(p => p.name.EndsWith("alpha.weight")))
        {
            using var constant = no_grad();
            parameter.normal_();
        }

        Tensor positions = randn(6, 3, ScalarType.Float64) * 1.5;
        Tensor Apply(Tensor moved)
        {
            using var graph = Graph.FromPositions(moved, 3);
            Tensor attributes = (positions.index_select(0, graph.Source) * positions.index_select(0, graph.Destination)).sum(1, keepdim: true).expand(graph.EdgeCount, 2);
            return network.forward(moved, attributes, graph);
        }

        Tensor rotation = O3.RandomRotation(dtype: ScalarType.Float64) * -1, expected = Apply(positions);
        Tensor turned = Apply(positions.matmul(rotation.mT));
        Near.Relative(expected[.., ..1], turned[.., ..1], 1e-10);
        Near.Relative(expected[.., 1..].matmul(rotation.mT), turned[.., 1..], 1e-10);

        Tensor Pair(double distance)
        {
            Tensor two = tensor(new double[,] { { 0, 0, 0 }, { 0, 0, distance } });
            using var graph = Graph.FromPositions(two, 3);
            return network.forward(two, ones(graph.EdgeCount, 2, ScalarType.Float64), graph);
        }

        Near.Equal(Pair(3.01), Pair(3 - 1e-4), 1e-9, "at the cutoff");
    }

    private static T Loaded<T>(T network, string model, ScalarType type)
        where T : nn.Module
    {
        string prefix = $"model.{model}/state/mp.";
        network.to(type);
        string path = Path.Combine(AppContext.BaseDirectory, "ReferenceData", "networks.safetensors");
        Safetensors.LoadModule(network, path, key => key.StartsWith(prefix) ? key[prefix.Length..] : null);
        return network;
    }

    private static void Compare(nn.Module network, string run, ScalarType type, string[] names, Func<Tensor, Tensor[], Graph, Tensor> apply)
    {
        (double values, double gradients) = type == ScalarType.Float64 ? (1e-10, 1e-8) : (1e-5, 1e-5);
        Tensor Numbers(string field) => Data.Get($"run.{run}", field).to(type);
        Tensor positions = Numbers("pos").requires_grad_(true);
        Tensor[] features = [.. names.Select(n => Numbers(n).requires_grad_(true))];
        Tensor? batch = Data.Names.Contains($"run.{run}/batch") ? Data.Get($"run.{run}", "batch") : null;
        using var graph = Graph.FromEdges(Data.Get($"run.{run}", "edge_src"), Data.Get($"run.{run}", "edge_dst"), positions.size(0), batch);

        Tensor result = apply(positions, features, graph);
        (result * Numbers("cotangent")).sum().backward();

        Near.Relative(Numbers("out"), result, values);
        Near.Relative(Numbers("grad_pos"), positions.grad!, gradients, "gradient of the positions");
        foreach (var (name, feature) in names.Zip(features)) Near.Relative(Numbers($"grad_{name}"), feature.grad!, gradients, $"gradient of {name}");
        string prefix = $"run.{run}/grad_param/mp.";
        var expected = Data.Names.Where(n => n.StartsWith(prefix)).ToDictionary(n => n[prefix.Length..], n => Data.Get(n));
        if (expected.Count > 0) Assert.Equal(network.named_parameters().Select(p => p.name).Order(), expected.Keys.Order());
        foreach (var (name, parameter) in network.named_parameters().Where(p => expected.ContainsKey(p.name)))
        {
            Near.Relative(expected[name], parameter.grad!, gradients, $"gradient of {name}");
        }
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Networks;

/// <summary>Whole networks against e3nn's, with its checkpoints.</summary>
public sealed class GatePointsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    private static SafetensorsFile Data => Reference.File("networks");

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData("gp2101_rackers.water_tetramer", ScalarType.Float64)]
    [InlineData("gp2101_rackers.water_tetramer", ScalarType.Float32)]
    [InlineData("gp2101_rackers.cloud", ScalarType.Float64)]
    [InlineData("gp2101_rackers.cloud", ScalarType.Float32)]
    [InlineData("gp2101_attr.batch", ScalarType.Float64)]
    [InlineData("gp2101_attr.batch", ScalarType.Float32)]
    public void OutputsAndGradientsAreE3nns(string run, ScalarType type)
    {
        (double values, double gradients) = type == ScalarType.Float64 ? (1e-10, 1e-8) : (1e-5, 1e-5);
        string model = run.Split('.')[0], second = model == "gp2101_rackers" ? "x" : "z";
        Tensor Numbers(string field) => Data.Get($"run.{run}", field).to(type);
        using var network = Network(model, type);
        using var graph = Edges(run);
        Tensor positions = Numbers("pos").requires_grad_(true), features = Numbers(second).requires_grad_(true);

        Tensor result = network.forward(positions, features, graph);
        (result * Numbers("cotangent")).sum().backward();

        Near.Relative(Numbers("out"), result, values);
        Near.Relative(Numbers("grad_pos"), positions.grad!, gradients, "gradient of the positions");
        Near.Relative(Numbers($"grad_{second}"), features.grad!, gradients, "gradient of the features");
        string prefix = $"run.{run}/grad_param/";
        if (run == "gp2101_rackers.cloud") return; // has none
        Assert.Equal(
            network.named_parameters().Select(p => p.name).Order(),
            Data.Names.Where(n => n.StartsWith(prefix)).Select(n => n[prefix.Length..]).Order());
        foreach (var (name, parameter) in network.named_parameters())
        {
            Near.Relative(Data.Get(prefix + name), parameter.grad!, gradients, $"gradient of {name}");
        }
    }

    [Theory]
    [InlineData("gp2101_rackers.water_tetramer", 3.5)]
    [InlineData("gp2101_rackers.cloud", 3.5)]
    [InlineData("gp2101_attr.batch", 2.5)]
    public void GraphsFromPositionsGiveTheSame(string run, double radius)
    {
        string model = run.Split('.')[0];
        using var network = Network(model, ScalarType.Float64);
        Tensor positions = Data.Get($"run.{run}", "pos");
        using var graph = Graph.FromPositions(positions, radius, Batch(run));
        Tensor result = network.forward(positions, Data.Get($"run.{run}", model == "gp2101_rackers" ? "x" : "z"), graph);
        Near.Relative(Data.Get($"run.{run}", "out"), result, 1e-10);
    }

    [Fact]
    public void TheFullSizeNetworkLoadsE3nnsCheckpointAsItIs()
    {
        using var network = new WaterNetwork();
        Assert.Equal(983_493, network.parameters().Sum(p => p.numel()));
        Assert.Empty(Safetensors.LoadModule(network, FileOf("gate_points_2101_rackers.state")));

        SafetensorsFile io = Reference.File("gate_points_2101_rackers.io");
        Tensor positions = io.Get("pos").requires_grad_(true), features = io.Get("x").requires_grad_(true);
        using var graph = Graph.FromEdges(io.Get("edge_src"), io.Get("edge_dst"), positions.size(0));
        Tensor result = network.forward(positions, features, graph);
        (result * io.Get("cotangent")).sum().backward();

        Near.Relative(io.Get("out"), result, 1e-5);
        Near.Relative(io.Get("grad_pos"), positions.grad!, 1e-5, "gradient of the positions");
        Near.Relative(io.Get("grad_x"), features.grad!, 1e-5, "gradient of the features");
    }

    [Fact]
    public void TruncatedNetworksHaveThePublishedNumbersOfParameters()
    {
        using nn.Module l0 = new WaterNetworkTo0(), l1 = new WaterNetworkTo1(), l2 = new WaterNetworkTo2();
        Assert.Equal([215_630L, 476_951, 756_837], new[] { l0, l1, l2 }.Select(n => n.parameters().Sum(p => p.numel())));
    }

    private static nn.Module<Tensor, Tensor, Graph, Tensor> Network(string model, ScalarType type)
    {
        nn.Module<Tensor, Tensor, Graph, Tensor> network = model == "gp2101_rackers" ? new SmallWaterNetwork() : new AttributedNetwork();
        string prefix = $"model.{model}/state/";
        network.to(type);
        Safetensors.LoadModule(
            network,
            FileOf("networks"),
            key => key.StartsWith(prefix) ? key[prefix.Length..] : null);
        return network;
    }

    private static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "ReferenceData", name + ".safetensors");

    private static Tensor? Batch(string run) => Data.Names.Contains($"run.{run}/batch") ? Data.Get($"run.{run}", "batch") : null;

    private static Graph Edges(string run) => Graph.FromEdges(
        Data.Get($"run.{run}", "edge_src"), Data.Get($"run.{run}", "edge_dst"), Data.Get($"run.{run}", "pos").size(0), Batch(run));
}
